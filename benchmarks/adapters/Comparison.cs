using System.Globalization;
using MLNetNlp.Cli;

namespace MLNetNlp.Benchmarks.Adapters;

/// <summary>All kinds by turns beside full fine-tuning: time of a step and of scoring, peak memory, and what merging changes.</summary>
internal static class Comparison
{
    /// <summary>Every kind, as far as the command line knows them.</summary>
    private static readonly string[] AllKinds =
        ["full", "lora:r=8", "lora:r=8,dora", "lora:r=8,fa", "lora:r=8,targets=all-linear", "lora:r=8,base=nf4", "adalora", "ia3", "bitfit", "bottleneck", "prompt", "ptuning", "prefix"];

    /// <returns>Whether the aims are reached.</returns>
    public static bool Run(string folder, IReadOnlyList<string> kinds, string[] settings)
    {
        var values = new Settings(settings);
        List<KindProcess> processes = [];
        try
        {
            foreach (var kind in kinds.Count > 0 ? kinds : [.. AllKinds.Where(IsKnown)])
            {
                _ = Kind.Parse(kind);
                processes.Add(new KindProcess(folder, kind, settings));
            }

            return Measure(processes, values.Whole("rounds", 5), values.Whole("steps", 3));
        }
        finally
        {
            processes.ForEach(process => process.Dispose());
        }
    }

    private static bool IsKnown(string kind)
    {
        try
        {
            _ = Kind.Parse(kind);
            return true;
        }
        catch (UsageException)
        {
            return false;
        }
    }

    private static bool Measure(List<KindProcess> processes, int rounds, int steps)
    {
        Ask(p => p.Ask("train 2"));
        for (var round = 0; round < rounds; round++)
            Ask(p => p.Training.Add(p.Ask($"train {steps}")[0] / steps));
        var facts = processes.ToDictionary(p => p, p => p.Ask("finish"));
        Ask(p => p.Ask("score 1"));
        for (var round = 0; round < rounds; round++)
            Ask(p => p.Scoring.Add(p.Ask($"score {steps}")[0] / steps));

        Console.WriteLine("| kind | trainable parameters | step, ms | ratio to full | peak memory, MiB | above the loaded model | scoring, ms | ratio to full | change by merging |");
        Console.WriteLine("| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |");
        var full = processes[0];
        var isReached = true;
        foreach (var process in processes)
        {
            var (trainable, peak, start, change) = (facts[process][0], facts[process][1], facts[process][2], facts[process][3]);
            var (training, scoring) = (Ratio(process.Training, full.Training), Ratio(process.Scoring, full.Scoring));
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"| `{process.Name}` | {trainable:N0} | {Median(process.Training) * 1e3:f0} | {training:f2} | {peak:f0} | {peak - start:f0} | {Median(process.Scoring) * 1e3:f0} | {scoring:f2} | {change:g2} |"));
            isReached &= change < 1e-5;
            if (process.Name.StartsWith("lora:r=8", StringComparison.Ordinal) && process.Name.Length == "lora:r=8".Length)
                isReached &= training < 1 && peak < facts[full][1];
        }

        Console.WriteLine(isReached ? "LoRA's step and peak memory are below full fine-tuning's, and merging changes no score by 1e-5."
            : "An aim is missed: LoRA's step and peak memory below full fine-tuning's, and no score changed by 1e-5 in merging.");
        return isReached;

        void Ask(Action<KindProcess> ask) => processes.ForEach(ask);
    }

    private static double Ratio(List<double> values, List<double> others) => Median([.. values.Zip(others).Select(pair => pair.First / pair.Second)]);

    private static double Median(List<double> values)
    {
        var sorted = values.Order().ToArray();
        return sorted.Length % 2 == 1 ? sorted[sorted.Length / 2] : (sorted[sorted.Length / 2 - 1] + sorted[sorted.Length / 2]) / 2;
    }
}
