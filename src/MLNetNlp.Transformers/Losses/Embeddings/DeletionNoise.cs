using MLNetNlp.Transformers.Inputs;

namespace MLNetNlp.Transformers.Losses;

/// <summary>Damages a text by deleting words at random: what a denoising auto-encoder learns to repair.</summary>
/// <remarks>
/// Each word stays when a number drawn from 0 to 1 is above <see cref="DeletionRatio"/>; if none stays, one drawn word does. Words and punctuation are those
/// of the Penn Treebank. Wang, Reimers and Gurevych 2021, "TSDAE"; the reference is sentence-transformers' <c>DenoisingAutoEncoderDataset.delete</c>.
/// </remarks>
public sealed record DeletionNoise
{
    private readonly double _ratio = 0.6;

    /// <summary>Share of the words that are deleted, 0 to 1. Default 0.6.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Another number.</exception>
    public double DeletionRatio
    {
        get => _ratio;
        init => _ratio = value is >= 0 and <= 1 ? value : throw new ArgumentOutOfRangeException(nameof(DeletionRatio), value,
            FormattableString.Invariant($"'{nameof(DeletionRatio)}' is {value}; a number from 0 to 1 is needed."));
    }

    /// <summary>A damaged copy. A text without words stays as it is.</summary>
    public string Apply(string text, SeededRandom random)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(random);
        var words = TreebankWords.Split(text);
        return words.Length == 0 ? text : TreebankWords.Join(Keep(words, [.. words.Select(_ => random.NextDouble())], () => random.Next(words.Length)));
    }

    /// <summary>The words that stay.</summary>
    /// <param name="words">At least one.</param>
    /// <param name="draws">One number a word, 0 to 1.</param>
    /// <param name="rescue">Draws the word that stays when all would go.</param>
    internal IEnumerable<string> Keep(string[] words, double[] draws, Func<int> rescue)
    {
        var kept = words.Where((_, i) => draws[i] > DeletionRatio).ToArray();
        return kept.Length > 0 ? kept : [words[rescue()]];
    }
}
