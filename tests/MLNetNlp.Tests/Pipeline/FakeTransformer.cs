using Microsoft.ML;
using Microsoft.ML.Data;
using MLNetNlp.Pipeline;

namespace MLNetNlp.Tests.Pipeline;

/// <summary>Adds each text's length, and says how often and for how many rows it was asked to compute.</summary>
internal sealed class FakeTransformer : RowTransformer
{
    private int _runs;
    private int _rows;

    /// <summary>Windows that were computed.</summary>
    public int Runs => _runs;

    /// <summary>Rows that were computed.</summary>
    public int Rows => _rows;

    public override void Dispose()
    {
    }

    internal override IReadOnlyList<DataViewSchema.Column> RequiredColumns(DataViewSchema input) =>
        [new ColumnCheck("Fake").Text(input, "Text", "TextColumnName")];

    internal override IReadOnlyList<DataViewSchema.DetachedColumn> OutputColumns(DataViewSchema input) =>
        [new("Length", NumberDataViewType.Int32), new("Double", NumberDataViewType.Int32)];

    internal override IRowScorer CreateScorer(DataViewRow input) => new Scorer(this, input.GetGetter<ReadOnlyMemory<char>>(input.Schema["Text"]));

    internal override void ThrowIfDisposed()
    {
    }

    private protected override void SaveModel(ModelSaveContext context) => throw new NotSupportedException();

    private sealed class Scorer(FakeTransformer owner, ValueGetter<ReadOnlyMemory<char>> getter) : IRowScorer
    {
        private readonly List<int> _lengths = [];
        private bool _scored;
        private int _row;

        public void Add()
        {
            ReadOnlyMemory<char> text = default;
            getter(ref text);
            _lengths.Add(text.Length);
        }

        public void Select(int row) => _row = row;

        public void Clear()
        {
            _lengths.Clear();
            _scored = false;
        }

        public Delegate Getter(int output) => (ValueGetter<int>)((ref int value) =>
        {
            if (!_scored)
            {
                Interlocked.Increment(ref owner._runs);
                Interlocked.Add(ref owner._rows, _lengths.Count);
                _scored = true;
            }

            value = _lengths[_row] * (output + 1);
        });
    }
}
