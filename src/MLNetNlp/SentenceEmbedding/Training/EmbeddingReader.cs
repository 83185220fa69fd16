using Microsoft.ML.Runtime;
using MLNetNlp.Pipeline;

namespace MLNetNlp;

/// <summary>Reads the examples of a data set.</summary>
/// <param name="check">Names the component in errors.</param>
/// <param name="channel">Told of rows that were left out.</param>
/// <param name="cancellationToken">Ends reading.</param>
internal sealed class EmbeddingReader(ColumnCheck check, IChannel channel, CancellationToken cancellationToken)
{
    /// <summary>Reads all rows that have a label, or all where no label is needed.</summary>
    /// <param name="source">The set.</param>
    /// <param name="pool">Gets the texts.</param>
    /// <exception cref="InvalidDataException">A label is outside of the loss's range; the message has the row's number, from 1.</exception>
    /// <exception cref="InvalidOperationException">No row is left.</exception>
    public EmbeddingExamples Read(EmbeddingSource source, TextPool pool)
    {
        var schema = source.Data.Schema;
        var texts = source.Columns.FindTexts(schema, check);
        var label = source.Labels?.Find(schema);
        var numbers = label is { } found ? source.Labels!.NumberCount(found) : 0;
        var classes = label is { } column ? source.Labels!.ClassCount(column) : 0;
        var examples = new EmbeddingExamples(pool, texts.Count, numbers, classes);
        using var cursor = source.Data.GetRowCursor([.. texts.DistinctBy(text => text.Index), .. label is { } own ? new[] { own } : []]);
        var getters = texts.Select(text => cursor.GetGetter<ReadOnlyMemory<char>>(cursor.Schema[text.Name])).ToArray();
        var readClass = classes > 0 ? source.Labels!.ClassReader(cursor, label!.Value) : null;
        var readNumbers = numbers > 0 ? source.Labels!.NumberReader(cursor, label!.Value) : null;
        var (values, row, text, skipped) = (new float[numbers], new int[getters.Length], default(ReadOnlyMemory<char>), 0);
        for (var rowNumber = 1L; cursor.MoveNext(); rowNumber++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var number = ReadLabel(rowNumber);
            if (number < 0)
            {
                skipped++;
                continue;
            }

            for (var i = 0; i < row.Length; i++)
            {
                getters[i](ref text);
                row[i] = pool.Add(text.ToString());
            }

            examples.Add(row, values, number);
        }

        Report(source, examples.Count, skipped);
        return examples;

        int ReadLabel(long rowNumber)
        {
            try
            {
                readNumbers?.Invoke(values);
                if (readClass is not null)
                    return readClass();
                if (Array.Exists(values, float.IsNaN))
                    return -1;
                foreach (var value in values)
                    source.Loss?.Inputs.CheckScore(value, $"column '{source.Columns.LabelColumnName}'");
                return 0;
            }
            catch (Exception e) when (e is ArgumentException or InvalidDataException)
            {
                throw new InvalidDataException($"Row {rowNumber} of the {source.Name}: {e.Message}", e);
            }
        }
    }

    private void Report(EmbeddingSource source, int count, int skipped)
    {
        var label = source.Columns.LabelColumnName;
        if (count == 0)
        {
            throw new InvalidOperationException(skipped == 0
                ? $"The {source.Name} is empty."
                : $"None of the {skipped} rows of the {source.Name} has a label in column '{label}'.");
        }

        if (skipped > 0)
        {
            channel.Warning(MessageSensitivity.Schema, "{0} of {1} rows of the {2} have no label in column '{3}' and were left out.",
                skipped, skipped + count, source.Name, label!);
        }
    }
}
