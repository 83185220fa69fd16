using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms;
using MLNetNlp.Cli.Data;
using MLNetNlp.Transformers.Losses;

namespace MLNetNlp.Cli.Models;

/// <summary>The rows that embeddings are trained and validated on, with the loss that goes with them.</summary>
internal sealed record EmbeddingData(IDataView Train, IDataView? Validation, ISentenceLoss Loss, long Rows, long Skipped, DataViewSchema Input)
{
    /// <summary>Opens the files and reads them once, so that what is wrong with them shows before any work.</summary>
    /// <param name="ml">Makes keys of classes.</param>
    /// <param name="trainFiles">One or more.</param>
    /// <param name="validationFile">Null: none.</param>
    /// <param name="headers">The columns.</param>
    /// <param name="loss">The word of a loss.</param>
    /// <param name="matryoshka">Dimensions that are trained too; null: none.</param>
    public static EmbeddingData Read(
        MLContext ml, IReadOnlyList<string> trainFiles, string? validationFile, EmbeddingHeaders headers, string loss, int[]? matryoshka)
    {
        RecordSource[] sources = [.. trainFiles.Select(RecordSource.File)];
        var labelled = new RecordView(sources, Columns(headers, TextDataViewType.Instance));
        var labels = new HashSet<string>();
        long rows = 0, skipped = 0;
        foreach (var (_, _, values) in labelled.Rows())
        {
            if (headers.Label is not null && values[^1].Length == 0)
                skipped++;
            else
                rows++;
            if (headers.Label is not null && values[^1].Length > 0)
                labels.Add(values[^1]);
        }

        var files = string.Join(", ", trainFiles.Select(file => $"'{file}'"));
        if (rows == 0)
            throw new CliException(headers.Label is null ? $"{files}: there are no rows." : $"{files}: no row has a label in column '{headers.Label}'.");
        var chosen = LossChoice.Parse(loss, headers.Texts.Count, labels, matryoshka);
        if (headers.Label is { } label && chosen.Inputs.Label == EmbeddingLabelKind.None)
            throw new UsageException($"--label is '{label}', but {chosen.Inputs.LossName} takes no label; leave it out or choose another --loss.");
        if (headers.Label is null && chosen.Inputs.Label != EmbeddingLabelKind.None)
            throw new UsageException($"{chosen.Inputs.LossName} needs --label COL.");

        // A class may be any text; the zip that comes of it has no use for its key.
        var toKey = chosen.Inputs.Label == EmbeddingLabelKind.Class
            ? ml.Transforms.Conversion.MapValueToKey(headers.Label!, keyOrdinality: ValueToKeyMappingEstimator.KeyOrdinality.ByValue)
                .Fit(View(sources, headers, chosen))
            : null;
        return new EmbeddingData(Keyed(View(sources, headers, chosen)), validationFile is null ? null : Keyed(View([RecordSource.File(validationFile)], headers, chosen)),
            chosen, rows, skipped, new RecordView(sources, [new(headers.Text, TextDataViewType.Instance, headers.Text)]).Schema);

        IDataView Keyed(IDataView view) => toKey?.Transform(view) ?? view;
    }

    private static RecordView View(IReadOnlyList<RecordSource> sources, EmbeddingHeaders headers, ISentenceLoss loss)
    {
        var view = new RecordView(sources, Columns(headers, loss.Inputs.Label switch
        {
            EmbeddingLabelKind.Class => TextDataViewType.Instance,
            EmbeddingLabelKind.Binary => BooleanDataViewType.Instance,
            _ => NumberDataViewType.Single,
        }));
        // A Boolean column has no missing value, so it is here that rows without a label are left out.
        return headers.Label is null ? view : view.Where((_, values) => values[^1].Length > 0);
    }

    private static List<ViewColumn> Columns(EmbeddingHeaders headers, DataViewType label)
    {
        List<ViewColumn> columns = [.. headers.Texts.Select(text => new ViewColumn(text, TextDataViewType.Instance, text))];
        if (headers.Label is { } name)
            columns.Add(new ViewColumn(name, label, name));
        return columns;
    }
}
