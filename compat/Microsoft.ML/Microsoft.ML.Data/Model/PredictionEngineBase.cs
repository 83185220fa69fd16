using Microsoft.ML.Data;

namespace Microsoft.ML;

/// <summary>Predicts for one object at a time.</summary>
public abstract class PredictionEngineBase<TSrc, TDst> : IDisposable
    where TSrc : class
    where TDst : class, new()
{
    private readonly ITransformer _transformer;
    private readonly bool _ownsTransformer;
    private readonly ObjectRow<TSrc> _input;
    private readonly DataViewRow _output;
    private readonly Action<TDst> _fill;
    private bool _disposed;

    private protected PredictionEngineBase(ITransformer transformer, bool ignoreMissingColumns, SchemaDefinition inputSchemaDefinition,
        SchemaDefinition outputSchemaDefinition, bool ownsTransformer)
    {
        ArgumentNullException.ThrowIfNull(transformer);
        if (!transformer.IsRowToRowMapper)
        {
            throw Errors.Parameter("Must be a row to row mapper", nameof(transformer));
        }

        _transformer = transformer;
        _ownsTransformer = ownsTransformer;
        _input = new ObjectRow<TSrc>(new ObjectColumns<TSrc>(inputSchemaDefinition));
        IRowToRowMapper mapper = transformer.GetRowToRowMapper(_input.Schema);
        OutputSchema = mapper.OutputSchema;
        ObjectFiller<TDst> filler = new(OutputSchema, ignoreMissingColumns, outputSchemaDefinition);
        _output = mapper.GetRow(_input, OutputSchema);
        _fill = filler.Bind(_output);
    }

    /// <summary>The schema of what the model gives.</summary>
    public DataViewSchema OutputSchema { get; }

    /// <summary>The prediction for an object.</summary>
    public TDst Predict(TSrc example)
    {
        TDst prediction = new();
        Predict(example, ref prediction);
        return prediction;
    }

    /// <summary>Fills the prediction for an object into another, whose arrays are used again where they fit.</summary>
    public abstract void Predict(TSrc example, ref TDst prediction);

    /// <summary>Releases the row and, if the engine owns it, the model.</summary>
    public void Dispose()
    {
        if (_disposed)
        {
            return;
        }

        _disposed = true;
        _output.Dispose();
        if (_ownsTransformer)
        {
            (_transformer as IDisposable)?.Dispose();
        }
    }

    private protected void Fill(TSrc example, TDst prediction)
    {
        _input.MoveTo(example);
        _fill(prediction);
    }
}
