using System.Text.Json.Nodes;
using Microsoft.ML;
using Microsoft.ML.Data;
using MLNetNlp.Cli.Data;
using MLNetNlp.Cli.Output;
using MLNetNlp.Metrics.Retrieval;
using MLNetNlp.Transformers.Losses;

namespace MLNetNlp.Cli.Models;

/// <summary>Measures the order that scores give the rows of each group, with ML.NET's evaluator and as searches are measured.</summary>
/// <param name="Json">Every figure.</param>
/// <param name="Report">The figures for a reader.</param>
internal sealed record RankingEvaluation(JsonObject Json, IReadOnlyList<string> Report)
{
    private const int Ranks = 10;
    private const int LargestGrade = 30;

    // ML.NET's gains are given up to this grade.
    private const int UsualGrade = 4;

    /// <summary>Scores and measures. Rows of a group need not stand together.</summary>
    /// <param name="view">The rows; the last columns are the group, a text, and the label.</param>
    /// <param name="transform">The fitted pipeline.</param>
    /// <param name="scoreColumn">Where it puts the score.</param>
    /// <exception cref="CliException">No row can be measured.</exception>
    public static RankingEvaluation Of(MLContext ml, RecordView view, Func<IDataView, IDataView> transform, string scoreColumn, CancellationToken cancellation)
    {
        var (rows, skipped, groups) = RankingData.Count(view);
        var scored = Score(transform(RankingData.Usable(view)), view.Columns[^2].Name, view.Columns[^1].Name, scoreColumn, cancellation);
        var isGraded = scored.All(row => row.Label is >= 0 and <= LargestGrade && float.IsInteger(row.Label));
        var json = new JsonObject { ["rows"] = rows, ["skippedRows"] = skipped, ["groups"] = groups };
        var figures = isGraded ? Grades(ml, scored) : [];
        figures["pairsInOrder"] = MetricsJson.Number(
            RankingPairs.Of(Array.ConvertAll(scored, row => row.Label), Array.ConvertAll(scored, row => (int)row.GroupId)).InOrder(Array.ConvertAll(scored, row => row.Score)));
        List<string> report = [$"{rows} rows in {groups} groups{(skipped > 0 ? $", {skipped} left out without a label or a group" : "")}", .. FigureLines.Add(json, figures)];
        if (!isGraded)
            report.Add($"labels are no grades, whole numbers from 0 to {LargestGrade}, so there is neither NDCG nor MRR");
        return new RankingEvaluation(json, report);
    }

    private static Row[] Score(IDataView scored, string groupColumn, string labelColumn, string scoreColumn, CancellationToken cancellation)
    {
        var (group, label, score) = (scored.Schema[groupColumn], scored.Schema[labelColumn], scored.Schema[scoreColumn]);
        using var cursor = scored.GetRowCursor([group, label, score]);
        var (readGroup, readLabel, readScore) = (cursor.GetGetter<ReadOnlyMemory<char>>(group), cursor.GetGetter<float>(label), cursor.GetGetter<float>(score));
        Dictionary<string, uint> groups = new(StringComparer.Ordinal);
        List<Row> rows = [];
        var (name, grade, value) = (default(ReadOnlyMemory<char>), 0f, 0f);
        while (cursor.MoveNext())
        {
            cancellation.ThrowIfCancellationRequested();
            readGroup(ref name);
            readLabel(ref grade);
            readScore(ref value);
            if (!groups.TryGetValue(name.ToString(), out var key))
                groups[name.ToString()] = key = (uint)groups.Count + 1;
            rows.Add(new Row { GroupId = key, Label = grade, Score = value });
        }

        // The evaluator wants the rows of a group to stand together.
        return [.. rows.OrderBy(row => row.GroupId)];
    }

    private static JsonObject Grades(MLContext ml, Row[] rows)
    {
        var most = Math.Max(UsualGrade, (int)rows.Max(row => row.Label));
        var options = new RankingEvaluatorOptions
        {
            DcgTruncationLevel = Ranks,
            LabelGains = string.Join(',', Enumerable.Range(0, most + 1).Select(grade => grade == 0 ? 0 : (1L << (grade + 1)) - 1)),
        };
        var metrics = ml.Ranking.Evaluate(ml.Data.LoadFromEnumerable(rows), options);
        var ndcg = metrics.NormalizedDiscountedCumulativeGains;
        var json = new JsonObject { ["ndcgAt1"] = MetricsJson.Number(ndcg[0]), ["ndcgAt3"] = MetricsJson.Number(ndcg[2]), ["ndcgAt10"] = MetricsJson.Number(ndcg[Ranks - 1]) };
        RerankedQuery[] queries = [.. rows.GroupBy(row => row.GroupId)
            .Select(group => new RerankedQuery([.. group.Select(row => (double)row.Score)], [.. group.Select(row => row.Label > 0)]))];
        var found = queries.Any(query => query.Relevant.Distinct().Count() > 1) ? RerankingEvaluator.Evaluate(queries, Ranks) : null;
        json["mrr"] = MetricsJson.Number(found?.Mrr ?? double.NaN);
        json["map"] = MetricsJson.Number(found?.Map ?? double.NaN);
        json["normalizedDiscountedCumulativeGains"] = MetricsJson.Numbers(ndcg);
        json["discountedCumulativeGains"] = MetricsJson.Numbers(metrics.DiscountedCumulativeGains);
        return json;
    }

    private sealed class Row
    {
        [KeyType(int.MaxValue)]
        public uint GroupId { get; set; }

        public float Label { get; set; }

        public float Score { get; set; }
    }
}
