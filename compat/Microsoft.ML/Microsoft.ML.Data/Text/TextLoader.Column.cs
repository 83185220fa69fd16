namespace Microsoft.ML.Data;

public sealed partial class TextLoader
{
    /// <summary>A column of the view and the columns of the text that it is made of.</summary>
    public sealed class Column
    {
        /// <summary>The name.</summary>
        public string Name;

        /// <summary>The columns of the text: one gives single values, more give vectors.</summary>
        public Range[] Source;

        /// <summary>For keys: how many values they stand for.</summary>
        public KeyCount KeyCount;

        /// <summary>A column to be described by its fields.</summary>
        public Column()
        {
        }

        /// <summary>A column of one column of the text.</summary>
        public Column(string name, DataKind dataKind, int index)
            : this(name, dataKind, [new Range(index)])
        {
        }

        /// <summary>A vector of adjacent columns of the text.</summary>
        public Column(string name, DataKind dataKind, int minIndex, int maxIndex)
            : this(name, dataKind, [new Range(minIndex, maxIndex)])
        {
        }

        /// <summary>A vector of any columns of the text.</summary>
        public Column(string name, DataKind dataKind, Range[] source, KeyCount keyCount = null)
        {
            ArgumentNullException.ThrowIfNull(name);
            ArgumentNullException.ThrowIfNull(source);
            Name = name;
            DataKind = dataKind;
            Source = source;
            KeyCount = keyCount;
        }

        /// <summary>The type of the values.</summary>
        public DataKind DataKind { get; set; } = DataKind.Single;
    }

    /// <summary>Adjacent columns of the text.</summary>
    public sealed class Range
    {
        /// <summary>The first column.</summary>
        public int Min;

        /// <summary>The last column; null for <see cref="AutoEnd"/> and <see cref="VariableEnd"/>.</summary>
        public int? Max;

        /// <summary>To the end of the line, which is the same for all lines.</summary>
        public bool AutoEnd;

        /// <summary>To the end of the line, which varies.</summary>
        public bool VariableEnd;

        /// <summary>Whether a single column makes a vector, too.</summary>
        public bool ForceVector;

        /// <summary>A range to be described by its fields.</summary>
        public Range()
        {
        }

        /// <summary>One column.</summary>
        public Range(int index)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(index);
            Min = index;
            Max = index;
        }

        /// <summary>From one column to another or, when null, to the end of the line. Always makes a vector.</summary>
        public Range(int min, int? max)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(min);
            if (max < min)
            {
                throw Errors.Parameter("If specified, must be greater than or equal to min", nameof(max));
            }

            Min = min;
            Max = max;
            ForceVector = true;
            AutoEnd = max is null;
        }
    }

    /// <summary>How text is read.</summary>
    public class Options
    {
        /// <summary>Whether quoted fields may hold separators. Default false.</summary>
        public bool AllowQuoting;

        /// <summary>Whether fields may say which column they are of, as in <c>12:0.5</c>. Default false.</summary>
        public bool AllowSparse;

        /// <summary>The number of columns of the text; null to find out.</summary>
        public int? InputSize;

        /// <summary>What separates fields. Default tab.</summary>
        public char[] Separators = ['\t'];

        /// <summary>What separates the fraction of a number: '.' or ','. Default '.'.</summary>
        public char DecimalMarker = '.';

        /// <summary>The columns; none: column 0 as Label, the rest as Features.</summary>
        public Column[] Columns;

        /// <summary>Whether white space at the end of lines is left out. Default false.</summary>
        public bool TrimWhitespace;

        /// <summary>Whether files start with a line of column names. Default false.</summary>
        public bool HasHeader;

        /// <summary>Accepted and not used: lines are parsed on the reading thread.</summary>
        public bool UseThreads = true;

        /// <summary>Whether quoted fields may span lines. Default false.</summary>
        public bool ReadMultilines;

        /// <summary>A file whose first line is the header, instead of the data's.</summary>
        public string HeaderFile;

        /// <summary>The most rows to give.</summary>
        public long? MaxRows;

        /// <summary>What makes a following quote part of a quoted field. Default the quote itself.</summary>
        public char EscapeChar = '"';

        /// <summary>Whether empty numbers are NaN rather than 0. Default false.</summary>
        public bool MissingRealsAsNaNs;
    }
}
