namespace Microsoft.ML.Data;

/// <summary>
/// Measures two-class scores: a score above 0 predicts the positive class. Rows with a missing label or a score that is not finite are left out.
/// </summary>
internal sealed class BinaryClassificationEvaluator
{
    private readonly List<(float Score, bool IsPositive)> _rows = [];
    private double _truePositives;
    private double _trueNegatives;
    private double _falsePositives;
    private double _falseNegatives;
    private double _positivesWithProbability;
    private double _negativesWithProbability;
    private double _logLoss;

    internal static BinaryClassificationMetrics Evaluate(IDataView data, string labelName, string scoreName, string probabilityName, string predictedLabelName)
    {
        DataViewSchema.Column label = ScoredRows.Column(data, "Label", labelName);
        DataViewSchema.Column score = ScoredRows.Column(data, "Score", scoreName);
        DataViewSchema.Column? probability = probabilityName is null ? null : ScoredRows.Column(data, "Probability", probabilityName);
        ScoredRows.Column(data, "PredictedLabel", predictedLabelName);
        ScoredRows.CheckType(score, "score", score.Type == NumberDataViewType.Single, "Single");
        ScoredRows.CheckType(label, "label", label.Type == NumberDataViewType.Single || label.Type == NumberDataViewType.Double
            || label.Type is BooleanDataViewType
            || label.Type is KeyDataViewType { Count: 2 }, "Single, Double, Boolean, or a Key with cardinality 2");
        if (probability is DataViewSchema.Column p)
        {
            ScoredRows.CheckType(p, "probability", p.Type == NumberDataViewType.Single, "Single");
        }

        BinaryClassificationEvaluator evaluator = new();
        evaluator.Read(data, label, score, probability);
        return evaluator.Finish(ClassNames(label), calibrated: probability is not null);
    }

    private static string[] ClassNames(DataViewSchema.Column label)
    {
        if (label.Type is not KeyDataViewType || !label.HasKeyValues())
        {
            return ["positive", "negative"];
        }

        VBuffer<ReadOnlyMemory<char>> names = default;
        label.GetKeyValues(ref names);
        return [.. names.DenseValues().Select(name => name.ToString())];
    }

    private void Read(IDataView data, DataViewSchema.Column labelColumn, DataViewSchema.Column scoreColumn, DataViewSchema.Column? probabilityColumn)
    {
        IEnumerable<DataViewSchema.Column> columns = probabilityColumn is DataViewSchema.Column p ? [labelColumn, scoreColumn, p] : [labelColumn, scoreColumn];
        using DataViewRowCursor cursor = data.GetRowCursor(columns);
        ValueGetter<float> getLabel = ScoredRows.LabelGetter(cursor, labelColumn);
        ValueGetter<float> getScore = cursor.GetGetter<float>(scoreColumn);
        ValueGetter<float> getProbability = probabilityColumn is DataViewSchema.Column q ? cursor.GetGetter<float>(q) : (ref float value) => value = float.NaN;
        float label = 0;
        float score = 0;
        float probability = 0;
        while (cursor.MoveNext())
        {
            getLabel(ref label);
            getScore(ref score);
            if (!float.IsFinite(score) || float.IsNaN(label))
            {
                continue;
            }

            getProbability(ref probability);
            Add(score, probability, isPositive: label > 0);
        }
    }

    private void Add(float score, float probability, bool isPositive)
    {
        _rows.Add((score, isPositive));
        bool predicted = score > 0;
        _truePositives += isPositive && predicted ? 1 : 0;
        _falseNegatives += isPositive && !predicted ? 1 : 0;
        _falsePositives += !isPositive && predicted ? 1 : 0;
        _trueNegatives += !isPositive && !predicted ? 1 : 0;
        if (!float.IsNaN(probability))
        {
            _positivesWithProbability += isPositive ? 1 : 0;
            _negativesWithProbability += isPositive ? 0 : 1;
        }

        // NaN for a missing probability, which makes the sum NaN.
        _logLoss += float.IsNaN(probability) ? double.NaN : isPositive ? -Math.Log(probability, 2) : -Math.Log(1.0 - probability, 2);
    }

    private BinaryClassificationMetrics Finish(string[] classNames, bool calibrated)
    {
        double positives = _truePositives + _falseNegatives;
        double negatives = _trueNegatives + _falsePositives;
        double all = _truePositives + _trueNegatives + _falseNegatives + _falsePositives;
        BinaryFigures figures = new()
        {
            AreaUnderRocCurve = AreaUnderRocCurve(),
            Accuracy = (_trueNegatives + _truePositives) / all,
            PositivePrecision = Ratio(_truePositives, _truePositives + _falsePositives),
            PositiveRecall = Ratio(_truePositives, positives),
            NegativePrecision = Ratio(_trueNegatives, _trueNegatives + _falseNegatives),
            NegativeRecall = Ratio(_trueNegatives, negatives),
            AreaUnderPrecisionRecallCurve = AreaUnderPrecisionRecallCurve(),
            Entropy = Entropy(positives / all),
            ConfusionMatrix = new ConfusionMatrix([[_truePositives, _falseNegatives], [_falsePositives, _trueNegatives]], classNames, isBinary: true),
        };
        double withProbability = _positivesWithProbability + _negativesWithProbability;
        figures.LogLoss = double.IsNaN(_logLoss) ? double.NaN : Ratio(_logLoss, withProbability);
        double prior = Entropy(_positivesWithProbability / withProbability);
        figures.LogLossReduction = withProbability == 0 ? 0 : (prior - (_logLoss / withProbability)) / prior;
        return calibrated ? new CalibratedBinaryClassificationMetrics(figures) : new BinaryClassificationMetrics(figures);
    }

    private static double Ratio(double part, double whole) => whole > 0 ? part / whole : 0;

    private static double Entropy(double probability) => probability switch
    {
        0 or 1 => 0,
        _ => (-probability * Math.Log(probability, 2)) - ((1 - probability) * Math.Log(1 - probability, 2)),
    };

    // The share of pairs of a positive and a negative row in which the positive one scores higher; ties count half.
    private double AreaUnderRocCurve()
    {
        long positives = _rows.LongCount(row => row.IsPositive);
        long negatives = _rows.Count - positives;
        if (positives == 0 || negatives == 0)
        {
            throw Contracts.Mark(Errors.Parameter($"AUC is not defined when there is no {(positives == 0 ? "positive" : "negative")} class in the data",
                positives == 0 ? "PosSample" : "NegSample"));
        }

        double area = 0;
        double above = 0;
        foreach (IGrouping<float, bool> tied in _rows.GroupBy(row => row.Score, row => row.IsPositive).OrderByDescending(group => group.Key))
        {
            double tiedPositives = tied.Count(isPositive => isPositive);
            double tiedNegatives = tied.Count() - tiedPositives;
            area += (above * tiedNegatives) + (0.5 * tiedPositives * tiedNegatives);
            above += tiedPositives;
        }

        return area / ((double)positives * negatives);
    }

    // Trapezoids between the rows, best score first; tied rows in the order in which they come. ML.NET samples when there are more than 100,000.
    private double AreaUnderPrecisionRecallCurve()
    {
        double positives = _rows.Count(row => row.IsPositive);
        double area = 0;
        double recall = 0;
        double precision = 1;
        double found = 0;
        double taken = 0;
        foreach ((_, bool isPositive) in _rows.OrderByDescending(row => row.Score))
        {
            taken++;
            if (!isPositive)
            {
                precision = found / taken;
                continue;
            }

            found++;
            double newRecall = found / positives;
            double newPrecision = found / taken;
            area += (newRecall - recall) * (precision + newPrecision) / 2;
            (recall, precision) = (newRecall, newPrecision);
        }

        return area;
    }
}
