using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Transforms;

/// <summary>Joins columns of one item type into a vector.</summary>
public sealed class ColumnConcatenatingEstimator : IEstimator<ColumnConcatenatingTransformer>
{
    private readonly IHost _host;
    private readonly string _output;
    private readonly string[] _inputs;

    internal ColumnConcatenatingEstimator(IHostEnvironment env, string output, string[] inputs)
    {
        Contracts.CheckNonEmpty(output, "outputColumnName");
        Contracts.Check(inputs is { Length: > 0 } && inputs.All(name => !string.IsNullOrEmpty(name)), "Input columns must be named, and not be empty");
        _host = env.Register("ColumnConcatenatingEstimator ");
        _output = output;
        _inputs = inputs;
    }

    /// <inheritdoc/>
    public ColumnConcatenatingTransformer Fit(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        return new ColumnConcatenatingTransformer(_host, [(_output, _inputs)]);
    }

    /// <inheritdoc/>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        SchemaShape.Column[] inputs = Array.ConvertAll(_inputs, name =>
            inputSchema.TryFindColumn(name, out SchemaShape.Column column) ? column : throw Contracts.ExceptSchemaMismatch(nameof(inputSchema), "input", name));
        foreach (SchemaShape.Column input in inputs)
        {
            Contracts.Check(!input.IsKey, $"Column '{input.Name}' is key. Concatenation of keys is unsupported.");
            Contracts.Check(input.ItemType.Equals(inputs[0].ItemType),
                $"Concatenated columns should have the same type. Column '{input.Name}' has type of {input.ItemType}, "
                + $"but expected column type is {inputs[0].ItemType}.");
        }

        bool varies = inputs.Any(input => input.Kind == SchemaShape.Column.VectorKind.VariableVector);
        List<SchemaShape.Column> annotations = [];
        if (inputs.All(input => input.Annotations.TryFindColumn(AnnotationKinds.IsNormalized, out _)))
        {
            annotations.Add(new SchemaShape.Column(AnnotationKinds.IsNormalized, SchemaShape.Column.VectorKind.Scalar, BooleanDataViewType.Instance, false));
        }

        if (inputs.Any(input => input.Kind == SchemaShape.Column.VectorKind.Scalar || input.Annotations.TryFindColumn(AnnotationKinds.SlotNames, out _)))
        {
            annotations.Add(new SchemaShape.Column(AnnotationKinds.SlotNames, SchemaShape.Column.VectorKind.Vector, TextDataViewType.Instance, false));
        }

        return inputSchema.With([new SchemaShape.Column(_output, varies ? SchemaShape.Column.VectorKind.VariableVector : SchemaShape.Column.VectorKind.Vector,
            inputs[0].ItemType, false, new SchemaShape(annotations))]);
    }
}
