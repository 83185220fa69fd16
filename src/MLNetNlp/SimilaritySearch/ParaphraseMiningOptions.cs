using MLNetNlp.Transformers.Inference;

namespace MLNetNlp;

/// <summary>Options of finding the pairs of a collection that mean the same.</summary>
public sealed record ParaphraseMiningOptions
{
    /// <summary>A text column, or a vector of Single that is an embedding already. Default <c>Text</c>. Empty rows are left out.</summary>
    public string InputColumnName { get; init; } = "Text";

    /// <summary>Ids: text or whole numbers, each once. Default null: the number of the row, from 0.</summary>
    public string? IdColumnName { get; init; }

    /// <summary>The texts to give back, where the input is vectors. Default null: none then.</summary>
    public string? TextColumnName { get; init; }

    /// <summary>How many of the texts most alike to a text are paired with it. Default 100.</summary>
    public int Top { get; init; } = 100;

    /// <summary>Most pairs given back, the most alike. Default 500,000.</summary>
    public int MaxPairs { get; init; } = 500_000;

    /// <summary>Least similarity of a pair. Default null: no limit.</summary>
    public float? MinScore { get; init; }

    /// <summary>Whether a text that repeats another exactly is left out, so that pairs of equal texts are not among the paraphrases. Default false.</summary>
    public bool SkipDuplicates { get; init; }

    /// <summary>What embeds texts. Not used for vectors. Default <see cref="PretrainedModel.Mini"/>.</summary>
    public PretrainedModel Model { get; init; } = PretrainedModel.Mini;

    /// <summary>Most texts in one forward pass. Default 32.</summary>
    public int BatchSize { get; init; } = 32;

    /// <summary>Where texts are embedded: <c>auto</c> (the default: CUDA when there, else CPU), <c>cpu</c>, <c>cuda</c> or <c>cuda:N</c>.</summary>
    public string Device { get; init; } = "auto";

    /// <summary>Checks everything that needs no data.</summary>
    /// <exception cref="ArgumentException">An option has a value that makes no sense; the message names it.</exception>
    internal void Validate()
    {
        ArgumentNullException.ThrowIfNull(Model);
        if (string.IsNullOrWhiteSpace(InputColumnName))
            throw new ArgumentException($"'{nameof(InputColumnName)}' is empty; a name is needed.", nameof(InputColumnName));
        if (Top < 1)
            throw new ArgumentOutOfRangeException(nameof(Top), Top, $"'{nameof(Top)}' is {Top}; 1 or more is needed.");
        if (MaxPairs < 1)
            throw new ArgumentOutOfRangeException(nameof(MaxPairs), MaxPairs, $"'{nameof(MaxPairs)}' is {MaxPairs}; 1 or more is needed.");
        if (BatchSize < 1)
            throw new ArgumentOutOfRangeException(nameof(BatchSize), BatchSize, $"'{nameof(BatchSize)}' is {BatchSize}; 1 or more is needed.");
        Devices.CheckName(Device);
    }
}
