using System.Diagnostics;
using System.Globalization;
using MLNetNlp.Transformers.Adapters;
using MLNetNlp.Transformers.Checkpoints;
using MLNetNlp.Transformers.Heads;
using MLNetNlp.Transformers.Inference;
using MLNetNlp.Transformers.Inputs;
using MLNetNlp.Transformers.Losses;
using MLNetNlp.Transformers.Training;
using TorchSharp;

namespace MLNetNlp.Benchmarks.Adapters;

/// <summary>One kind in a process of its own: trains and scores on command, so that a driver can take turns between kinds.</summary>
/// <remarks>
/// Commands, a line each: <c>train N</c> and <c>score N</c> answer with the seconds that N steps or passes took; <c>finish</c> ends training, merges, and answers
/// with trainable parameters, peak and starting memory in MiB, and the largest relative change of a score by merging.
/// </remarks>
internal sealed class StepRun(Kind kind, Settings settings)
{
    private readonly Stopwatch _clock = new();
    private int _stepsLeft;

    public void Run(string folder)
    {
        using var files = ModelFiles.FromDirectory(folder);
        using var model = SequenceClassificationModel.FromPretrained(files, labelCount: 2, seed: 1);
        var texts = Texts(model.Config.VocabularySize);
        using var adapter = kind.Adapter is null ? null : ModelAdapter.Attach(model, kind.Adapter, Head(files), seed: 1);
        var trainable = adapter?.TrainableParameters ?? model.parameters().Sum(p => p.numel());
        ProcessMemory.ForgetPeak();
        var start = ProcessMemory.Megabytes;
        if (!Train(model, texts))
            return;
        var peak = ProcessMemory.PeakMegabytes;

        // "finish" was read: from here on it scores.
        var runner = new BatchRunner(model, 0, torch.CPU, texts.Count);
        var (before, after) = (new float[texts.Count * 2], new float[texts.Count * 2]);
        runner.Run(texts, before);
        if (adapter is { CanMerge: true })
            adapter.Merge();
        runner.Run(texts, after);
        var change = before.Zip(after).Max(pair => Math.Abs(pair.First - pair.Second)) / before.Max(Math.Abs);
        Answer(trainable, peak, start, change);
        while (Console.ReadLine() is { } line)
        {
            _clock.Restart();
            for (var i = int.Parse(line.Split(' ')[1], CultureInfo.InvariantCulture); i > 0; i--)
                runner.Run(texts, after);
            Answer(_clock.Elapsed.TotalSeconds);
        }
    }

    private static void Answer(params object[] values) => Console.WriteLine(string.Join(' ', values.Select(v => Convert.ToString(v, CultureInfo.InvariantCulture))));

    // A pooler that the checkpoint lacks is new, and trains as a whole.
    private static string[] Head(ModelFiles files)
    {
        using var weights = files.OpenSafetensors(ModuleWeights.FileName);
        return weights.Tensors.Keys.Any(name => name.Contains("pooler.", StringComparison.Ordinal)) ? ["classifier"] : ["classifier", "pooler"];
    }

    private TokenizedTexts Texts(int vocabulary)
    {
        var texts = new TokenizedTexts();
        var random = new Random(1);
        for (var row = 0; row < settings.Whole("rows", 32); row++)
        {
            for (var i = 0; i < settings.Whole("length", 64) - row % 4; i++)
                texts.Ids.Add(random.Next(1, vocabulary));
            texts.Commit();
        }

        return texts;
    }

    private bool Train(SequenceClassificationModel model, TokenizedTexts texts)
    {
        using var loss = new CrossEntropyLoss();
        using var stop = new CancellationTokenSource();
        var isFinished = false;
        if (!NextSteps())
            return isFinished;
        try
        {
            TrainingLoop.Run(new TrainingJob
            {
                Module = model,
                ExampleCount = texts.Count,
                ExampleLength = texts.Length,
                Batches = _ => [[.. Enumerable.Range(0, texts.Count)]],
                Loss = rows =>
                {
                    using var batch = TokenBatch.Create(texts, rows, 0, torch.CPU);
                    return loss.Compute(model.call(batch), torch.tensor(rows.Select(row => row % 2L).ToArray()));
                },
                Progress = _ =>
                {
                    if (--_stepsLeft > 0)
                        return;
                    Answer(_clock.Elapsed.TotalSeconds);
                    if (!NextSteps())
                        stop.Cancel();
                },
                Options = new() { MaxEpochs = 10_000, Schedule = LearningRateSchedule.Constant, LearningRate = kind.LearningRate, CancellationToken = stop.Token },
                Adapter = kind.Adapter,
                Seed = 1,
            });
        }
        catch (OperationCanceledException)
        {
        }

        return isFinished;

        bool NextSteps()
        {
            var line = Console.ReadLine();
            isFinished = line == "finish";
            if (line is null || isFinished)
                return false;
            _stepsLeft = int.Parse(line.Split(' ')[1], CultureInfo.InvariantCulture);
            _clock.Restart();
            return true;
        }
    }
}
