using System.Globalization;
using System.Numerics;
using Microsoft.ML.Data;

namespace MLNetNlp.Cli.Data;

/// <summary>Reads a field's text as a value; false when it is none. An empty field is the type's missing value, or its default where it has none.</summary>
internal delegate bool FieldParser<T>(string text, out T value);

/// <summary>The parsers of the types that a file's column can have.</summary>
internal static class FieldParser
{
    /// <summary>A <see cref="FieldParser{T}"/> of the type's own .NET type.</summary>
    /// <exception cref="CliException">A type that cannot be read from a field.</exception>
    public static Delegate For(DataViewType type) => Supported(type)
        ? type.RawType switch
        {
            var raw when raw == typeof(ReadOnlyMemory<char>) => (FieldParser<ReadOnlyMemory<char>>)ParseText,
            var raw when raw == typeof(bool) => (FieldParser<bool>)ParseBool,
            var raw when raw == typeof(float) => (FieldParser<float>)((string text, out float value) => ParseNumber(text, float.NaN, out value)),
            var raw when raw == typeof(double) => (FieldParser<double>)((string text, out double value) => ParseNumber(text, double.NaN, out value)),
            var raw when raw == typeof(int) => (FieldParser<int>)((string text, out int value) => ParseNumber(text, 0, out value)),
            _ => (FieldParser<long>)((string text, out long value) => ParseNumber(text, 0L, out value)),
        }
        : throw new CliException($"A column of type {type} cannot be read from a file.");

    /// <summary>Whether <see cref="For"/> has a parser.</summary>
    public static bool Supported(DataViewType type) =>
        type is TextDataViewType or BooleanDataViewType ||
        (type is NumberDataViewType && (type.RawType == typeof(float) || type.RawType == typeof(double) || type.RawType == typeof(int) || type.RawType == typeof(long)));

    /// <summary>What a field of the type must be.</summary>
    public static string Describe(DataViewType type) => type switch
    {
        BooleanDataViewType => "true or false (1 or 0, yes or no)",
        _ when type.RawType == typeof(float) || type.RawType == typeof(double) => "a number",
        _ => "a whole number",
    };

    /// <summary>Reads <c>true</c>, <c>1</c>, <c>yes</c> and their opposites, in any case; empty is false.</summary>
    public static bool ParseBool(string text, out bool value)
    {
        var word = text.AsSpan().Trim();
        value = word is "1" || word.Equals("true", StringComparison.OrdinalIgnoreCase) || word.Equals("yes", StringComparison.OrdinalIgnoreCase);
        return value || word is "" or "0" || word.Equals("false", StringComparison.OrdinalIgnoreCase) || word.Equals("no", StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>Whether a field is a finite number.</summary>
    public static bool IsNumber(string text) => ParseNumber(text, double.NaN, out var value) && double.IsFinite(value);

    private static bool ParseText(string text, out ReadOnlyMemory<char> value)
    {
        value = text.AsMemory();
        return true;
    }

    private static bool ParseNumber<T>(string text, T missing, out T value)
        where T : struct, INumber<T>
    {
        value = missing;
        return string.IsNullOrWhiteSpace(text) || T.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value);
    }
}
