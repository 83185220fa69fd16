using MLNetNlp.Tokenizers;
using MLNetNlp.Transformers.Checkpoints;
using MLNetNlp.Transformers.Inference;
using TorchSharp;

namespace MLNetNlp.Pipeline;

/// <summary>A fine-tuned model with its tokenizer, as a transformer holds it. Thread-safe; owns the weights.</summary>
internal abstract class ServedModel : IDisposable
{
    private readonly UseCount _use;
    private readonly torch.nn.Module _model;

    protected ServedModel(torch.nn.Module model, TextTokenizer tokenizer)
    {
        Tokenizer = tokenizer;
        _model = model;
        _use = new UseCount(() =>
        {
            model.Dispose();
            Adaptation?.Dispose();
        });
    }

    public TextTokenizer Tokenizer { get; }

    /// <summary>The adapter that was trained; null where the whole model was.</summary>
    public ModelAdaptation? Adaptation => ModelAdaptation.Of(_model);

    /// <summary>Writes config, weights and tokenizer, as a plain model: with the adapter merged in.</summary>
    public void Save(Func<string, Stream> createFile, object owner)
    {
        using var use = _use.Enter(owner);
        SaveModel(createFile);
        Tokenizer.Save(createFile);
    }

    /// <summary>Writes what a model zip holds: of a model with an adapter what <see cref="AdapterStorage"/> says, else what <see cref="Save"/> writes.</summary>
    public void SaveInZip(Func<string, Stream> createFile, object owner)
    {
        using var use = _use.Enter(owner);
        if (Adaptation is null)
            SaveModel(createFile);
        else
            Adaptation.Save(createFile, SaveModel);
        Tokenizer.Save(createFile);
    }

    public void ThrowIfDisposed(object owner) => ObjectDisposedException.ThrowIf(_use.IsDisposed, owner);

    public void Dispose() => _use.Dispose();

    /// <summary>Writes config and weights.</summary>
    protected abstract void SaveModel(Func<string, Stream> createFile);

    /// <summary>Keeps the weights from being freed until the result is disposed.</summary>
    /// <exception cref="ObjectDisposedException"><paramref name="owner"/> is disposed.</exception>
    protected UseCount.Use Enter(object owner) => _use.Enter(owner);

    /// <summary>Reads what <see cref="Save"/> wrote, onto the GPU where there is one.</summary>
    /// <param name="files">The model folder.</param>
    /// <param name="load">Makes the module.</param>
    /// <param name="config">The module's configuration.</param>
    /// <param name="serve">Puts both together.</param>
    protected static TServed Load<TModel, TServed>(
        ModelFiles files, Func<ModelFiles, TModel> load, Func<TModel, ModelConfig> config, Func<TModel, TextTokenizer, torch.Device, TServed> serve)
        where TModel : torch.nn.Module
    {
        Devices.Preload();
        var tokenizer = TextTokenizer.Load(files.TryOpenRead, files.Description);
        var model = load(files);
        try
        {
            ModelChecks.TokenizerFits(tokenizer, config(model), files.Description);
            var device = Devices.Parse("auto");
            model.to(device);
            ModelAdaptation.AfterLoading(model, files);
            return serve(model, tokenizer, device);
        }
        catch
        {
            model.Dispose();
            throw;
        }
    }
}
