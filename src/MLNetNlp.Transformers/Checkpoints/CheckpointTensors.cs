using System.Text.Json;

namespace MLNetNlp.Transformers.Checkpoints;

/// <summary>All tensors of a model folder by name, from one safetensors file or the shards that an index lists.</summary>
internal sealed class CheckpointTensors : IDisposable
{
    public const string IndexName = ModuleWeights.FileName + ".index.json";

    private static readonly string[] OtherFormats =
        ["pytorch_model.bin", "pytorch_model.bin.index.json", "model.ckpt.index", "tf_model.h5", "flax_model.msgpack"];

    private readonly List<SafetensorsFile> _files = [];
    private readonly Dictionary<string, (SafetensorsFile File, SafetensorsEntry Entry)> _tensors = new(StringComparer.Ordinal);

    private CheckpointTensors()
    {
    }

    public IReadOnlyDictionary<string, (SafetensorsFile File, SafetensorsEntry Entry)> Tensors => _tensors;

    public static CheckpointTensors Open(ModelFiles files)
    {
        var checkpoint = new CheckpointTensors();
        try
        {
            if (files.Exists(ModuleWeights.FileName))
                checkpoint.Add(files.OpenSafetensors(ModuleWeights.FileName));
            else if (files.Exists(IndexName))
                checkpoint.AddShards(files);
            else
                throw NoWeights(files);
            return checkpoint;
        }
        catch
        {
            checkpoint.Dispose();
            throw;
        }
    }

    public void Dispose() => _files.ForEach(file => file.Dispose());

    private void Add(SafetensorsFile file)
    {
        _files.Add(file);
        foreach (var (name, entry) in file.Tensors)
            _tensors.Add(name, (file, entry));
    }

    private void AddShards(ModelFiles files)
    {
        Dictionary<string, SafetensorsFile> shards = new(StringComparer.Ordinal);
        foreach (var (name, shard) in ReadIndex(files))
        {
            if (!shards.TryGetValue(shard, out var file))
            {
                if (!files.Exists(shard))
                    throw new FileNotFoundException(
                        $"'{files.NameOf(IndexName)}' says that tensor '{name}' is in '{shard}', but '{files.Description}' has no such file.", shard);
                _files.Add(file = files.OpenSafetensors(shard));
                shards.Add(shard, file);
            }

            _tensors[name] = file.Tensors.TryGetValue(name, out var entry)
                ? (file, entry)
                : throw new InvalidDataException($"'{files.NameOf(IndexName)}' says that tensor '{name}' is in '{shard}', but that file has no such tensor.");
        }
    }

    internal static List<(string Name, string Shard)> ReadIndex(ModelFiles files)
    {
        var where = files.NameOf(IndexName);
        try
        {
            using var stream = files.OpenRead(IndexName);
            using var index = JsonDocument.Parse(stream);
            if (index.RootElement.ValueKind != JsonValueKind.Object
                || !index.RootElement.TryGetProperty("weight_map", out var map) || map.ValueKind != JsonValueKind.Object)
                throw new InvalidDataException($"'{where}' has no object 'weight_map' from tensor names to files.");
            List<(string, string)> shards = [];
            foreach (var tensor in map.EnumerateObject())
            {
                // The index is data from elsewhere: it must not lead out of the folder.
                if (tensor.Value.ValueKind != JsonValueKind.String || !ModelFiles.IsSafeName(tensor.Value.GetString()!))
                    throw new InvalidDataException($"'{where}': 'weight_map' has {tensor.Value.GetRawText()} for tensor '{tensor.Name}', " +
                        "which is not the name of a file in the folder.");
                shards.Add((tensor.Name, tensor.Value.GetString()!));
            }

            return shards;
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"'{where}' is not valid JSON: {e.Message}", e);
        }
    }

    private static FileNotFoundException NoWeights(ModelFiles files)
    {
        if (OtherFormats.FirstOrDefault(files.Exists) is not { } other)
            return new($"There are no weights in '{files.Description}': neither '{ModuleWeights.FileName}' nor '{IndexName}'.", ModuleWeights.FileName);
        return new(
            $"There is no '{ModuleWeights.FileName}' in '{files.Description}', only '{other}', which is not read: " +
            "pickled files can run code when they are opened, so none ever is. " +
            "Convert it once in Python: `m = transformers.AutoModel.from_pretrained(folder); m.save_pretrained(folder)` writes safetensors " +
            "(with the class of your task, such as AutoModelForSequenceClassification, to keep its head).",
            ModuleWeights.FileName);
    }
}
