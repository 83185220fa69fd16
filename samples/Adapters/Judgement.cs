namespace AdaptersSample;

internal sealed class Judgement
{
    public string PredictedLabel { get; set; } = "";

    public float[] Score { get; set; } = [];
}
