using System.Runtime.CompilerServices;
using MLNetNlp.Transformers.Adapters;
using MLNetNlp.Transformers.Checkpoints;
using MLNetNlp.Transformers.Sentences;
using static TorchSharp.torch;

namespace MLNetNlp.Pipeline;

/// <summary>What the transformers of all tasks know of the adapter that their model was trained with: its files, its base, and what a zip holds of them.</summary>
/// <remarks>Belongs to the model's module, and is found by it.</remarks>
internal sealed class ModelAdaptation : IDisposable
{
    private static readonly ConditionalWeakTable<nn.Module, ModelAdaptation> Known = [];

    [ThreadStatic]
    private static AdapterStorage? _asked;

    private readonly BaseModelReference _base;
    private readonly SharedWeights? _shared;

    private ModelAdaptation(SavedAdapter files, BaseModelReference baseModel, ModelAdapter? active)
    {
        Files = files;
        _base = baseModel;
        Active = active;
        Storage = baseModel.Storage;
        if (active is null)
            return;
        active.SharesBase = true;
        _shared = SharedWeights.Share(active.FrozenBase);
        NativeHeap.GiveBack();
    }

    /// <summary>The adapter alone.</summary>
    public SavedAdapter Files { get; }

    /// <summary>What a zip holds.</summary>
    public AdapterStorage Storage { get; set; }

    /// <summary>The adapter that takes part in each forward pass; null where it is merged.</summary>
    public ModelAdapter? Active { get; }

    /// <summary>The adaptation of a model; null where it was trained as a whole.</summary>
    public static ModelAdaptation? Of(nn.Module model) => Known.TryGetValue(Root(model), out var adaptation) ? adaptation : null;

    /// <summary>What an adapter goes onto: of a sentence encoder the encoder itself, so that PEFT finds the layers by their names.</summary>
    public static nn.Module Root(nn.Module model) => model is SentenceEncoder sentences ? sentences.Encoder : model;

    /// <summary>Takes over an adapter that was just trained: merges it, or leaves it on the model over shared weights.</summary>
    public static void AfterTraining(nn.Module model, ModelAdapter adapter, FineTuningOptions options, string? taskType)
    {
        var files = SavedAdapter.Of(adapter, options.Model.ToString()!, taskType);
        var storage = options.AdapterStorage ?? (adapter.CanMerge ? AdapterStorage.Merged : AdapterStorage.BaseAndAdapter);
        if (storage == AdapterStorage.Merged)
        {
            adapter.MergeAndRemove();
            adapter.Dispose();
        }
        else
        {
            adapter.FinishTraining();
        }

        Known.AddOrUpdate(model, new ModelAdaptation(files, options.Model.Reference with { Storage = storage }, storage == AdapterStorage.Merged ? null : adapter));
    }

    /// <summary>Puts the adapter that a folder holds onto the model that was loaded from it, where it is not part of the weights.</summary>
    /// <param name="model">The model on its device.</param>
    /// <param name="files">The folder.</param>
    public static void AfterLoading(nn.Module model, ModelFiles files)
    {
        model = Root(model);
        if (BaseModelReference.TryRead(files) is not { } reference || SavedAdapter.TryRead(files) is not { } saved)
            return;
        ModelAdapter? active = null;
        if (reference.Storage != AdapterStorage.Merged)
        {
            using var own = saved.Open(files.Description);
            try
            {
                active = AdapterFiles.Load(model, own);
            }
            catch (InvalidDataException e) when (e.Data[AdapterTensors.HashKey] is (string needed, string actual) && reference.Storage == AdapterStorage.AdapterOnly)
            {
                throw reference.IsAnother((files as AdaptedModelFiles)?.BaseDescription ?? reference.Name, needed, actual);
            }
        }

        Known.AddOrUpdate(model, new ModelAdaptation(saved, reference, active));
    }

    /// <summary>The files of a zip's part as a model is loaded from them: with the weights of the base model where the part is an adapter alone.</summary>
    /// <exception cref="BaseModelException">The base model is not there.</exception>
    public static ModelFiles WithBase(ModelFiles files)
    {
        if (BaseModelReference.TryRead(files) is not { Storage: AdapterStorage.AdapterOnly } reference)
            return files;
        var baseModel = reference.Open(() => SavedAdapter.TryRead(files)?.BaseHash);
        try
        {
            return new AdaptedModelFiles(files, baseModel);
        }
        catch (Exception e) when (e is IOException or InvalidDataException)
        {
            baseModel.Dispose();
            throw new BaseModelException($"The base model '{baseModel.Description}' of an adapter cannot be read: {e.Message}", e);
        }
    }

    /// <summary>Until the result is disposed, this thread saves models in another form than theirs.</summary>
    public static IDisposable SaveAs(AdapterStorage storage)
    {
        _asked = storage;
        return new Asked();
    }

    /// <summary>Writes a model into a zip, in the form that it has or that was asked for.</summary>
    /// <param name="createFile">Opens a file for writing, by name.</param>
    /// <param name="save">Writes the model's own files.</param>
    /// <exception cref="InvalidOperationException">Base and adapter are asked for of a model that they are merged in, or merged weights of one that cannot be.</exception>
    public void Save(Func<string, Stream> createFile, Action<Func<string, Stream>> save)
    {
        var storage = _asked ?? Storage;
        if (storage == AdapterStorage.BaseAndAdapter && Active is null)
            throw new InvalidOperationException("The adapter is merged: it must be unmerged before it is saved beside its base model.");
        if (storage == AdapterStorage.BaseAndAdapter && Active!.IsPackedBase)
            throw new InvalidOperationException("The base model is packed in four bits, so it cannot be saved beside its adapter; save the adapter alone, or merged.");
        save(storage == AdapterStorage.Merged ? createFile : name => name == ModuleWeights.FileName ? Stream.Null : createFile(name));
        if (storage == AdapterStorage.BaseAndAdapter)
        {
            using var stream = createFile(ModuleWeights.FileName);
            SafetensorsWriter.Write(stream, Active!.SeparateWeights());
        }

        Files.Save(createFile);
        (_base with { Storage = storage }).Write(createFile);
    }

    /// <summary>What the adapter is.</summary>
    public AdapterDescription Describe()
    {
        using var files = Files.Open("the adapter");
        return AdapterDescription.TryRead(files)! with { BaseModel = _base.Name, BaseRevision = _base.Revision, Storage = Storage };
    }

    public void Dispose()
    {
        Active?.Dispose();
        _shared?.Dispose();
    }

    private sealed class Asked : IDisposable
    {
        public void Dispose() => _asked = null;
    }
}
