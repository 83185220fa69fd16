namespace MLNetNlp.Tests.CrossEncoding;

internal sealed class ScoredPair
{
    public float Label { get; set; }

    public string? Sentence1 { get; set; }

    public string? Sentence2 { get; set; }
}

internal sealed class PairPrediction
{
    public float Score { get; set; }
}

internal sealed class RankedPair
{
    public float Label { get; set; }

    public string Query { get; set; } = "";

    public string? Sentence1 { get; set; }

    public string? Sentence2 { get; set; }
}
