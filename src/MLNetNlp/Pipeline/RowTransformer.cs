using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNetNlp.Pipeline;

/// <summary>A fitted model that adds columns computed from each row's texts. What the transformers of all tasks share.</summary>
/// <remarks>
/// Immutable and thread-safe: one set of weights, however many cursors and prediction engines work at once. Disposing it frees the native memory of the
/// weights;
/// any later use throws <see cref="ObjectDisposedException"/>. Input columns keep their index; outputs that nobody asks for are not computed.
/// </remarks>
public abstract class RowTransformer : ITransformer, IDisposable
{
    private protected RowTransformer()
    {
    }

    bool ITransformer.IsRowToRowMapper => true;

    /// <summary>The columns after <see cref="Transform"/>, for data with these columns.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An input column is missing or has the wrong type.</exception>
    public DataViewSchema GetOutputSchema(DataViewSchema inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        return new RowMapper(this, inputSchema).OutputSchema;
    }

    /// <summary>The data with the outputs added. Nothing is computed before rows are read.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An input column is missing or has the wrong type.</exception>
    /// <exception cref="ObjectDisposedException">The transformer is disposed.</exception>
    public IDataView Transform(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        ThrowIfDisposed();
        return new RowMappedView(input, new RowMapper(this, input.Schema));
    }

    /// <summary>
    /// Writes the adapter alone, with the head, as Hugging Face PEFT opens it: <c>adapter_config.json</c> and <c>adapter_model.safetensors</c>.
    /// </summary>
    /// <param name="path">The folder; it is made where it is not there. Files of the same names are replaced.</param>
    /// <exception cref="InvalidOperationException">The model was trained as a whole, without an adapter.</exception>
    /// <exception cref="ObjectDisposedException">The transformer is disposed.</exception>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    public void SaveAdapter(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        ThrowIfDisposed();
        var adaptation = Adaptation ?? throw new InvalidOperationException(
            $"The model was trained as a whole: '{nameof(FineTuningOptions.Adapter)}' was not given, so there is no adapter to save.");
        SaveFolder(path, adaptation.Files.Save);
    }

    /// <summary>Writes files, whose names may have folders, below a folder; it is made where it is not there.</summary>
    private protected void SaveFolder(string path, Action<Func<string, Stream>> save)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        ThrowIfDisposed();
        Directory.CreateDirectory(path);
        save(name =>
        {
            var file = Path.Combine(path, name);
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            return File.Create(file);
        });
    }

    /// <summary>Frees the native memory of the weights. Runs that are under way end first.</summary>
    public abstract void Dispose();

    IRowToRowMapper ITransformer.GetRowToRowMapper(DataViewSchema inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        ThrowIfDisposed();
        return new RowMapper(this, inputSchema);
    }

    void ICanSaveModel.Save(ModelSaveContext ctx) => SaveModel(ctx);

    /// <summary>The adapter that the model was trained with; null where it was trained as a whole.</summary>
    internal virtual ModelAdaptation? Adaptation => null;

    /// <summary>The input columns that the outputs are computed from. Checks that they are there and have the right type.</summary>
    internal abstract IReadOnlyList<DataViewSchema.Column> RequiredColumns(DataViewSchema input);

    /// <summary>The columns that are added.</summary>
    internal abstract IReadOnlyList<DataViewSchema.DetachedColumn> OutputColumns(DataViewSchema input);

    /// <summary>A new scorer that reads from <paramref name="input"/>.</summary>
    internal abstract IRowScorer CreateScorer(DataViewRow input);

    /// <summary>Writes the model into its part of a model zip.</summary>
    private protected abstract void SaveModel(ModelSaveContext context);

    /// <summary>Throws when the transformer is disposed.</summary>
    internal abstract void ThrowIfDisposed();
}
