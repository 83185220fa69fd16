using MLNetNlp.Tokenizers;
using MLNetNlp.Transformers.Checkpoints;
using MLNetNlp.Transformers.Inference;
using TorchSharp;

namespace MLNetNlp.Pipeline;

/// <summary>What a fit begins with: the pretrained model's files, its tokenizer, and the device.</summary>
internal sealed class StartingPoint : IDisposable
{
    private StartingPoint(ModelFiles files, TextTokenizer tokenizer, torch.Device device)
    {
        Files = files;
        Tokenizer = tokenizer;
        Device = device;
    }

    /// <summary>The pretrained model.</summary>
    public ModelFiles Files { get; }

    /// <summary>Its tokenizer.</summary>
    public TextTokenizer Tokenizer { get; }

    /// <summary>Where to train.</summary>
    public torch.Device Device { get; }

    /// <summary>Opens the model, after downloading it where needed.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Texts are to be longer than the model takes.</exception>
    public static StartingPoint Open(FineTuningOptions options)
    {
        var files = options.Model.Open(options.Training.CancellationToken);
        try
        {
            var config = ModelConfig.Read(files);
            var maxLength = options.Tokenization.MaxLength;
            if (maxLength > config.MaxSequenceLength)
            {
                throw new ArgumentOutOfRangeException(nameof(TokenizationOptions.MaxLength), maxLength,
                    $"{nameof(TokenizationOptions)}.{nameof(TokenizationOptions.MaxLength)} is {maxLength}, but model '{files.Description}' has "
                    + $"{config.MaxSequenceLength} positions.");
            }

            if (options.Adapter is { VirtualTokens: > 0 and var count } && maxLength + count > config.MaxSequenceLength)
            {
                throw new ArgumentOutOfRangeException(nameof(TokenizationOptions.MaxLength), maxLength,
                    $"{nameof(TokenizationOptions)}.{nameof(TokenizationOptions.MaxLength)} is {maxLength} and {options.Adapter.GetType().Name}."
                    + $"{nameof(VirtualTokenOptions.Length)} is {count}, but model '{files.Description}' has {config.MaxSequenceLength} positions for both.");
            }

            var tokenizer = TextTokenizer.Load(files.TryOpenRead, files.Description);
            ModelChecks.TokenizerFits(tokenizer, config, files.Description);
            return new StartingPoint(files, tokenizer, Devices.Parse(options.Training.Device));
        }
        catch
        {
            files.Dispose();
            throw;
        }
    }

    public void Dispose() => Files.Dispose();
}
