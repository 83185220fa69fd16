using MLNetNlp.Transformers.Checkpoints;

namespace MLNetNlp.Transformers.Encoders;

/// <summary>The architectures that can be built: the one place that knows which class serves which <c>model_type</c>.</summary>
public static class TextEncoders
{
    private static readonly SortedDictionary<string, Func<ModelConfig, bool, TextEncoder>> Architectures = new(StringComparer.Ordinal)
    {
        ["bert"] = (config, pooler) => new BertEncoder(config, pooler),
    };

    /// <summary>The <c>model_type</c>s that <see cref="Create"/> knows.</summary>
    public static IReadOnlyCollection<string> SupportedModelTypes => Architectures.Keys;

    /// <summary>Builds an encoder without weights.</summary>
    /// <param name="config">The checkpoint's <c>config.json</c>.</param>
    /// <param name="pooler">Whether to build the pooler.</param>
    /// <exception cref="NotSupportedException">An architecture or a setting that there is no code for.</exception>
    public static TextEncoder Create(ModelConfig config, bool pooler)
    {
        CheckSupported(config.ModelType, ModelConfig.FileName);
        return Architectures[config.ModelType](config, pooler);
    }

    /// <summary>Refuses an architecture that has no encoder here.</summary>
    /// <exception cref="NotSupportedException">The message names the file, the architecture, and those that are supported.</exception>
    internal static void CheckSupported(string modelType, string file)
    {
        if (!Architectures.ContainsKey(modelType))
        {
            throw new NotSupportedException(
                $"'{file}': 'model_type' is \"{modelType}\", which is not supported; supported are: {string.Join(", ", Architectures.Keys)}.");
        }
    }
}
