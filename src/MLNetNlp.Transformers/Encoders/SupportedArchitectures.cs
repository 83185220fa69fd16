namespace MLNetNlp.Transformers.Encoders;

/// <summary>The values of <c>model_type</c> that there is an encoder for.</summary>
internal static class SupportedArchitectures
{
    public static IReadOnlyList<string> ModelTypes { get; } = ["bert"];

    /// <summary>Refuses a configuration whose architecture has no encoder here.</summary>
    /// <exception cref="NotSupportedException">The message names the file, the architecture, and those that are supported.</exception>
    public static void Check(string modelType, string file)
    {
        if (!ModelTypes.Contains(modelType))
            throw new NotSupportedException($"'{file}': 'model_type' is \"{modelType}\", which is not supported; supported are: {string.Join(", ", ModelTypes)}.");
    }
}
