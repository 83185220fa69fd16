// Trains a sequence classifier step by step on command, so that a driver can take turns between this program and its peer (peer.py).
// Arguments: MODEL-FOLDER THREADS SHAPES, shapes as BATCHxLENGTH,...; they repeat. Each line read from standard input is a number of steps to do; the
// answer is a line with the seconds that they took. The end of input ends the program.
using System.Diagnostics;
using System.Globalization;
using MLNetNlp;
using MLNetNlp.Transformers.Checkpoints;
using MLNetNlp.Transformers.Heads;
using MLNetNlp.Transformers.Inputs;
using MLNetNlp.Transformers.Losses;
using MLNetNlp.Transformers.Training;
using TorchSharp;

var shapes = args[2].Split(',').Select(shape => shape.Split('x').Select(n => int.Parse(n, CultureInfo.InvariantCulture)).ToArray()).ToArray();
torch.set_num_threads(int.Parse(args[1], CultureInfo.InvariantCulture));

using var files = ModelFiles.FromDirectory(args[0]);
using var model = SequenceClassificationModel.FromPretrained(files, labelCount: 2, seed: 1);
using var loss = new CrossEntropyLoss();
var device = torch.CPU;

// The examples of every shape lie one after the other; as in a length bucket, lengths differ by a few tokens, so there is a little padding.
var texts = new TokenizedTexts();
var random = new Random(1);
foreach (var shape in shapes)
{
    for (var row = 0; row < shape[0]; row++)
    {
        for (var i = 0; i < Math.Max(3, shape[1] - row % 4); i++)
            texts.Ids.Add(random.Next(1, model.Config.VocabularySize));
        texts.Commit();
    }
}

List<int[]> batches = [];
foreach (var shape in shapes)
{
    var start = batches.Sum(batch => batch.Length);
    batches.Add([.. Enumerable.Range(start, shape[0])]);
}

var stepsLeft = 0;
var clock = new Stopwatch();
if (!NextCommand())
    return;

using var stop = new CancellationTokenSource();
var job = new TrainingJob
{
    Module = model,
    ExampleCount = texts.Count,
    ExampleLength = texts.Length,
    Batches = _ => batches,
    Loss = rows =>
    {
        using var batch = TokenBatch.Create(texts, rows, 0, device);
        return loss.Compute(model.call(batch), torch.tensor(rows.Select(row => row % 2L).ToArray()));
    },
    Progress = _ =>
    {
        if (--stepsLeft > 0)
            return;
        Console.WriteLine(clock.Elapsed.TotalSeconds.ToString("R", CultureInfo.InvariantCulture));
        if (!NextCommand())
            stop.Cancel();
    },
    Options = new TrainingOptions { MaxEpochs = 1_000_000, Schedule = LearningRateSchedule.Constant, CancellationToken = stop.Token },
    Seed = 1,
};
try
{
    TrainingLoop.Run(job);
}
catch (OperationCanceledException)
{
}

bool NextCommand()
{
    if (Console.ReadLine() is not { } line)
        return false;
    stepsLeft = int.Parse(line, CultureInfo.InvariantCulture);
    clock.Restart();
    return true;
}
