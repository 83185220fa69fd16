using MLNetNlp.Transformers.Encoders;
using MLNetNlp.Transformers.Inputs;
using static TorchSharp.torch;

namespace MLNetNlp.Transformers.Heads;

/// <summary>What a family puts over its encoder to score whole texts. Its parts are registered beside the encoder, under the family's names.</summary>
internal abstract class ClassificationHead
{
    /// <summary>The parts under their names in a checkpoint.</summary>
    public abstract IReadOnlyList<(string Path, nn.Module Module)> Parts { get; }

    /// <summary>Name of the part that has a row for each label.</summary>
    public virtual string OutputPath => "classifier";

    /// <summary>Whether the encoder's pooler is needed.</summary>
    public virtual bool UsesPooler => false;

    /// <summary>Scores, [batch, labels], before softmax or sigmoid.</summary>
    /// <param name="encoder">The encoder, with a pooler where <see cref="UsesPooler"/>.</param>
    /// <param name="batch">Padded texts.</param>
    /// <param name="training">Whether dropout is on.</param>
    public abstract Tensor Forward(TextEncoder encoder, TokenBatch batch, bool training);

    /// <summary>The first token's vector of each text, a prompt's where there is one: [batch, hidden].</summary>
    private protected static Tensor FirstToken(TextEncoder encoder, TokenBatch batch) =>
        encoder.Encode(batch, EncoderFields.None).FirstState;

    private protected static Tensor Drop(Tensor input, double probability, bool training) =>
        training && probability > 0 ? Dropout.Copy(input, probability) : input;
}
