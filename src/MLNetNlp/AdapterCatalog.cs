using System.Reflection;
using System.Runtime.ExceptionServices;
using Microsoft.ML;
using MLNetNlp.Pipeline;

namespace MLNetNlp;

/// <summary>What can be done with the adapters of fitted models, whatever their task: on <c>mlContext.Model</c>, beside saving and loading.</summary>
/// <remarks>Models are single transformers or chains; each transformer of MLNetNlp in them is meant. They stay as they are: what changes is what comes back.</remarks>
public static class AdapterCatalog
{
    private const string Nothing = "The model has no adapter: it was trained as a whole, or does not come from MLNetNlp.";

    /// <summary>Saves a model, with its adapters in another form than <see cref="FineTuningOptions.AdapterStorage"/> said.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="model">A fitted model with an adapter.</param>
    /// <param name="inputSchema">The schema of the data that goes into the model; can be null.</param>
    /// <param name="filePath">The zip.</param>
    /// <param name="storage">What it is to hold.</param>
    /// <exception cref="InvalidOperationException">There is no adapter, or merged weights are asked for of a kind that cannot be merged.</exception>
    /// <exception cref="BaseModelException">The base model is needed, and is not there or another one.</exception>
    public static void Save(this ModelOperationsCatalog catalog, ITransformer model, DataViewSchema? inputSchema, string filePath, AdapterStorage storage)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentException.ThrowIfNullOrWhiteSpace(filePath);
        // What cannot be saved leaves a file that is there as it is.
        var partial = filePath + ".partial";
        try
        {
            using (var stream = File.Create(partial))
                catalog.Save(model, inputSchema, stream, storage);
            File.Move(partial, filePath, overwrite: true);
        }
        catch
        {
            File.Delete(partial);
            throw;
        }
    }

    /// <param name="catalog">The catalog.</param>
    /// <param name="model">A fitted model with an adapter.</param>
    /// <param name="inputSchema">The schema of the data that goes into the model; can be null.</param>
    /// <param name="stream">Where the zip goes.</param>
    /// <param name="storage">What it is to hold.</param>
    /// <inheritdoc cref="Save(ModelOperationsCatalog, ITransformer, DataViewSchema?, string, AdapterStorage)"/>
    public static void Save(this ModelOperationsCatalog catalog, ITransformer model, DataViewSchema? inputSchema, Stream stream, AdapterStorage storage)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(stream);
        var adaptations = Find(model);
        var separate = storage == AdapterStorage.BaseAndAdapter && adaptations.Any(a => a.Active is null) ? Reload(catalog, model, AdapterStorage.AdapterOnly) : null;
        try
        {
            using (ModelAdaptation.SaveAs(storage))
                catalog.Save(separate ?? model, inputSchema, stream);
        }
        finally
        {
            Free(separate);
        }
    }

    /// <summary>A model with the adapter merged into weights of its own: as fast as one that was trained as a whole, and as large.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="model">A fitted model whose adapter stands beside its base model. It goes on as it is.</param>
    /// <exception cref="InvalidOperationException">There is no adapter, it is merged already, or its kind cannot be merged.</exception>
    public static ITransformer MergeAdapter(this ModelOperationsCatalog catalog, ITransformer model)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        return Find(model).Any(a => a.Active is not null) ? Reload(catalog, model, AdapterStorage.Merged)
            : throw new InvalidOperationException("The adapter is merged already.");
    }

    /// <summary>A model with the adapter beside its base model again, whose weights it shares with every other such model in this process.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="model">A fitted model that the adapter is merged into. It goes on as it is.</param>
    /// <exception cref="InvalidOperationException">There is no adapter, or it is not merged.</exception>
    /// <exception cref="BaseModelException">The base model is not there, or another one.</exception>
    public static ITransformer UnmergeAdapter(this ModelOperationsCatalog catalog, ITransformer model)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        if (Find(model).All(a => a.Active is not null))
            throw new InvalidOperationException("The adapter is not merged, so there is nothing to unmerge.");
        var separate = Reload(catalog, model, AdapterStorage.AdapterOnly);
        foreach (var adaptation in Find(separate).Where(a => !a.Active!.IsPackedBase))
            adaptation.Storage = AdapterStorage.BaseAndAdapter;
        return separate;
    }

    /// <summary>Writes the adapter alone, with the head, as Hugging Face PEFT opens it.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="model">A fitted model with one adapter.</param>
    /// <param name="folder">The folder; it is made where it is not there. Files of the same names are replaced.</param>
    /// <exception cref="InvalidOperationException">There is no adapter, or there are several: then <see cref="RowTransformer.SaveAdapter"/> of each is needed.</exception>
    public static void ExportAdapter(this ModelOperationsCatalog catalog, ITransformer model, string folder)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        RowTransformer[] adapted = [.. Transformers(model).Where(t => t.Adaptation is not null)];
        if (adapted.Length != 1)
        {
            throw new InvalidOperationException(adapted.Length == 0 ? Nothing
                : $"The model has {adapted.Length} adapters; write each with its transformer's {nameof(RowTransformer.SaveAdapter)}.");
        }

        adapted[0].SaveAdapter(folder);
    }

    /// <summary>The adapters of a model, in the order of its transformers: what trained, on which base model, and whether it is merged.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="model">A fitted model; empty where it has no adapter.</param>
    public static IReadOnlyList<AdapterDescription> DescribeAdapters(this ModelOperationsCatalog catalog, ITransformer model)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        return [.. Transformers(model).Select(t => t.Adaptation).OfType<ModelAdaptation>().Select(a => a.Describe())];
    }

    private static IEnumerable<RowTransformer> Transformers(ITransformer model)
    {
        ArgumentNullException.ThrowIfNull(model);
        return model switch
        {
            RowTransformer own => [own],
            IEnumerable<ITransformer> chain => chain.SelectMany(Transformers),
            _ => [],
        };
    }

    private static IReadOnlyList<ModelAdaptation> Find(ITransformer model)
    {
        ModelAdaptation[] found = [.. Transformers(model).Select(t => t.Adaptation).OfType<ModelAdaptation>()];
        return found.Length > 0 ? found : throw new InvalidOperationException(Nothing);
    }

    /// <summary>Through the form of a zip: so every task has it, and nobody sees a model that changes.</summary>
    private static ITransformer Reload(ModelOperationsCatalog catalog, ITransformer model, AdapterStorage storage)
    {
        using var stream = new MemoryStream();
        using (ModelAdaptation.SaveAs(storage))
            catalog.Save(model, null, stream);
        stream.Position = 0;
        try
        {
            return catalog.Load(stream, out _);
        }
        catch (TargetInvocationException e) when (Cause(e) is { } cause)
        {
            ExceptionDispatchInfo.Throw(cause);
            throw;
        }
    }

    // A chain's parts are made by reflection inside of what is.
    private static BaseModelException? Cause(Exception? error) => error is null or BaseModelException ? (BaseModelException?)error : Cause(error.InnerException);

    // In ML.NET 1.5 chains are not disposable.
    private static void Free(ITransformer? model)
    {
        foreach (var transformer in model is null ? [] : Transformers(model))
            transformer.Dispose();
    }
}
