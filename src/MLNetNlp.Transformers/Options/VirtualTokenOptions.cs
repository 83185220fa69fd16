using System.Globalization;
using MLNetNlp.Transformers.Adapters;
using MLNetNlp.Transformers.Encoders;
using static TorchSharp.torch;

namespace MLNetNlp;

/// <summary>Adapters that put learned vectors before every text and leave the model's weights alone: prompts and prefixes.</summary>
/// <remarks>They cannot be merged, and take places from the text: the longest text and the virtual tokens together must fit the model's positions.</remarks>
public abstract record VirtualTokenOptions : AdapterOptions
{
    private protected VirtualTokenOptions()
    {
    }

    /// <summary>Number of virtual tokens. Default 20.</summary>
    public int Length { get; init; } = 20;

    /// <inheritdoc/>
    public override bool CanMerge => false;

    internal override string FilePrefix => "base_model.";

    internal override LayerTargets? LayerTargets => null;

    internal override int VirtualTokens => Length;

    /// <inheritdoc/>
    public override void Validate() => OptionCheck.That(Length >= 1, Length, "1 or more", this);

    internal override LayerAdapter Create(string name, IAdaptableLayer layer) => throw new InvalidOperationException("Virtual tokens are no addition to a layer.");

    internal override bool TrainsBase(string name, bool isOfTarget) => false;

    internal sealed override IEnumerable<AddedPart> CreateParts(nn.Module module, bool isForLoading)
    {
        var encoder = EncoderOf(module) ?? throw new ArgumentException(
            $"{GetType().Name} needs a model with a text encoder, and {module.GetType().Name} has none.", nameof(module));
        if (Length >= encoder.Config.MaxSequenceLength)
        {
            throw new ArgumentOutOfRangeException(nameof(Length), Length, string.Create(CultureInfo.InvariantCulture,
                $"{GetType().Name}.{nameof(Length)} is {Length}, but the model has {encoder.Config.MaxSequenceLength} positions, for the text as well."));
        }

        yield return new AddedPart("", encoder, LayerAdapter.ModuleName, CreateTokens(encoder, isForLoading),
            added => encoder.VirtualTokens = (VirtualTokens?)added);
    }

    /// <summary>The encoder that a model is or has.</summary>
    internal static TextEncoder? EncoderOf(nn.Module module) => module as TextEncoder ?? module.modules().OfType<TextEncoder>().FirstOrDefault();

    /// <summary>The tokens, not initialised; with <paramref name="isForLoading"/> without what makes them, as files hold the result alone.</summary>
    private protected abstract VirtualTokens CreateTokens(TextEncoder encoder, bool isForLoading);
}
