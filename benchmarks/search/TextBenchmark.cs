using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNetNlp.Benchmarks.Search;

/// <summary>The same with the embeddings of real sentences: the first column of a file with a header, each text once.</summary>
internal static class TextBenchmark
{
    private const int Queries = 1000;

    public static void Run(string file, int vectors)
    {
        var ml = new MLContext(1);
        Row[] rows = [.. File.ReadLines(file).Skip(1).Select(line => line.Split('\t')[0].Trim()).Distinct().Take(vectors + Queries).Select(text => new Row { Text = text })];
        var data = ml.Data.LoadFromEnumerable(rows);
        using var model = ml.Transforms.Text.EmbedSentences("Features", "Text").Fit(data);
        var all = new float[rows.Length * model.Dimension];
        var at = 0;
        foreach (var vector in model.Transform(data).GetColumn<float[]>("Features"))
        {
            vector.CopyTo(all, at);
            at += vector.Length;
        }

        // Every so manieth text is a query: the file's order says nothing about texts, but neighbours in it may be alike.
        var step = rows.Length / Queries;
        List<float> corpus = [], queries = [];
        for (var i = 0; i < rows.Length; i++)
            (i % step == 0 && queries.Count < Queries * model.Dimension ? queries : corpus).AddRange(all.AsSpan(i * model.Dimension, model.Dimension));
        IndexBenchmark.Run(corpus.ToArray(), queries.ToArray(), model.Dimension);
    }

    private sealed class Row
    {
        public string Text { get; init; } = "";
    }
}
