namespace MLNetNlp.Transformers.Search;

/// <summary>The links of an HNSW index: for each vector and each of its layers a list of positions. Written while it is built, then only read.</summary>
internal sealed class HnswGraph
{
    /// <summary>Layer 0 of all vectors in one array: the number of links, then places for 2 M of them.</summary>
    private int[] _lowest;

    /// <summary>The upper layers of the few vectors that have any: for each layer the number of links, then places for M.</summary>
    private int[]?[] _upper;

    public HnswGraph(int m, int count)
    {
        M = m;
        Count = count;
        _lowest = new int[checked(count * (LowestLinks + 1))];
        _upper = new int[count][];
    }

    public int M { get; }

    public int Count { get; private set; }

    public int LowestLinks => 2 * M;

    /// <summary>The vector where walks begin; -1 in an empty graph.</summary>
    public int Entry { get; set; } = -1;

    public int LayerOf(int position) => (_upper[position]?.Length ?? 0) / (M + 1);

    public int MostLinks(int layer) => layer == 0 ? LowestLinks : M;

    /// <summary>A graph with room for more vectors, which shares nothing with this one.</summary>
    public HnswGraph Grow(int count)
    {
        var grown = new HnswGraph(M, count) { Entry = Entry };
        _lowest.CopyTo(grown._lowest, 0);
        for (var i = 0; i < Count; i++)
            grown._upper[i] = (int[]?)_upper[i]?.Clone();
        return grown;
    }

    /// <summary>Gives a vector its layers, without links.</summary>
    public void SetLayer(int position, int layer)
    {
        if (layer > 0)
            _upper[position] = new int[layer * (M + 1)];
    }

    public ReadOnlySpan<int> Links(int position, int layer)
    {
        var room = Room(position, layer);
        return room.Slice(1, room[0]);
    }

    public void SetLinks(int position, int layer, ReadOnlySpan<int> links)
    {
        var room = Room(position, layer);
        room[0] = links.Length;
        links.CopyTo(room[1..]);
    }

    /// <summary>Adds a link where there is room.</summary>
    public bool TryLink(int position, int layer, int other)
    {
        var room = Room(position, layer);
        if (room[0] == room.Length - 1)
            return false;
        room[++room[0]] = other;
        return true;
    }

    /// <summary>All numbers, to be saved: layer 0, each vector's layers, and the links on them.</summary>
    public (int[] Lowest, int[] Layers, int[] Upper) ToArrays() =>
        (_lowest, [.. Enumerable.Range(0, Count).Select(LayerOf)], [.. _upper.SelectMany(links => links ?? [])]);

    /// <summary>Reads what <see cref="ToArrays"/> gave.</summary>
    /// <exception cref="InvalidDataException">The numbers are not those of a graph.</exception>
    public static HnswGraph FromArrays(int m, int entry, int[] lowest, int[] layers, int[] upper)
    {
        var graph = new HnswGraph(m, 0) { Count = layers.Length, _lowest = lowest, _upper = new int[layers.Length][], Entry = entry };
        var at = 0;
        for (var i = 0; i < layers.Length; i++)
        {
            var length = (long)layers[i] * (m + 1);
            if (length < 0 || at + length > upper.Length)
                throw new InvalidDataException($"the index's vector {i} has {layers[i]} layers, for which there are no links.");
            if (length > 0)
                graph._upper[i] = upper[at..(at += (int)length)];
        }

        graph.Check();
        return graph;
    }

    private Span<int> Room(int position, int layer) => layer == 0
        ? _lowest.AsSpan(position * (LowestLinks + 1), LowestLinks + 1)
        : _upper[position].AsSpan((layer - 1) * (M + 1), M + 1);

    private void Check()
    {
        if (_lowest.Length != (long)Count * (LowestLinks + 1))
            throw new InvalidDataException($"the index has {_lowest.Length} numbers of links for {Count} vectors.");
        if (Entry < (Count == 0 ? -1 : 0) || Entry >= Count)
            throw new InvalidDataException($"the index begins at vector {Entry} of {Count}.");
        for (var i = 0; i < Count; i++)
        {
            for (var layer = 0; layer <= LayerOf(i); layer++)
            {
                var room = Room(i, layer);
                if (room[0] < 0 || room[0] >= room.Length)
                    throw new InvalidDataException($"the index's vector {i} has {room[0]} links on layer {layer}.");
                foreach (var other in room.Slice(1, room[0]))
                {
                    if ((uint)other >= (uint)Count || LayerOf(other) < layer)
                        throw new InvalidDataException($"the index's vector {i} is linked to {other}, which is not on layer {layer}.");
                }
            }
        }
    }
}
