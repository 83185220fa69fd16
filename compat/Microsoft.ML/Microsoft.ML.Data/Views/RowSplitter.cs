using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>
/// Splits rows by a number in [0, 1) that each has: random, or made of a column's value. The numbers are those that ML.NET gives, so are the sets.
/// </summary>
internal static class RowSplitter
{
    private const uint DefaultSeed = 42;
    private const uint DefaultHashSeed = 314489979;
    private const int HashBits = 30;

    internal static DataOperationsCatalog.TrainTestData TrainTestSplit(IHostEnvironment env, IDataView data, double testFraction, string samplingKey, int? seed)
    {
        Numbering numbering = CreateNumbering(env, data, samplingKey, seed);
        return Split(env, data, numbering, number => number >= 0 && number < testFraction, number => number < 0 || number >= testFraction);
    }

    internal static IEnumerable<DataOperationsCatalog.TrainTestData> CrossValidationSplit(IHostEnvironment env, IDataView data, int folds, string samplingKey,
        int? seed)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(folds, 2, "numberOfFolds");
        Numbering numbering = CreateNumbering(env, data, samplingKey, seed);
        return Enumerable.Range(0, folds).Select(fold =>
        {
            double minimum = (double)fold / folds;
            double maximum = (double)(fold + 1) / folds;
            return Split(env, data, numbering, number => number >= minimum && number <= maximum, number => number < minimum || number > maximum);
        });
    }

    private static DataOperationsCatalog.TrainTestData Split(IHostEnvironment env, IDataView data, Numbering numbering, Func<double, bool> isTest,
        Func<double, bool> isTrain)
    {
        foreach (string component in new[] { "RangeFilter", "RangeFilter", "ColumnSelectingTransformer", "ColumnSelectingTransformer" })
        {
            env.RegisterUnused(component);
        }

        return new DataOperationsCatalog.TrainTestData(Filter(data, numbering, isTrain), Filter(data, numbering, isTest));
    }

    // A row without a number (its key is missing) is in neither set.
    private static FilteredDataView Filter(IDataView data, Numbering numbering, Func<double, bool> accepts) => new(data, numbering.Columns, row =>
    {
        Func<double?> number = numbering.Create(row);
        return () => number() is double value && accepts(value) ? FilterVerdict.Keep : FilterVerdict.Drop;
    }, numbering.CanShuffle);

    private static Numbering CreateNumbering(IHostEnvironment env, IDataView data, string samplingKey, int? seed)
    {
        seed ??= (env as IHostEnvironmentInternal)?.Seed;
        env.RegisterUnused("SplitColumn");
        if (samplingKey is null)
        {
            return new Numbering([], row => RandomNumber(row, (uint?)seed ?? DefaultSeed), CanShuffle: false);
        }

        DataViewSchema.Column column = data.Schema.Require(samplingKey, "SamplingKeyColumn", "samplingKeyColumnName");
        DataViewType type = column.Type;
        Func<DataViewRow, Func<double?>> create = type is KeyDataViewType key ? Bind(nameof(KeyNumber), key.RawType, column, key.Count)
            : type == NumberDataViewType.Single || type == NumberDataViewType.Double ? Bind(nameof(ScaledNumber), type.RawType, column, data)
            : type is VectorDataViewType ? throw new NotSupportedException($"Splitting by a vector column such as '{samplingKey}' is not covered by "
                + $"this stand-in of Microsoft.ML.")
            : Bind(nameof(HashedNumber), type.RawType, column, (uint?)seed ?? DefaultHashSeed);
        return new Numbering([column], create, CanShuffle: true);
    }

    private static Func<DataViewRow, Func<double?>> Bind(string method, Type type, DataViewSchema.Column column, object argument) =>
        (Func<DataViewRow, Func<double?>>)DataViewExtensions.InvokeStatic(typeof(RowSplitter), method, type, column, argument);

    private static Func<double?> RandomNumber(DataViewRow row, uint seed)
    {
        TauswortheHybrid random = new(seed);
        long drawnFor = -1;
        float number = 0;
        return () =>
        {
            for (; drawnFor < row.Position; drawnFor++)
            {
                number = random.NextSingle();
            }

            return number;
        };
    }

    private static Func<DataViewRow, Func<double?>> KeyNumber<T>(DataViewSchema.Column column, ulong count)
        where T : System.Numerics.INumberBase<T> => row =>
    {
        ValueGetter<T> get = row.GetGetter<T>(column);
        T value = default;
        return () =>
        {
            get(ref value);
            ulong key = ulong.CreateChecked(value);
            return key == 0 || key > count ? null : ((uint)key - 0.5) / count;
        };
    };

    // Real numbers are scaled by the smallest and the largest of the data.
    private static Func<DataViewRow, Func<double?>> ScaledNumber<T>(DataViewSchema.Column column, IDataView data)
        where T : System.Numerics.INumberBase<T>
    {
        double minimum = double.PositiveInfinity;
        double maximum = double.NegativeInfinity;
        T value = default;
        using (DataViewRowCursor cursor = data.GetRowCursor([column]))
        {
            ValueGetter<T> get = cursor.GetGetter<T>(column);
            while (cursor.MoveNext())
            {
                get(ref value);
                double number = double.CreateChecked(value);
                if (!double.IsNaN(number))
                {
                    minimum = Math.Min(minimum, number);
                    maximum = Math.Max(maximum, number);
                }
            }
        }

        double scale = maximum > minimum ? 1 / (maximum - minimum) : 0;
        return row =>
        {
            ValueGetter<T> get = row.GetGetter<T>(column);
            T current = default;
            return () =>
            {
                get(ref current);
                return double.CreateChecked(T.CreateChecked((double.CreateChecked(current) - minimum) * scale));
            };
        };
    }

    private static Func<DataViewRow, Func<double?>> HashedNumber<T>(DataViewSchema.Column column, uint seed) => row =>
    {
        ValueGetter<T> get = row.GetGetter<T>(column);
        T value = default;
        return () =>
        {
            get(ref value);
            return Hash(value, seed) is uint hash ? ((hash & ((1u << HashBits) - 1)) + 1 - 0.5) / (1u << HashBits) : null;
        };
    };

    private static uint? Hash<T>(T value, uint seed) => value switch
    {
        ReadOnlyMemory<char> text => text.IsEmpty ? null : MurmurHash.OfText(seed, text.Span.Trim(' ')),
        bool truth => MurmurHash.OfWord(seed, truth ? 1u : 0u),
        sbyte number => MurmurHash.OfWord(seed, (uint)number),
        byte number => MurmurHash.OfWord(seed, number),
        short number => MurmurHash.OfWord(seed, (uint)number),
        ushort number => MurmurHash.OfWord(seed, number),
        int number => MurmurHash.OfWord(seed, (uint)number),
        uint number => MurmurHash.OfWord(seed, number),
        long number => MurmurHash.OfWords(seed, (ulong)number),
        ulong number => MurmurHash.OfWords(seed, number),
        DateTime time => MurmurHash.OfWords(seed, (ulong)time.Ticks),
        DateTimeOffset time => MurmurHash.OfWords(seed, (ulong)time.UtcDateTime.Ticks),
        TimeSpan time => MurmurHash.OfWords(seed, (ulong)time.Ticks),
        _ => throw new NotSupportedException($"Splitting by a column of {typeof(T)} is not covered by this stand-in of Microsoft.ML."),
    };

    private sealed record Numbering(DataViewSchema.Column[] Columns, Func<DataViewRow, Func<double?>> Create, bool CanShuffle);
}
