namespace Microsoft.ML.Data;

/// <summary>Measures predicted numbers. Rows with a missing label or score are left out.</summary>
internal static class RegressionEvaluator
{
    internal static RegressionMetrics Evaluate(IDataView data, string labelName, string scoreName)
    {
        DataViewSchema.Column labelColumn = ScoredRows.Column(data, "Label", labelName);
        DataViewSchema.Column scoreColumn = ScoredRows.Column(data, "Score", scoreName);
        ScoredRows.CheckType(scoreColumn, "score", scoreColumn.Type == NumberDataViewType.Single, "Single");
        ScoredRows.CheckType(labelColumn, "label", labelColumn.Type == NumberDataViewType.Single, "Single");
        using DataViewRowCursor cursor = data.GetRowCursor([labelColumn, scoreColumn]);
        ValueGetter<float> getLabel = cursor.GetGetter<float>(labelColumn);
        ValueGetter<float> getScore = cursor.GetGetter<float>(scoreColumn);
        float label = 0;
        float score = 0;
        double rows = 0;
        double labels = 0;
        double squaredLabels = 0;
        double absolute = 0;
        double squared = 0;
        double loss = 0;
        while (cursor.MoveNext())
        {
            getLabel(ref label);
            getScore(ref score);
            if (float.IsNaN(label) || float.IsNaN(score))
            {
                continue;
            }

            // Single precision where ML.NET has it: the labels' squares, and the loss.
            float difference = score - label;
            double error = Math.Abs((double)label - score);
            rows++;
            labels += label;
            squaredLabels += label * label;
            absolute += error;
            squared += error * error;
            loss += difference * difference;
        }

        double spread = squaredLabels - (labels * labels / rows);
        return new RegressionMetrics
        {
            MeanAbsoluteError = rows > 0 ? absolute / rows : 0,
            MeanSquaredError = rows > 0 ? squared / rows : 0,
            RootMeanSquaredError = rows > 0 ? Math.Sqrt(squared / rows) : 0,
            LossFunction = rows > 0 ? loss / rows : 0,
            RSquared = rows == 0 ? 0 : spread == 0 ? double.NaN : 1 - (squared / spread),
        };
    }
}
