using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using MLNetNlp.Pipeline;

namespace MLNetNlp;

/// <summary>Fine-tunes a BERT-family encoder to classify one text, or a pair of texts, into the classes of a key column.</summary>
/// <remarks>
/// In: the label (key; its cardinality is the number of classes) and one or two text columns. Out: the predicted label (key, with the label's values) and the
/// score (one
/// probability a class, with slot names). Made by <c>mlContext.MulticlassClassification.Trainers.TextClassification</c>.
/// Devlin et al. 2018, "BERT: Pre-training of Deep Bidirectional Transformers for Language Understanding"; the head is Hugging Face's
/// <c>BertForSequenceClassification</c>.
/// </remarks>
public sealed partial class TextClassificationTrainer : TextClassificationTrainerBase<TextClassificationTransformer>
{
    private readonly Options _options;

    internal TextClassificationTrainer(IHostEnvironment environment, Options options)
        : base(environment, options) => _options = options;

    private protected override LabelColumn FindLabel(DataViewSchema schema)
    {
        var column = Check.ClassKey(schema, _options.LabelColumnName, nameof(Options.LabelColumnName));
        var values = KeyValues.Of(column);
        var count = (int)((KeyDataViewType)column.Type).Count;
        return new LabelColumn(column, MulticlassOutput.Create(_options, values, count).Names, values);
    }

    private protected override IReadOnlyList<DataViewSchema.DetachedColumn> OutputShape(SchemaShape input)
    {
        var label = Check.ClassKey(input, _options.LabelColumnName, nameof(Options.LabelColumnName));
        return MulticlassOutput.Create(_options, KeyValues.Placeholder(label, 2), 2).Columns(1);
    }

    private protected override TextClassificationTransformer Make(TextClassifier classifier, LabelColumn label) =>
        new(classifier, Columns, MulticlassOutput.Create(_options, label.Values, label.Names.Count), label.Column.Name);
}
