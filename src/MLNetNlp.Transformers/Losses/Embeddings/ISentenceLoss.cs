using MLNetNlp.Transformers.Sentences;
using static TorchSharp.torch;

namespace MLNetNlp.Transformers.Losses;

/// <summary>What a sentence encoder is trained to lower. Most losses need the vectors alone: they are <see cref="IEmbeddingLoss"/>.</summary>
/// <remarks>
/// A loss is a description that any number of trainings can share. One with weights of its own, such as a classifier, gets them by
/// <see cref="Prepare"/>, which makes a copy for one training.
/// </remarks>
public interface ISentenceLoss
{
    /// <summary>Which columns and labels the loss needs.</summary>
    EmbeddingLossInputs Inputs { get; }

    /// <summary>Weights that train along with the encoder; null: none. Null as well before <see cref="Prepare"/>.</summary>
    nn.Module? Weights => null;

    /// <summary>The loss for one training: itself, or where it has weights of its own a copy with new ones, which the caller disposes of.</summary>
    /// <exception cref="ArgumentException">The loss and the encoder or its data do not go together.</exception>
    ISentenceLoss Prepare(SentenceLossSetting setting) => this;

    /// <summary>The loss of one batch, a scalar with its graph, moved to the outer dispose scope.</summary>
    /// <exception cref="ArgumentException">Columns or labels that the loss cannot use.</exception>
    Tensor Compute(SentenceEncoder encoder, SentenceBatch batch);

    /// <summary>Adds the loss's gradient, times a weight, to the gradients of all parameters.</summary>
    /// <param name="encoder">The encoder in training mode.</param>
    /// <param name="batch">Texts and labels.</param>
    /// <param name="weight">The batch's share of the optimizer step.</param>
    /// <returns>The loss, without the weight. One that is not finite has added no gradient worth having.</returns>
    double Backward(SentenceEncoder encoder, SentenceBatch batch, double weight)
    {
        using var scope = NewDisposeScope();
        var loss = Compute(encoder, batch);
        var value = loss.to(float32).item<float>();
        if (float.IsFinite(value))
            (weight == 1 ? loss : loss * weight).backward();
        return value;
    }
}
