namespace MLNetNlp.Benchmarks.Tokenizer;

/// <summary>Other tokenizers that can be measured beside ours, as far as they are at hand.</summary>
internal static partial class Peers
{
    /// <summary>Adds them.</summary>
    public static void Add(List<Contender> contenders, string model, int chunks) => AddMicrosoft(contenders, model, chunks);

    static partial void AddMicrosoft(List<Contender> contenders, string model, int chunks);
}
