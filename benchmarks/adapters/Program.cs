// adapters accuracy mr|mrpc MODEL-FOLDER|mini KIND [NAME=VALUE ...]   trains, and prints accuracy, trainable parameters, seconds per epoch, peak memory
//     epochs (3), batch (32), rate (5e-5 for full, else the kind's), seed (1), limit (rows; all), split (of mr: test or validation), data (../shared/data)
// adapters compare MODEL-FOLDER [KIND ...] [NAME=VALUE ...]   time of a training step and of scoring, peak memory: each kind in its own process, by turns
//     rows (32), length (64), rounds (5), steps a round (3). The first kind should be "full"; without kinds: all of them
// KIND is "full", or an adapter as --adapter has it: lora:r=8,alpha=16
using MLNetNlp.Benchmarks.Adapters;
using MLNetNlp.Cli;

try
{
    switch (args)
    {
        case ["accuracy", var set, var folder, var kind, ..]:
            AccuracyRun.Run(set, folder, Kind.Parse(kind), new Settings(args.Skip(4)));
            return 0;
        case ["compare", var folder, .. var rest]:
            return Comparison.Run(folder, [.. rest.Where(a => !IsSetting(a))], [.. rest.Where(IsSetting)]) ? 0 : 1;
        case ["step", var folder, var kind, ..]:
            new StepRun(Kind.Parse(kind), new Settings(args.Skip(3))).Run(folder);
            return 0;
        default:
            throw new UsageException("adapters accuracy mr|mrpc MODEL-FOLDER|mini KIND [NAME=VALUE ...]\n"
                + "adapters compare MODEL-FOLDER [KIND ...] [NAME=VALUE ...]");
    }
}
catch (UsageException e)
{
    Console.Error.WriteLine(e.Message);
    return 2;
}

// A kind's own settings follow a colon.
static bool IsSetting(string argument) => argument.Contains('=') && !argument.Contains(':');
