using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML;

/// <summary>Saving, loading and using models.</summary>
public sealed class ModelOperationsCatalog : IInternalCatalog
{
    private const string SchemaEntry = "Schema";

    private readonly IHostEnvironment _env;

    internal ModelOperationsCatalog(IHostEnvironment env) => _env = env;

    IHostEnvironment IInternalCatalog.Environment => _env;

    /// <summary>Saves a model, with the schema of its input if one is given, to a file.</summary>
    public void Save(ITransformer model, DataViewSchema inputSchema, string filePath)
    {
        Contracts.CheckNonEmpty(filePath, nameof(filePath));
        using FileStream stream = File.Create(filePath);
        Save(model, inputSchema, stream);
    }

    /// <summary>Saves a model, with the schema of its input if one is given, to a stream.</summary>
    public void Save(ITransformer model, DataViewSchema inputSchema, Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        using RepositoryWriter repository = RepositoryWriter.CreateNew(stream, _env);
        ModelSaveContext.SaveModel(repository, model, TransformerChain.LoaderSignature);
        if (inputSchema is not null)
        {
            _env.RegisterUnused("BinarySaver");
            _env.RegisterUnused("EmptyDataView");
            using Repository.Entry entry = repository.CreateEntry(SchemaEntry);
            BinarySchema.Write(entry.Stream, inputSchema);
        }

        repository.Commit();
    }

    /// <summary>Loads a model and the schema of its input from a file. Assemblies that the file names are loaded and their components taken up.</summary>
    public ITransformer Load(string filePath, out DataViewSchema inputSchema)
    {
        Contracts.CheckNonEmpty(filePath, nameof(filePath));
        using FileStream stream = File.OpenRead(filePath);
        return Load(stream, out inputSchema);
    }

    /// <summary>Loads a model and the schema of its input, null when there is none, from a stream.</summary>
    public ITransformer Load(Stream stream, out DataViewSchema inputSchema)
    {
        ArgumentNullException.ThrowIfNull(stream);
        using RepositoryReader repository = RepositoryReader.Open(stream, _env);
        inputSchema = null;
        using (Repository.Entry entry = repository.OpenEntryOrNull(SchemaEntry))
        {
            if (entry is not null)
            {
                _env.RegisterUnused("BinaryLoader");
                inputSchema = BinarySchema.Read(entry.Stream);
            }
        }

        if (inputSchema is null && repository.OpenEntryOrNull(ModelLoadContext.ModelStreamName) is Repository.Entry loader)
        {
            loader.Dispose();
            throw new NotSupportedException("The model was saved with a data loader, which is not covered by this stand-in of Microsoft.ML: save it "
                + "with a schema.");
        }

        ModelLoadContext.LoadModel<ITransformer, SignatureLoadModel>(_env, out ITransformer model, repository, TransformerChain.LoaderSignature);
        return model;
    }

    /// <summary>An engine that predicts for one object at a time. It is not thread-safe; a model may have many.</summary>
    public PredictionEngine<TSrc, TDst> CreatePredictionEngine<TSrc, TDst>(ITransformer transformer, bool ignoreMissingColumns = true,
        SchemaDefinition inputSchemaDefinition = null, SchemaDefinition outputSchemaDefinition = null)
        where TSrc : class
        where TDst : class, new() =>
        CreatePredictionEngine<TSrc, TDst>(transformer, ignoreMissingColumns, inputSchemaDefinition, outputSchemaDefinition, ownsTransformer: true);

    /// <summary>An engine that predicts for one object at a time, whose members have the types and annotations of a schema's columns.</summary>
    public PredictionEngine<TSrc, TDst> CreatePredictionEngine<TSrc, TDst>(ITransformer transformer, DataViewSchema inputSchema)
        where TSrc : class
        where TDst : class, new()
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        return CreatePredictionEngine<TSrc, TDst>(transformer, true, SchemaDefinitions.WithTypesOf(typeof(TSrc), inputSchema), null, ownsTransformer: true);
    }

    /// <summary>An engine that predicts for one object at a time.</summary>
    public PredictionEngine<TSrc, TDst> CreatePredictionEngine<TSrc, TDst>(ITransformer transformer, PredictionEngineOptions options)
        where TSrc : class
        where TDst : class, new()
    {
        ArgumentNullException.ThrowIfNull(options);
        return CreatePredictionEngine<TSrc, TDst>(transformer, options.IgnoreMissingColumns, options.InputSchemaDefinition, options.OutputSchemaDefinition,
            options.OwnsTransformer);
    }

    private PredictionEngine<TSrc, TDst> CreatePredictionEngine<TSrc, TDst>(ITransformer transformer, bool ignoreMissingColumns,
        SchemaDefinition inputSchemaDefinition, SchemaDefinition outputSchemaDefinition, bool ownsTransformer)
        where TSrc : class
        where TDst : class, new()
    {
        foreach (string component in new[] { "Row", "EmptyDataView", "TypedCursorable" })
        {
            _env.RegisterUnused(component);
        }

        return new PredictionEngine<TSrc, TDst>(transformer, ignoreMissingColumns, inputSchemaDefinition, outputSchemaDefinition, ownsTransformer);
    }
}
