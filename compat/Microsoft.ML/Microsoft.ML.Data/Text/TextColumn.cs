namespace Microsoft.ML.Data;

/// <summary>A column of a text view: its type, and which columns of the text it is made of.</summary>
internal sealed class TextColumn
{
    internal const int Unlimited = int.MaxValue;

    internal TextColumn(TextLoader.Column column, int inputSize)
    {
        if (string.IsNullOrWhiteSpace(column.Name))
        {
            throw Errors.Parameter("A column's name must not be empty.", nameof(column.Name));
        }

        if (column.Source is null or [])
        {
            throw new ArgumentOutOfRangeException(nameof(column.Source), $"Column '{column.Name}' must specify some source column indices");
        }

        Name = column.Name.Trim();
        ItemType = column.KeyCount is null ? column.DataKind.ToPrimitiveType() : column.KeyCount.TypeOf(column.DataKind.ToType());
        Segments = Array.ConvertAll(column.Source, range => SegmentOf(range, inputSize));
        (int Min, int Limit)[] sorted = [.. Segments.OrderBy(segment => segment.Min)];
        for (int i = 1; i < sorted.Length; i++)
        {
            if (sorted[i - 1].Limit > sorted[i].Min)
            {
                throw new ArgumentOutOfRangeException(nameof(column.Source), $"Intervals specified for column '{Name}' overlap");
            }
        }

        int size = Segments.Where(segment => segment.Limit != Unlimited).Sum(segment => segment.Limit - segment.Min);
        IsVariable = Segments.Any(segment => segment.Limit == Unlimited);
        FixedSize = size;
        Type = IsVariable ? new VectorDataViewType(ItemType)
            : size > 1 || column.Source[0].ForceVector || column.Source[0].AutoEnd ? new VectorDataViewType(ItemType, size)
            : ItemType;
    }

    internal string Name { get; }

    internal DataViewType Type { get; }

    internal PrimitiveDataViewType ItemType { get; }

    internal (int Min, int Limit)[] Segments { get; }

    internal bool IsVariable { get; }

    internal int FixedSize { get; }

    /// <summary>How many columns of the text are needed at most.</summary>
    internal int NeededLimit => Segments.Max(segment => segment.Limit);

    internal static DataViewSchema CreateSchema(TextColumn[] columns, TextFields header)
    {
        DataViewSchema.Builder builder = new();
        foreach (TextColumn column in columns)
        {
            builder.AddColumn(column.Name, column.Type, column.SlotNames(header));
        }

        return builder.ToSchema();
    }

    // A header names the slots of vectors of known size.
    private DataViewSchema.Annotations SlotNames(TextFields header)
    {
        if (header is null || Type is not VectorDataViewType { IsKnownSize: true } type)
        {
            return null;
        }

        ReadOnlyMemory<char>[] names = new ReadOnlyMemory<char>[type.Size];
        int slot = 0;
        foreach ((int min, int limit) in Segments)
        {
            for (int i = min; i < limit; i++, slot++)
            {
                if (header.TryGet(i, out ReadOnlyMemory<char> name))
                {
                    names[slot] = name.Trim();
                }
            }
        }

        if (names.All(name => name.IsEmpty))
        {
            return null;
        }

        VBuffer<ReadOnlyMemory<char>> value = new(names.Length, names);
        DataViewSchema.Annotations.Builder builder = new();
        builder.Add(AnnotationKinds.SlotNames, new VectorDataViewType(TextDataViewType.Instance, names.Length),
            (ref VBuffer<ReadOnlyMemory<char>> destination) => value.CopyTo(ref destination));
        return builder.ToAnnotations();
    }

    private static (int Min, int Limit) SegmentOf(TextLoader.Range range, int inputSize)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(range.Min);
        if (range.Max is int max)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(max, range.Min);
            return (range.Min, max + 1);
        }

        if (range.VariableEnd)
        {
            return (range.Min, Unlimited);
        }

        if (!range.AutoEnd)
        {
            return (range.Min, range.Min + 1);
        }

        return range.Min < inputSize
            ? (range.Min, inputSize)
            : throw new ArgumentOutOfRangeException(nameof(range.Min), $"Column #{range.Min} not found in the dataset (it only has {inputSize} columns)");
    }
}
