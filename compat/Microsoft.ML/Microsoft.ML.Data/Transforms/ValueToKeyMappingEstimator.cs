using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Transforms;

/// <summary>Learns the values of columns, and maps them to keys from 1.</summary>
public sealed class ValueToKeyMappingEstimator : IEstimator<ValueToKeyMappingTransformer>
{
    internal const int DefaultMaximumNumberOfKeys = 1_000_000;

    private readonly IHost _host;
    private readonly (string Output, string Input)[] _columns;
    private readonly int _maximum;
    private readonly KeyOrdinality _ordinality;
    private readonly bool _asText;
    private readonly IDataView _keyData;

    internal ValueToKeyMappingEstimator(IHostEnvironment env, (string Output, string Input)[] columns, int maximumNumberOfKeys = DefaultMaximumNumberOfKeys,
        KeyOrdinality keyOrdinality = KeyOrdinality.ByOccurrence, bool addKeyValueAnnotationsAsText = false, IDataView keyData = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maximumNumberOfKeys, 1);
        if (keyData is not null && keyData.Schema.Count != 1)
        {
            throw Errors.Parameter("If specified, this data view should contain only a single column containing the terms to map, "
                + $"but this had {keyData.Schema.Count} columns.", nameof(keyData));
        }

        _host = env.Register(nameof(ValueToKeyMappingEstimator));
        _columns = columns;
        _maximum = maximumNumberOfKeys;
        _ordinality = keyOrdinality;
        _asText = addKeyValueAnnotationsAsText;
        _keyData = keyData;
    }

    /// <summary>The order of the keys.</summary>
    public enum KeyOrdinality : byte
    {
        /// <summary>As the values are met.</summary>
        ByOccurrence = 0,

        /// <summary>As the values compare; texts by their UTF-16 code units.</summary>
        ByValue = 1,
    }

    /// <summary>Learns the values.</summary>
    public ValueToKeyMappingTransformer Fit(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        DataViewSchema.Column[] sources = Array.ConvertAll(_columns, pair => input.Schema.Require(pair.Input, "input"));
        KeyMap[] maps;
        if (_keyData is not null)
        {
            DataViewSchema.Column terms = _keyData.Schema[0];
            KeyMap learned = KeyMap.Learn(_keyData, [terms], _ordinality, int.MaxValue)[0];
            foreach (DataViewSchema.Column source in sources.Where(source => !source.Type.ItemType().Equals(terms.Type.ItemType())))
            {
                throw Contracts.ExceptSchemaMismatch("keyData", "term", terms.Name, source.Type.ItemType().ToString(), terms.Type.ItemType().ToString());
            }

            maps = [.. sources.Select(_ => learned)];
        }
        else
        {
            maps = KeyMap.Learn(input, sources, _ordinality, _maximum);
        }

        using IChannel channel = _host.Start("Training");
        for (int i = 0; i < maps.Length; i++)
        {
            if (maps[i].Count == 0)
            {
                channel.Warning(MessageSensitivity.Schema, "Term map for output column '{0}' contains no entries.", _columns[i].Output);
            }
        }

        ValueToKeyMappingTransformer transformer = new(_host, _columns, maps, [.. maps.Select(_ => _asText)]);
        transformer.GetOutputSchema(input.Schema);
        return transformer;
    }

    /// <inheritdoc/>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        return inputSchema.With(_columns.Select(pair => OutputColumn(inputSchema, pair)));
    }

    private SchemaShape.Column OutputColumn(SchemaShape inputSchema, (string Output, string Input) pair)
    {
        if (!inputSchema.TryFindColumn(pair.Input, out SchemaShape.Column input))
        {
            throw Contracts.ExceptSchemaMismatch(nameof(inputSchema), "input", pair.Input);
        }

        if (!KeyMap.CanMap(input.ItemType))
        {
            throw Contracts.ExceptSchemaMismatch(nameof(inputSchema), "input", pair.Input, "standard type or a vector of standard type", input.GetTypeString());
        }

        // Keys of keys stand for what those stand for, when that is known.
        if (!input.IsKey || !input.Annotations.TryFindColumn(AnnotationKinds.KeyValues, out SchemaShape.Column values)
            || values.Kind != SchemaShape.Column.VectorKind.Vector)
        {
            values = new SchemaShape.Column(AnnotationKinds.KeyValues, SchemaShape.Column.VectorKind.Vector,
                _asText ? TextDataViewType.Instance : input.ItemType, input.IsKey && !_asText);
        }

        SchemaShape annotations = new(input.Annotations.TryFindColumn(AnnotationKinds.SlotNames, out SchemaShape.Column slots) ? [slots, values] : [values]);
        return new SchemaShape.Column(pair.Output, input.Kind, NumberDataViewType.UInt32, true, annotations);
    }
}
