using System.Globalization;
using System.Runtime.InteropServices;
using MLNetNlp.Transformers.Checkpoints;

namespace MLNetNlp.Transformers.Search;

/// <summary>An index as a safetensors file: its vectors in blocks, and the links of a graph.</summary>
internal static class VectorIndexFile
{
    private const string Kind = "index";
    private const string Hnsw = "hnsw";
    private const string Exact = "exact";

    public static void Save(VectorIndex index, Func<string, Stream> createFile)
    {
        Dictionary<string, string> metadata = new()
        {
            [Kind] = Exact,
            ["count"] = Text(index.Count),
            ["dimension"] = Text(index.Dimension),
            ["normalize"] = index.Normalizes ? "true" : "false",
        };
        List<(string, SafetensorsDType, IReadOnlyList<long>, ReadOnlyMemory<byte>)> tensors = [];
        for (var i = 0; i < index.Vectors.Blocks.Count; i++)
        {
            var block = index.Vectors.Blocks[i];
            tensors.Add((Block(i), SafetensorsDType.F32, [block.Length / index.Dimension, index.Dimension], Bytes(block)));
        }

        if (index is HnswVectorIndex { Graph: var graph, Options: var options })
        {
            metadata[Kind] = Hnsw;
            metadata["M"] = Text(options.M);
            metadata["efConstruction"] = Text(options.EfConstruction);
            metadata["efSearch"] = Text(options.EfSearch);
            metadata["seed"] = Text(options.Seed);
            metadata["entry"] = Text(graph.Entry);
            var (lowest, layers, upper) = graph.ToArrays();
            tensors.Add(("links.lowest", SafetensorsDType.I32, [lowest.Length], Bytes(lowest)));
            tensors.Add(("layers", SafetensorsDType.I32, [layers.Length], Bytes(layers)));
            tensors.Add(("links.upper", SafetensorsDType.I32, [upper.Length], Bytes(upper)));
        }

        using var stream = createFile(VectorIndex.FileName);
        SafetensorsWriter.Write(stream, tensors, metadata);
    }

    public static VectorIndex Load(ModelFiles files)
    {
        using var file = files.OpenSafetensors(VectorIndex.FileName);
        var (count, dimension) = (Number(file, "count"), Number(file, "dimension"));
        if (dimension < 1 || count < 0)
            throw Damaged(file, $"it has {count} vectors of {dimension} numbers");
        var vectors = VectorBlocks.Empty(dimension);
        for (var i = 0; vectors.Count < count; i++)
        {
            if (!file.Tensors.TryGetValue(Block(i), out var entry) || entry.Shape is not [> 0, var width] || width != dimension)
                throw Damaged(file, $"there is no block {i} of vectors of {dimension} numbers");
            var rows = new float[entry.ElementCount];
            file.CopyTo(Block(i), rows);
            vectors = vectors.Append(rows);
        }

        if (vectors.Count != count)
            throw Damaged(file, $"it has {vectors.Count} vectors instead of {count}");
        var normalizes = Value(file, "normalize") == "true";
        if (Value(file, Kind) == Exact)
            return ExactVectorIndex.Of(vectors, normalizes);
        if (Value(file, Kind) != Hnsw)
            throw Damaged(file, $"it is of the kind '{Value(file, Kind)}', which this version does not know");
        var options = new HnswOptions
        {
            M = Number(file, "M"),
            EfConstruction = Number(file, "efConstruction"),
            EfSearch = Number(file, "efSearch"),
            Seed = Number(file, "seed"),
        };
        var layers = Integers(file, "layers");
        if (layers.Length != count)
            throw Damaged(file, $"it has {count} vectors and layers for {layers.Length}");
        var (start, lowest, upper) = (Number(file, "entry"), Integers(file, "links.lowest"), Integers(file, "links.upper"));
        try
        {
            options.Validate();
            return HnswVectorIndex.Of(vectors, normalizes, HnswGraph.FromArrays(options.M, start, lowest, layers, upper), options);
        }
        catch (Exception e) when (e is InvalidDataException or ArgumentException)
        {
            throw Damaged(file, e.Message.Split(" (Parameter")[0].TrimEnd('.'));
        }
    }

    private static string Block(int index) => "vectors." + Text(index);

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static byte[] Bytes<T>(T[] values)
        where T : unmanaged => MemoryMarshal.AsBytes(values.AsSpan()).ToArray();

    private static int[] Integers(SafetensorsFile file, string name) =>
        file.Tensors.TryGetValue(name, out var entry) && entry.DType == SafetensorsDType.I32 ? MemoryMarshal.Cast<byte, int>(file.Bytes(name).ToArray()).ToArray()
            : throw Damaged(file, $"there are no whole numbers '{name}'");

    private static string Value(SafetensorsFile file, string name) =>
        file.Metadata.TryGetValue(name, out var value) ? value : throw Damaged(file, $"its metadata have no '{name}'");

    private static int Number(SafetensorsFile file, string name) =>
        int.TryParse(Value(file, name), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number
            : throw Damaged(file, $"'{name}' is '{Value(file, name)}', not a number");

    private static InvalidDataException Damaged(SafetensorsFile file, string what) => new($"The search index '{file.Name}' cannot be read: {what}.");
}
