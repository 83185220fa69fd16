namespace MLNetNlp.Benchmarks.Embeddings;

/// <summary>Prints the mean loss of every twenty-five steps.</summary>
internal sealed class LossLines : IProgress<TrainingProgress>
{
    private const int Every = 25;
    private double _sum;

    public void Report(TrainingProgress value)
    {
        _sum += value.Loss;
        if (value.Step % Every != 0)
            return;
        Console.WriteLine(FormattableString.Invariant($"step {value.Step}/{value.TotalSteps}: loss {_sum / Every:f4}"));
        _sum = 0;
    }
}
