using System.Numerics;

namespace MLNetNlp.Transformers.Search;

/// <summary>Rows of numbers in blocks, so that adding rows copies the last block at most. Immutable.</summary>
internal sealed class VectorBlocks
{
    private const int BlockNumbers = 1 << 20;
    private readonly float[][] _blocks;
    private readonly int _shift;

    private VectorBlocks(float[][] blocks, int dimension, int count)
    {
        _blocks = blocks;
        Dimension = dimension;
        Count = count;
        _shift = Shift(dimension);
    }

    public int Dimension { get; }

    public int Count { get; }

    /// <summary>Blocks of <see cref="RowsPerBlock"/> rows each; the last may be shorter.</summary>
    public IReadOnlyList<float[]> Blocks => _blocks;

    public int RowsPerBlock => 1 << _shift;

    public static VectorBlocks Empty(int dimension)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(dimension, 1);
        return new VectorBlocks([], dimension, 0);
    }

    public ReadOnlySpan<float> Row(int index) => _blocks[index >> _shift].AsSpan((index & (RowsPerBlock - 1)) * Dimension, Dimension);

    /// <summary>These rows and more.</summary>
    public VectorBlocks Append(ReadOnlySpan<float> rows)
    {
        var added = rows.Length / Dimension;
        List<float[]> blocks = [.. _blocks];
        var count = checked(Count + added);
        var started = Count & (RowsPerBlock - 1);
        if (started > 0 && added > 0)
        {
            var taken = Math.Min(added, RowsPerBlock - started) * Dimension;
            blocks[^1] = [.. blocks[^1], .. rows[..taken]];
            rows = rows[taken..];
        }

        for (; rows.Length > 0; rows = rows[Math.Min(rows.Length, RowsPerBlock * Dimension)..])
            blocks.Add(rows[..Math.Min(rows.Length, RowsPerBlock * Dimension)].ToArray());
        return new VectorBlocks([.. blocks], Dimension, count);
    }

    // Blocks of about 4 MB: large enough for fast products, small enough that their scores stay in the processor's cache.
    private static int Shift(int dimension) => Math.Max(0, BitOperations.Log2((uint)Math.Max(1, BlockNumbers / dimension)));
}
