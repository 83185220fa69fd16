namespace MLNetNlp;

/// <summary>How a frozen model's linear layers are held in four bits while a <see cref="LoraOptions"/> adapter trains: QLoRA.</summary>
/// <remarks>
/// Dettmers et al. 2023, "QLoRA: Efficient Finetuning of Quantized LLMs". Bit by bit what bitsandbytes computes. Every forward pass restores a layer's weights and
/// forgets them again, and so does the backward pass. Merging restores all weights, at the precision that is left.
/// </remarks>
public sealed record QuantizationOptions
{
    /// <summary>What four bits stand for. Default NF4.</summary>
    public QuantizationKind Kind { get; init; }

    /// <summary>Weights that share a scale: a power of two from 32 to 4096. Default 64.</summary>
    public int BlockSize { get; init; } = 64;

    /// <summary>Whether the scales are quantised as well, to eight bits each: 0.4 bits less for each weight. Default true.</summary>
    public bool DoubleQuantization { get; init; } = true;

    /// <summary>Checks the values.</summary>
    /// <exception cref="ArgumentOutOfRangeException">One makes no sense; the message names it.</exception>
    public void Validate()
    {
        OptionCheck.That(Enum.IsDefined(Kind), Kind, "one of " + string.Join(", ", Enum.GetNames<QuantizationKind>()), this);
        OptionCheck.That(BlockSize is >= 32 and <= 4096 && int.IsPow2(BlockSize), BlockSize, "a power of two from 32 to 4096", this);
    }
}
