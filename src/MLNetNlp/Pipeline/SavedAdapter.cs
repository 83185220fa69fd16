using MLNetNlp.Transformers.Adapters;
using MLNetNlp.Transformers.Checkpoints;

namespace MLNetNlp.Pipeline;

/// <summary>The files of an adapter alone, kept beside the model that it is merged into: less than a hundredth of its size.</summary>
internal sealed class SavedAdapter(IReadOnlyDictionary<string, byte[]> files)
{
    /// <summary>The SHA-256 of the base model's weights; null where the files do not say it.</summary>
    public string? BaseHash
    {
        get
        {
            foreach (var (name, bytes) in files.Where(f => f.Key.EndsWith(".safetensors", StringComparison.Ordinal)))
            {
                using var file = SafetensorsFile.FromMemory(bytes, name);
                if (file.Metadata.TryGetValue(AdapterTensors.HashKey, out var hash))
                    return hash;
            }

            return null;
        }
    }

    /// <summary>Takes an adapter as it is.</summary>
    public static SavedAdapter Of(ModelAdapter adapter, string baseModel, string? taskType)
    {
        Dictionary<string, MemoryStream> streams = [];
        AdapterFiles.Save(adapter, name => streams[name] = new MemoryStream(), baseModel, taskType);
        return new SavedAdapter(streams.ToDictionary(s => s.Key, s => s.Value.ToArray()));
    }

    /// <summary>Reads the files from the folder of a model; null where there are none.</summary>
    public static SavedAdapter? TryRead(ModelFiles folder) =>
        AdapterFiles.NamesIn(folder) is { Count: > 0 } names ? new SavedAdapter(names.ToDictionary(name => name, folder.ReadAllBytes)) : null;

    /// <summary>The files as a folder.</summary>
    public ModelFiles Open(string description) => ModelFiles.FromMemory(files, description);

    /// <summary>Writes the files.</summary>
    public void Save(Func<string, Stream> createFile)
    {
        foreach (var (name, bytes) in files)
        {
            using var stream = createFile(name);
            stream.Write(bytes);
        }
    }
}
