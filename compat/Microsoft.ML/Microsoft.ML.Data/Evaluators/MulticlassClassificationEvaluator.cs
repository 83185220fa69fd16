namespace Microsoft.ML.Data;

/// <summary>
/// Measures scores of several classes, taken as probabilities. Rows with a label that is no class number, or with a score that is not finite, are left out.
/// </summary>
internal sealed class MulticlassClassificationEvaluator
{
    // The least probability that counts, as single precision has it.
    private const float Epsilon = 1e-15f;

    private readonly int _classes;
    private readonly double[] _rowsOfClass;
    private readonly double[] _logLossOfClass;
    private readonly double[] _ranks;
    private readonly double[][] _confusion;
    private double _rows;
    private double _logLoss;

    private MulticlassClassificationEvaluator(int classes)
    {
        _classes = classes;
        _rowsOfClass = new double[classes];
        _logLossOfClass = new double[classes];
        _ranks = new double[classes + 1];
        _confusion = [.. Enumerable.Range(0, classes).Select(_ => new double[classes])];
    }

    internal static MulticlassClassificationMetrics Evaluate(IDataView data, string labelName, string scoreName, string predictedLabelName, int topK)
    {
        DataViewSchema.Column label = ScoredRows.Column(data, "Label", labelName);
        DataViewSchema.Column score = ScoredRows.Column(data, "Score", scoreName);
        ScoredRows.Column(data, "PredictedLabel", predictedLabelName);
        ArgumentOutOfRangeException.ThrowIfNegative(topK, "topKPredictionCount");
        ScoredRows.CheckType(score, "score", score.Type is VectorDataViewType { Size: >= 2 } vector && vector.ItemType == NumberDataViewType.Single,
            "vector of two or more items of type Single");
        ScoredRows.CheckType(label, "label", label.Type == NumberDataViewType.Single || label.Type is KeyDataViewType, "Single or Key");
        MulticlassClassificationEvaluator evaluator = new(((VectorDataViewType)score.Type).Size);
        evaluator.Read(data, label, score);
        return evaluator.Finish(ClassNames(score), topK);
    }

    private static string[] ClassNames(DataViewSchema.Column score)
    {
        if (!score.HasSlotNames())
        {
            return [.. Enumerable.Range(0, ((VectorDataViewType)score.Type).Size).Select(i => i.ToString())];
        }

        VBuffer<ReadOnlyMemory<char>> names = default;
        score.GetSlotNames(ref names);
        return [.. names.DenseValues().Select(name => name.ToString())];
    }

    private void Read(IDataView data, DataViewSchema.Column labelColumn, DataViewSchema.Column scoreColumn)
    {
        using DataViewRowCursor cursor = data.GetRowCursor([labelColumn, scoreColumn]);
        ValueGetter<float> getLabel = ScoredRows.LabelGetter(cursor, labelColumn);
        ValueGetter<VBuffer<float>> getScores = cursor.GetGetter<VBuffer<float>>(scoreColumn);
        float label = 0;
        VBuffer<float> buffer = default;
        float[] scores = new float[_classes];
        while (cursor.MoveNext())
        {
            getLabel(ref label);
            if (float.IsNaN(label) || label < 0 || label != (int)label)
            {
                continue;
            }

            getScores(ref buffer);
            Contracts.Check(buffer.Length == _classes, $"Column '{scoreColumn.Name}' has {buffer.Length} scores in a row, but {_classes} by its type");
            buffer.CopyTo(scores);
            if (scores.All(float.IsFinite))
            {
                Add((int)label, scores);
            }
        }
    }

    private void Add(int label, float[] scores)
    {
        // A class that the model does not know has the least probability, and the last rank.
        bool known = label < _classes;
        double logLoss = -Math.Log(known ? Math.Min(1, Math.Max(Epsilon, scores[label])) : Epsilon);
        float own = known ? scores[label] : 0;
        int rank = 0;
        int predicted = 0;
        for (int i = 0; i < scores.Length; i++)
        {
            // Ties go to the class that comes first.
            rank += scores[i] > own || (scores[i] == own && i < label) ? 1 : 0;
            predicted = scores[predicted] < scores[i] ? i : predicted;
        }

        _rows++;
        _logLoss += logLoss;
        _ranks[rank]++;
        if (known)
        {
            _rowsOfClass[label]++;
            _logLossOfClass[label] += logLoss;
            _confusion[label][rank == 0 ? label : predicted]++;
        }
    }

    private MulticlassClassificationMetrics Finish(string[] classNames, int topK)
    {
        double logLoss = _rows > 0 ? _logLoss / _rows : 0;
        double entropy = -_rowsOfClass.Where(rows => rows != 0).Sum(rows => rows * Math.Log(rows / _rows)) / _rows;
        double[] recalls = [.. Enumerable.Range(0, _classes).Where(i => _rowsOfClass[i] > 0).Select(i => _confusion[i][i] / _rowsOfClass[i])];
        double[] topKAccuracies = new double[Math.Min(topK, _ranks.Length)];
        double right = 0;
        for (int k = 0; k < topKAccuracies.Length; k++)
        {
            right += _ranks[k] / _rows;
            topKAccuracies[k] = right;
        }

        return new MulticlassClassificationMetrics
        {
            MicroAccuracy = _rows > 0 ? _ranks[0] / _rows : 0,
            MacroAccuracy = recalls.Length > 0 ? recalls.Sum() / recalls.Length : 0,
            LogLoss = logLoss,
            LogLossReduction = (entropy - logLoss) / entropy,
            TopKPredictionCount = topK,
            TopKAccuracyForAllK = topK > 0 ? topKAccuracies : null,
            PerClassLogLoss = [.. _logLossOfClass.Zip(_rowsOfClass, (sum, rows) => rows > 0 ? sum / rows : 0)],
            ConfusionMatrix = new ConfusionMatrix(_confusion, classNames, isBinary: false),
        };
    }
}
