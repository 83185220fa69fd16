using System.Globalization;

namespace Microsoft.ML.Data;

/// <summary>Reads a value of text; false when the text is none (the value is then the missing one).</summary>
internal delegate bool TextParser<T>(ReadOnlyMemory<char> text, out T value);

/// <summary>What texts mean as values of the other types.</summary>
internal static class TextParser
{
    /// <summary>The parser for a type, and whether the type has a missing value, so that what cannot be read does not fail.</summary>
    internal static TextParser<T> For<T>(PrimitiveDataViewType type, TextFormat format, out bool hasMissing)
    {
        hasMissing = type is KeyDataViewType || typeof(T) == typeof(float) || typeof(T) == typeof(double);
        return (TextParser<T>)(type switch
        {
            KeyDataViewType key => KeyParser<T>(key.Count),
            _ => Plain<T>(format),
        });
    }

    /// <summary>An optional minus and digits, within ±<paramref name="max"/> (one more below zero); nothing is 0.</summary>
    internal static bool TryParseInteger(ReadOnlySpan<char> text, long max, out long value)
    {
        value = 0;
        bool negative = text is ['-', ..];
        if (text.IsEmpty)
        {
            return true;
        }

        if (!TryParseUnsigned(negative ? text[1..] : text, out ulong magnitude) || magnitude > (ulong)max + (negative ? 1u : 0u)
            || (negative && text.Length == 1))
        {
            return false;
        }

        value = negative ? (long)(0 - magnitude) : (long)magnitude;
        return true;
    }

    private static Delegate Plain<T>(TextFormat format) => Type.GetTypeCode(typeof(T)) switch
    {
        TypeCode.SByte => Signed(sbyte.MaxValue, value => (sbyte)value),
        TypeCode.Int16 => Signed(short.MaxValue, value => (short)value),
        TypeCode.Int32 => Signed(int.MaxValue, value => (int)value),
        TypeCode.Int64 => Signed(long.MaxValue, value => value),
        TypeCode.Byte => Unsigned(byte.MaxValue, value => (byte)value),
        TypeCode.UInt16 => Unsigned(ushort.MaxValue, value => (ushort)value),
        TypeCode.UInt32 => Unsigned(uint.MaxValue, value => (uint)value),
        TypeCode.UInt64 => Unsigned(ulong.MaxValue, value => value),
        TypeCode.Single => new TextParser<float>((ReadOnlyMemory<char> text, out float value) =>
        {
            bool good = TryParseReal(text.Span, format, out double wide);
            value = (float)wide;
            return good;
        }),
        TypeCode.Double => new TextParser<double>((ReadOnlyMemory<char> text, out double value) => TryParseReal(text.Span, format, out value)),
        TypeCode.Boolean => new TextParser<bool>((ReadOnlyMemory<char> text, out bool value) => TryParseBoolean(text.Span, out value)),
        TypeCode.DateTime => new TextParser<DateTime>((ReadOnlyMemory<char> text, out DateTime value) => OrEmpty(text,
            DateTime.TryParse(text.Span, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out value))),
        _ when typeof(T) == typeof(TimeSpan) => new TextParser<TimeSpan>((ReadOnlyMemory<char> text, out TimeSpan value) => OrEmpty(text,
            TimeSpan.TryParse(text.Span, CultureInfo.InvariantCulture, out value))),
        _ when typeof(T) == typeof(DateTimeOffset) => new TextParser<DateTimeOffset>((ReadOnlyMemory<char> text, out DateTimeOffset value) => OrEmpty(text,
            DateTimeOffset.TryParse(text.Span, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out value))),
        _ when typeof(T) == typeof(ReadOnlyMemory<char>) => new TextParser<ReadOnlyMemory<char>>((ReadOnlyMemory<char> text, out ReadOnlyMemory<char> value) =>
        {
            value = text;
            return true;
        }),
        _ => throw new NotSupportedException($"Text cannot be read as {typeof(T)}."),
    };

    private static bool OrEmpty(ReadOnlyMemory<char> text, bool parsed) => parsed || text.IsEmpty;

    private static TextParser<T> Signed<T>(long max, Func<long, T> convert) => (ReadOnlyMemory<char> text, out T value) =>
    {
        bool good = TryParseInteger(text.Span, max, out long wide);
        value = good ? convert(wide) : default;
        return good;
    };

    private static TextParser<T> Unsigned<T>(ulong max, Func<ulong, T> convert) => (ReadOnlyMemory<char> text, out T value) =>
    {
        bool good = TryParseUnsigned(text.Span, out ulong wide) && wide <= max;
        value = good ? convert(wide) : default;
        return good;
    };

    // In text, keys count from 0; nothing and the usual signs for it are the missing key.
    private static Delegate KeyParser<T>(ulong count)
    {
        return Type.GetTypeCode(typeof(T)) switch
        {
            TypeCode.Byte => Parser(key => (byte)key),
            TypeCode.UInt16 => Parser(key => (ushort)key),
            TypeCode.UInt32 => Parser(key => (uint)key),
            _ => Parser(key => key),
        };

        TextParser<TKey> Parser<TKey>(Func<ulong, TKey> convert) => (ReadOnlyMemory<char> text, out TKey value) =>
        {
            value = default;
            if (text.IsEmpty || IsMissing(text.Span))
            {
                return true;
            }

            if (!TryParseUnsigned(text.Span, out ulong key) || key >= count)
            {
                return false;
            }

            value = convert(key + 1);
            return true;
        };
    }

    private static bool TryParseUnsigned(ReadOnlySpan<char> text, out ulong value) =>
        ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value);

    private static bool TryParseReal(ReadOnlySpan<char> text, TextFormat format, out double value)
    {
        text = text.Trim();
        value = format.MissingAsNaN ? double.NaN : 0;
        if (text.IsEmpty)
        {
            return true;
        }

        value = double.NaN;
        if (IsMissing(text))
        {
            return true;
        }

        if (!format.CommaDecimals)
        {
            return Number(text, ref value);
        }

        Span<char> swapped = text.Length <= 64 ? stackalloc char[text.Length] : new char[text.Length];
        for (int i = 0; i < text.Length; i++)
        {
            swapped[i] = text[i] switch { ',' => '.', '.' => ',', _ => text[i] };
        }

        return Number(swapped, ref value);
    }

    private static bool Number(ReadOnlySpan<char> text, ref double value)
    {
        switch (text)
        {
            case "∞" or "+∞":
                value = double.PositiveInfinity;
                return true;
            case "-∞":
                value = double.NegativeInfinity;
                return true;
        }

        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double parsed))
        {
            value = parsed;
            return true;
        }

        return false;
    }

    private static bool IsMissing(ReadOnlySpan<char> text) =>
        text is "?" || text.Equals("NaN", StringComparison.OrdinalIgnoreCase) || text.Equals("N/A", StringComparison.OrdinalIgnoreCase);

    private static bool TryParseBoolean(ReadOnlySpan<char> text, out bool value)
    {
        value = Is(text, "true", "t", "yes", "y", "1", "+", "+1");
        return value || text.IsEmpty || Is(text, "false", "f", "no", "n", "0", "-", "-1");

        static bool Is(ReadOnlySpan<char> text, params ReadOnlySpan<string> forms)
        {
            foreach (string form in forms)
            {
                if (text.Equals(form, StringComparison.OrdinalIgnoreCase))
                {
                    return true;
                }
            }

            return false;
        }
    }
}
