// adapters accuracy mr|mrpc MODEL-FOLDER|mini KIND [NAME=VALUE ...]   trains, and prints test accuracy, trainable parameters, seconds per epoch, peak memory
//     epochs (3), batch (32), rate (5e-5 for full, else the kind's), seed (1), limit (rows; all), data (../shared/data)
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
        default:
            throw new UsageException("adapters accuracy mr|mrpc MODEL-FOLDER|mini KIND [NAME=VALUE ...]");
    }
}
catch (UsageException e)
{
    Console.Error.WriteLine(e.Message);
    return 2;
}
