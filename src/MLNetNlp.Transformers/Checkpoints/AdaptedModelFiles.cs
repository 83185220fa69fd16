using System.Text.Json;
using MLNetNlp.Transformers.Adapters;
using MLNetNlp.Transformers.Sentences;

namespace MLNetNlp.Transformers.Checkpoints;

/// <summary>The folder of an adapter alone, over its base model's: the weights of both appear as the shards of one checkpoint.</summary>
/// <remarks>
/// What the base lacks, the head above all, comes from the adapter's file, so that any model is loaded from here as from a folder of its own; the adapter itself is
/// then attached. All other files are the adapter's folder's. Owns the base model's files.
/// </remarks>
internal sealed class AdaptedModelFiles : ModelFiles
{
    private const string BaseFolder = "base-model/";
    private const string HeadName = "base-model-head.safetensors";
    private static readonly string[] Prefixes = ["base_model.model.", "base_model."];

    private readonly ModelFiles _own;
    private readonly ModelFiles _baseFolder;
    private readonly ModelFiles _base;
    private readonly byte[] _head;
    private readonly byte[] _index;

    public AdaptedModelFiles(ModelFiles own, ModelFiles baseModel)
        : base(own.Description)
    {
        _own = own;
        _baseFolder = baseModel;
        _base = Encoder(baseModel);
        Dictionary<string, string> shards = new(StringComparer.Ordinal);
        List<(string, SafetensorsDType, IReadOnlyList<long>, ReadOnlyMemory<byte>)> head = [];
        using (var weights = CheckpointTensors.Open(_base))
        {
            foreach (var (name, shard) in _base.Exists(ModuleWeights.FileName)
                ? weights.Tensors.Keys.Select(name => (name, ModuleWeights.FileName)) : CheckpointTensors.ReadIndex(_base))
                shards[name] = BaseFolder + shard;
            var shapes = weights.Tensors.ToDictionary(t => t.Key, t => t.Value.Entry.Shape, StringComparer.Ordinal);
            foreach (var file in AdapterFiles.NamesIn(own).Where(name => name.EndsWith(".safetensors", StringComparison.Ordinal)))
                AddHead(file, shapes, head);
        }

        head.ForEach(tensor => shards[tensor.Item1] = HeadName);
        using var bytes = new MemoryStream();
        SafetensorsWriter.Write(bytes, head);
        _head = bytes.ToArray();
        _index = JsonSerializer.SerializeToUtf8Bytes(new Dictionary<string, Dictionary<string, string>> { ["weight_map"] = shards });
    }

    /// <summary>What the base model's files are, for error messages.</summary>
    public string BaseDescription => _base.Description;

    public override IReadOnlyCollection<string> Names => [.. _own.Names, CheckpointTensors.IndexName];

    protected override void Dispose(bool disposing) => _baseFolder.Dispose();

    private protected override bool ExistsCore(string name) => name switch
    {
        ModuleWeights.FileName => false,
        CheckpointTensors.IndexName or HeadName => true,
        _ => OfBase(name) is { } shard ? _base.Exists(shard) : _own.Exists(name),
    };

    private protected override Stream? TryOpenReadCore(string name) =>
        name == CheckpointTensors.IndexName ? new MemoryStream(_index, writable: false) : _own.TryOpenRead(name);

    private protected override SafetensorsFile? TryOpenSafetensorsCore(string name)
    {
        if (name == HeadName)
            return SafetensorsFile.FromMemory(_head, NameOf(name));
        return OfBase(name) is { } shard ? _base.OpenSafetensors(shard) : _own.Exists(name) ? _own.OpenSafetensors(name) : null;
    }

    private static string? OfBase(string name) => name.StartsWith(BaseFolder, StringComparison.Ordinal) ? name[BaseFolder.Length..] : null;

    /// <summary>Older folders of sentence-transformers have the encoder one level below.</summary>
    private static ModelFiles Encoder(ModelFiles files) =>
        files.Exists(ModelConfig.FileName) || !files.Exists(SentenceConfig.ModulesFile) ? files : files.Below(SentenceConfig.Read(files).EncoderFolder);

    /// <summary>What an adapter's file has of the model itself and the base has not, by that name and of that shape.</summary>
    private void AddHead(string file, Dictionary<string, IReadOnlyList<long>> shapes,
        List<(string, SafetensorsDType, IReadOnlyList<long>, ReadOnlyMemory<byte>)> head)
    {
        using var weights = _own.OpenSafetensors(file);
        foreach (var (name, entry) in weights.Tensors)
        {
            // The head of bottleneck adapters has a file of its own, with the model's own names.
            var prefix = file == BottleneckFiles.HeadName ? "" : Array.Find(Prefixes, prefix => name.StartsWith(prefix, StringComparison.Ordinal));
            if (prefix is null)
                continue;
            var bare = name[prefix.Length..];
            var isInBase = shapes.Any(t => (bare == t.Key || bare.EndsWith('.' + t.Key, StringComparison.Ordinal) || t.Key.EndsWith('.' + bare, StringComparison.Ordinal))
                && t.Value.SequenceEqual(entry.Shape));
            if (!isInBase)
                head.Add((bare, entry.DType, entry.Shape, weights.Bytes(name).ToArray()));
        }
    }
}
