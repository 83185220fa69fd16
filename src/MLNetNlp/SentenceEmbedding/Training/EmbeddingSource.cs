using Microsoft.ML;
using MLNetNlp.Pipeline;
using MLNetNlp.Transformers.Losses;

namespace MLNetNlp;

/// <summary>A data set as it comes, before it is read: its columns, checked, and the loss that goes with them.</summary>
internal sealed record EmbeddingSource
{
    private EmbeddingSource(IDataView data, EmbeddingColumns columns, ISentenceLoss? loss, string name) =>
        (Data, Columns, Loss, Name) = (data, columns, loss, name);

    public IDataView Data { get; }

    public EmbeddingColumns Columns { get; }

    /// <summary>The loss; null for a validation set that is measured by other figures.</summary>
    public ISentenceLoss? Loss { get; }

    /// <summary>How messages call the set.</summary>
    public string Name { get; }

    /// <summary>The label; null: there is none.</summary>
    public EmbeddingLabels? Labels { get; private init; }

    /// <summary>A set to train on.</summary>
    /// <exception cref="ArgumentException">A column is missing or has the wrong type, or the columns are not those that the loss takes.</exception>
    public static EmbeddingSource Training(IDataView data, EmbeddingColumns columns, ISentenceLoss? loss, string name, ColumnCheck check)
    {
        columns.FindTexts(data.Schema, check);
        loss ??= DefaultLoss.For(columns, KindOf(data, columns, check));
        var labels = LabelsOf(columns, loss, check);
        labels?.Find(data.Schema);
        return new EmbeddingSource(data, columns, loss, name) { Labels = labels };
    }

    /// <summary>A set to validate on: one of the training set's shape, or pairs, with or without a score or a Boolean, or triplets.</summary>
    /// <param name="data">The rows.</param>
    /// <param name="columns">Its columns.</param>
    /// <param name="trained">The training set.</param>
    /// <param name="check">Names the component in errors.</param>
    public static EmbeddingSource Validation(IDataView data, EmbeddingColumns columns, EmbeddingSource trained, ColumnCheck check)
    {
        const string Name = "validation set";
        var kind = KindOf(data, columns, check);
        if (ReferenceEquals(columns, trained.Columns) || (columns.Texts.Count == trained.Columns.Texts.Count && IsTaken(kind, trained.Loss!.Inputs.Label)))
            return Training(data, columns, trained.Loss, Name, check);
        columns.FindTexts(data.Schema, check);
        if (columns.NegativeColumnNames.Count > 0)
            return new EmbeddingSource(data, columns, null, Name);
        if (columns.Sentence2ColumnName is null || kind is EmbeddingLabelKind.Class or EmbeddingLabelKind.Vector)
        {
            throw new ArgumentException("The validation set has neither the training set's columns, nor two texts, alone or with a score or a Boolean, nor negatives, "
                + "so there is nothing to measure.", nameof(SentenceEmbeddingTrainer.Options.ValidationColumns));
        }

        if (kind == EmbeddingLabelKind.None)
            return new EmbeddingSource(data, columns, null, Name);
        var labels = new EmbeddingLabels(kind, columns.LabelColumnName!, check);
        labels.Find(data.Schema);
        return new EmbeddingSource(data, columns, null, Name) { Labels = labels };
    }

    /// <summary>Checks the columns against a shape.</summary>
    public static void Check(SchemaShape shape, EmbeddingColumns columns, ISentenceLoss? loss, ColumnCheck check)
    {
        foreach (var (option, name) in columns.Texts)
            check.Text(shape, name, option);
        loss ??= DefaultLoss.For(columns, columns.LabelColumnName is { } label
            ? DefaultLoss.KindOf(check.Find(shape, label, nameof(columns.LabelColumnName), "a label", _ => true))
            : EmbeddingLabelKind.None);
        LabelsOf(columns, loss, check)?.Check(shape);
    }

    private static EmbeddingLabelKind KindOf(IDataView data, EmbeddingColumns columns, ColumnCheck check) => columns.LabelColumnName is { } label
        ? DefaultLoss.KindOf(check.Find(data.Schema, label, nameof(columns.LabelColumnName), "a label", _ => true).Type)
        : EmbeddingLabelKind.None;

    private static bool IsTaken(EmbeddingLabelKind kind, EmbeddingLabelKind needed) => kind == needed || (kind, needed) is
        (EmbeddingLabelKind.Binary, EmbeddingLabelKind.Score or EmbeddingLabelKind.Class) or (EmbeddingLabelKind.Score, EmbeddingLabelKind.Vector);

    private static EmbeddingLabels? LabelsOf(EmbeddingColumns columns, ISentenceLoss loss, ColumnCheck check)
    {
        var inputs = loss.Inputs;
        try
        {
            inputs.CheckColumnCount(columns.Texts.Count);
        }
        catch (ArgumentException e)
        {
            throw new ArgumentException($"{e.Message} '{nameof(columns.Sentence1ColumnName)}', '{nameof(columns.Sentence2ColumnName)}' and "
                + $"'{nameof(columns.NegativeColumnNames)}' name them.", e);
        }

        return (inputs.Label, columns.LabelColumnName) switch
        {
            (EmbeddingLabelKind.None, null) => null,
            (EmbeddingLabelKind.None, var name) => throw new ArgumentException(
                $"'{nameof(columns.LabelColumnName)}' is '{name}', but {inputs.LossName} takes no label: every row is taken as a match. Leave it out, or choose "
                + "another loss.", nameof(columns.LabelColumnName)),
            (var kind, null) => throw new ArgumentException(
                $"{inputs.LossName} needs a label ({kind}), but '{nameof(columns.LabelColumnName)}' is not given.", nameof(columns.LabelColumnName)),
            var (kind, name) => new EmbeddingLabels(kind, name, check),
        };
    }
}
