using MLNetNlp.Transformers.Losses;
using static TorchSharp.torch;

namespace MLNetNlp.Transformers.Sentences;

/// <summary>An encoder and the weights of its losses under one roof, so that one training moves all of them.</summary>
/// <remarks>The encoder stays its owner's: disposing of this module disposes of the losses' weights alone.</remarks>
public sealed class SentenceTrainingModule : nn.Module
{
    private readonly ISentenceLoss[] _losses;

    /// <summary>Joins an encoder and losses that are prepared for it.</summary>
    /// <param name="encoder">Registered as <c>encoder</c>.</param>
    /// <param name="losses">Weights are registered as <c>loss0</c>, <c>loss1</c> ...</param>
    public SentenceTrainingModule(SentenceEncoder encoder, IEnumerable<ISentenceLoss> losses)
        : base(nameof(SentenceTrainingModule))
    {
        _losses = [.. losses];
        register_module("encoder", encoder);
        for (var i = 0; i < _losses.Length; i++)
        {
            if (_losses[i].Weights is { } weights)
                register_module($"loss{i}", weights);
        }
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (!disposing)
            return;
        foreach (var loss in _losses)
            loss.Weights?.Dispose();
    }

    /// <summary>The parts are registered in the constructor.</summary>
    protected override void RegisterComponents()
    {
    }
}
