using MLNetNlp.Transformers.Adapters;
using MLNetNlp.Transformers.Encoders;
using MLNetNlp.Transformers.Inputs;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace MLNetNlp;

/// <summary>Prompt tuning: learned embeddings before those of every text; a few thousand numbers, and nothing inside the model changes.</summary>
/// <remarks>
/// Lester et al. 2021, "The Power of Scale for Parameter-Efficient Prompt Tuning". Meant for very large models: on small ones other adapters learn more. Reads and
/// writes Hugging Face PEFT's files. The head sees the first virtual token in the place of [CLS].
/// </remarks>
public sealed record PromptTuningOptions : VirtualTokenOptions
{
    /// <summary>How the virtual tokens begin. Default: as words drawn from the vocabulary.</summary>
    public PromptInitialization Initialization { get; init; }

    /// <summary>The learning rate where none is given: 1e-2.</summary>
    public override double DefaultLearningRate => 1e-2;

    internal override string PeftType => "PROMPT_TUNING";

    /// <inheritdoc/>
    public override void Validate()
    {
        base.Validate();
        OptionCheck.That(Enum.IsDefined(Initialization), Initialization, "one of " + string.Join(", ", Enum.GetNames<PromptInitialization>()), this);
    }

    private protected override VirtualTokens CreateTokens(TextEncoder encoder, bool isForLoading) =>
        new(Length, encoder.EmbeddingSize, encoder.WordTable, isPrefix: false, encoder: null,
            Initialization == PromptInitialization.Random ? null : (table, seed) => Sample(encoder, table, seed));

    private void Sample(TextEncoder encoder, Parameter table, long seed)
    {
        using var scope = NewDisposeScope();
        var random = new SeededRandom(seed);
        var words = encoder.WordTable;
        var rows = Enumerable.Range(0, Length).Select(_ => (long)(random.NextDouble() * encoder.Config.VocabularySize)).ToArray();
        table.copy_(words.index_select(0, tensor(rows, device: words.device)));
    }
}
