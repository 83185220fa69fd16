using static TorchSharp.torch;

namespace MLNetNlp;

/// <summary>What a guide, a model that knows already, makes of all texts of a pool: computed once, before training.</summary>
/// <param name="Numbers">[texts, dimension], row by row.</param>
/// <param name="Dimension">Numbers of a vector.</param>
internal sealed record GuideVectors(float[] Numbers, int Dimension)
{
    /// <summary>Embeds all texts of a pool, as the guide's own tokenizer reads them.</summary>
    public static GuideVectors Compute(SentenceEmbedder guide, TextPool pool) => new(TextVectors.Of(guide, pool.Strings, guide), guide.Dimension);

    /// <summary>[texts, dimension].</summary>
    public Tensor ToTensor(Device device) => tensor(Numbers, [Numbers.Length / Dimension, Dimension], device: device);
}
