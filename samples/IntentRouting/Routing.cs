namespace IntentRoutingSample;

/// <summary>What the model says of a message.</summary>
internal sealed class Routing
{
    public string PredictedLabel { get; set; } = "";

    /// <summary>A probability for each intent.</summary>
    public float[] Score { get; set; } = [];
}
