using Microsoft.ML;
using MLNetNlp.Pipeline;

namespace MLNetNlp;

/// <summary>Puts the candidates of each row into the order of a cross-encoder's scores. Nothing is trained, and <see cref="Fit"/> reads no row.</summary>
/// <remarks>Made by <c>mlContext.Transforms.Text.Rerank</c>. Nogueira and Cho 2019, "Passage Re-ranking with BERT".</remarks>
public sealed class RerankEstimator : IEstimator<RerankTransformer>
{
    private readonly CrossEncoderTransformer _crossEncoder;
    private readonly RerankColumns _columns;
    private readonly int? _top;

    internal RerankEstimator(CrossEncoderTransformer crossEncoder, RerankColumns columns, int? top)
    {
        columns.Validate();
        if (top is < 1)
            throw new ArgumentOutOfRangeException(nameof(top), top, $"'{nameof(top)}' is {top}; 1 or more is needed.");
        _crossEncoder = crossEncoder;
        _columns = columns;
        _top = top;
    }

    /// <summary>Checks the columns.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing or has the wrong type.</exception>
    /// <exception cref="ObjectDisposedException">The cross-encoder is disposed.</exception>
    public RerankTransformer Fit(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        _columns.Find(input.Schema);
        _crossEncoder.ThrowIfDisposed();
        return new RerankTransformer(_crossEncoder.Scorer, ownsScorer: false, _columns, _top);
    }

    /// <summary>The columns after <see cref="Fit"/> and transform, for data with columns of this shape.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing or has the wrong type.</exception>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        return Shapes.Append(inputSchema, _columns.Outputs(inputSchema));
    }
}
