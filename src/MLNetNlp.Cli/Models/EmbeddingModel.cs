using Microsoft.ML;
using Microsoft.ML.Data;
using MLNetNlp.Cli.Data;

namespace MLNetNlp.Cli.Models;

/// <summary>A model that embeds texts: a saved one, or a pretrained one as it is.</summary>
internal sealed class EmbeddingModel : IDisposable
{
    private readonly SentenceEmbeddingTransformer _embedder;
    private readonly IDisposable? _owner;

    private EmbeddingModel(SentenceEmbeddingTransformer embedder, IDisposable? owner) => (_embedder, _owner) = (embedder, owner);

    /// <summary>The text column that the model reads.</summary>
    public string TextColumn => _embedder.InputColumnName;

    /// <summary>The column of vectors that it makes.</summary>
    public string VectorColumn => _embedder.OutputColumnName;

    /// <summary>Numbers per text.</summary>
    public int Dimension => _embedder.Dimension;

    /// <summary>The model in a pipeline; null when the pipeline does something else.</summary>
    public static EmbeddingModel? Of(ITransformer transformer) =>
        SavedModel.Find<SentenceEmbeddingTransformer>(transformer) is { } embedder ? new EmbeddingModel(embedder, transformer as IDisposable) : null;

    /// <summary>Opens the zip of a trained model, or any encoder's folder.</summary>
    /// <exception cref="CliException">It is neither, or a model of another task.</exception>
    public static EmbeddingModel Open(MLContext ml, string text)
    {
        if (!text.EndsWith(".zip", StringComparison.OrdinalIgnoreCase))
        {
            var none = new RecordView([RecordSource.Memory(["Text"], [])], [new("Text", TextDataViewType.Instance, "Text")]);
            return Of(ml.Transforms.Text.EmbedSentences("Features", "Text", ModelChoice.Parse(text)).Fit(none))!;
        }

        var (transformer, _) = SavedModel.Load(ml, text);
        if (Of(transformer) is { } model)
            return model;
        (transformer as IDisposable)?.Dispose();
        throw new CliException($"'{text}' holds no model that embeds texts.");
    }

    /// <summary>The vectors of the rows, beside all their columns.</summary>
    public IDataView Transform(IDataView data) => _embedder.Transform(data);

    public void Dispose()
    {
        _owner?.Dispose();
        _embedder.Dispose();
    }
}
