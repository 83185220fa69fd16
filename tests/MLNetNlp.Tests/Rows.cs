namespace MLNetNlp.Tests;

internal sealed class Review
{
    public string? Label { get; set; }

    public string? Text { get; set; }

    public float Number { get; set; }
}

internal sealed class Opinion
{
    public bool Label { get; set; }

    public string? Text { get; set; }
}

internal sealed class Pair
{
    public string? Label { get; set; }

    public string? First { get; set; }

    public string? Second { get; set; }
}

internal sealed class TopicPrediction
{
    public string? PredictedLabel { get; set; }

    public float[] Score { get; set; } = [];
}

internal sealed class OpinionPrediction
{
    public bool PredictedLabel { get; set; }

    public float Score { get; set; }

    public float Probability { get; set; }
}
