using MLNetNlp.Transformers.Sentences;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace MLNetNlp.Transformers.Losses;

/// <summary>In-batch negatives of which a guide, a model that knows already, removes those that are none.</summary>
/// <remarks>
/// <c>loss = CE([cos(anchor, positives), cos(anchor, anchors), cos(positive, positives), cos(anchor, negatives)] / temperature, i)</c> for row i, a similarity.
/// A candidate whose guide's cosine exceeds that of the row's own pair, less a margin, is left out; the pair itself never is. Inputs: anchors and positives;
/// further columns are hard negatives; no label, but the guide's vector of every text. Solatorio 2024, "GISTEmbed: Guided In-sample Selection of Training
/// Negatives".
/// </remarks>
/// <param name="temperature">The cosines are divided by it. Default 0.01.</param>
/// <param name="marginKind">How the margin is read. Default absolute.</param>
/// <param name="margin">Candidates this near to the pair's similarity are left out too. Default 0.</param>
public sealed class GistEmbedLoss(float temperature = 0.01f, GistMargin marginKind = GistMargin.Absolute, float margin = 0) : ISentenceLoss
{
    /// <summary>The cosines are divided by it.</summary>
    public float Temperature { get; } = LossArgument.Positive(temperature, nameof(temperature));

    /// <summary>How the margin is read.</summary>
    public GistMargin MarginKind { get; } = LossArgument.Defined(marginKind, nameof(marginKind));

    /// <summary>Candidates this near to the pair's similarity are left out too.</summary>
    public float Margin { get; } = LossArgument.NotNegative(margin, nameof(margin));

    /// <summary>Whether the other anchors are candidates. Default true.</summary>
    public bool ContrastsAnchors { get; init; } = true;

    /// <summary>Whether each positive is held against the other positives. Default true.</summary>
    public bool ContrastsPositives { get; init; } = true;

    /// <inheritdoc/>
    public EmbeddingLossInputs Inputs { get; } = new(nameof(GistEmbedLoss), ["anchor", "positive"])
    {
        FurtherColumns = "hard negatives",
        NeedsGuide = true,
        ContrastsRows = true,
    };

    /// <inheritdoc/>
    public Tensor Compute(SentenceEncoder encoder, SentenceBatch batch)
    {
        ArgumentNullException.ThrowIfNull(encoder);
        ArgumentNullException.ThrowIfNull(batch);
        using var scope = NewDisposeScope();
        return Compute([.. batch.Columns.Select(encoder.call)], batch.GuideEmbeddings).MoveToOuterDisposeScope();
    }

    /// <summary>The loss of vectors, a scalar with its graph, moved to the outer dispose scope.</summary>
    /// <param name="embeddings">One [batch, dimension] a column.</param>
    /// <param name="guideEmbeddings">The guide's vectors of the same texts, of any dimension.</param>
    /// <exception cref="ArgumentException">Columns that do not fit, or no guide's vectors.</exception>
    public Tensor Compute(IReadOnlyList<Tensor> embeddings, IReadOnlyList<Tensor>? guideEmbeddings)
    {
        Inputs.CheckBatch(embeddings, null);
        if (guideEmbeddings is null || guideEmbeddings.Count != embeddings.Count)
        {
            throw new ArgumentException($"{nameof(GistEmbedLoss)} needs the guide's vectors of {embeddings.Count} columns, but has those of "
                + $"{guideEmbeddings?.Count ?? 0}.", nameof(guideEmbeddings));
        }

        using var scope = NewDisposeScope();
        var model = embeddings.Select(UnitRows.Of).ToArray();
        var guide = guideEmbeddings.Select(e => UnitRows.Of(e.detach())).ToArray();
        // The limit is read off the same matrix that is compared with it: the own pair's sum, summed in another order, might be another number.
        var pairs = guide[0].matmul(guide[1].t());
        var own = pairs.diagonal(0, 0, 1).unsqueeze(1);
        var limit = own - (MarginKind == GistMargin.Absolute ? full_like(own, Margin) : own.abs() * Margin);

        var self = eye(own.shape[0], dtype: ScalarType.Bool, device: own.device);
        List<Tensor> scores = [model[0].matmul(model[1].t()).masked_fill(pairs.gt(limit).logical_and(self.logical_not()), float.NegativeInfinity)];
        if (ContrastsAnchors)
            scores.Add(Candidates(0, 0));
        if (ContrastsPositives)
            scores.Add(Candidates(1, 1));
        for (var negatives = 2; negatives < model.Length; negatives++)
            scores.Add(Candidates(0, negatives));
        return F.cross_entropy(cat(scores, 1) / Temperature, arange(own.shape[0], dtype: int64, device: own.device)).MoveToOuterDisposeScope();

        Tensor Candidates(int left, int right) => model[left].matmul(model[right].t())
            .masked_fill(guide[left].matmul(guide[right].t()).gt(limit), float.NegativeInfinity);
    }
}
