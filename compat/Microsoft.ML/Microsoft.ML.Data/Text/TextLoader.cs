using System.Reflection;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>Makes views of text files: lines of separated fields.</summary>
public sealed partial class TextLoader : IDataLoader<IMultiStreamSource>
{
    private readonly IHost _host;
    private readonly TextFormat _format;
    private readonly TextColumn[] _columns;
    private readonly DataViewSchema _schema;
    private readonly long _maxRows;

    internal TextLoader(IHostEnvironment env, Options options = null, IMultiStreamSource dataSample = null)
    {
        options ??= new Options();
        _host = env.Register("TextLoader");
        IMultiStreamSource header = string.IsNullOrWhiteSpace(options.HeaderFile) ? null : new MultiFileSource(options.HeaderFile);
        _maxRows = options.MaxRows ?? long.MaxValue;
        ArgumentOutOfRangeException.ThrowIfNegative(_maxRows, nameof(options.MaxRows));
        Column[] columns = options.Columns is { Length: > 0 } ? options.Columns : DefaultColumns();
        _format = new TextFormat(options, hasHeader: header is null && options.HasHeader);

        // Only a sample tells how long lines are, and what the slots of vectors are called.
        int inputSize = options.InputSize ?? 0;
        if (inputSize == 0 && columns.Any(column => column.Source?.Any(range => range.AutoEnd && range.Max is null) ?? false))
        {
            inputSize = _format.CountColumns(dataSample ?? new MultiFileSource(null));
        }

        string headerLine = header is not null ? _format.FirstLine(header) : options.HasHeader && dataSample is not null ? _format.FirstLine(dataSample) : null;
        _format.InputSize = inputSize;
        _columns = Array.ConvertAll(columns, column => new TextColumn(column, inputSize));
        _schema = TextColumn.CreateSchema(_columns, headerLine is null ? null : _format.Split(headerLine, int.MaxValue));
    }

    /// <inheritdoc/>
    public DataViewSchema GetOutputSchema() => _schema;

    /// <summary>The view of one file or several, which are read as one. They are opened when the view is read.</summary>
    public IDataView Load(IMultiStreamSource source)
    {
        ArgumentNullException.ThrowIfNull(source);
        return new TextDataView(_host, _format, _columns, _schema, source, _maxRows);
    }

    void ICanSaveModel.Save(ModelSaveContext ctx) =>
        throw new NotSupportedException("Saving a TextLoader is not covered by this stand-in of Microsoft.ML: save the model with a schema.");

    internal static TextLoader Create<TInput>(IHostEnvironment env, Options options, IMultiStreamSource dataSample = null)
    {
        const BindingFlags flags = BindingFlags.Public | BindingFlags.Instance;
        MemberInfo[] members =
        [
            .. typeof(TInput).GetFields(flags),
            .. typeof(TInput).GetProperties(flags).Where(property => property.GetGetMethod() is not null && property.GetIndexParameters().Length == 0),
        ];
        if (members.Length == 0)
        {
            throw Errors.Parameter($"Should define at least one public, readable field or property in {typeof(TInput).Name}.", nameof(TInput));
        }

        options ??= new Options();
        options.Columns = Array.ConvertAll(members, ColumnOf);
        return new TextLoader(env, options, dataSample);
    }

    private static Column ColumnOf(MemberInfo member)
    {
        string kind = member is FieldInfo ? "Field" : "Property";
        LoadColumnAttribute load = member.GetCustomAttribute<LoadColumnAttribute>()
            ?? throw new InvalidOperationException($"{kind} '{member.Name}' is missing the {nameof(LoadColumnAttribute)} attribute");
        Type type = SchemaDefinition.TypeOf(member);
        if (!DataKindExtensions.TryGet(type.IsArray ? type.GetElementType() : type, out DataKind dataKind))
        {
            throw new InvalidOperationException($"{kind} {member.Name} is of unsupported type.");
        }

        return new Column
        {
            Name = member.GetCustomAttribute<ColumnNameAttribute>()?.Name ?? member.Name,
            Source = load.Sources,
            DataKind = dataKind,
            KeyCount = member.GetCustomAttribute<KeyTypeAttribute>()?.KeyCount,
        };
    }

    private static Column[] DefaultColumns() => [new("Label", DataKind.Single, 0), new("Features", DataKind.Single, [new Range(1, null)])];
}
