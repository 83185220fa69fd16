using MLNetNlp.Transformers.Inputs;
using MLNetNlp.Transformers.Losses;
using MLNetNlp.Transformers.Sentences;
using MLNetNlp.Transformers.Training;
using static TorchSharp.torch;

namespace MLNetNlp;

/// <summary>The training of a sentence encoder as the training loop takes it: one or several sets of examples, each with its loss.</summary>
internal sealed class SentenceEncoderTraining
{
    /// <summary>The encoder, on its device; trained in place.</summary>
    public required SentenceEncoder Encoder { get; init; }

    /// <summary>The id that fills up short texts.</summary>
    public required int PaddingId { get; init; }

    /// <summary>Where the encoder is.</summary>
    public required Device Device { get; init; }

    /// <summary>What is trained on; at least one set.</summary>
    public required IReadOnlyList<EmbeddingSet> Sets { get; init; }

    /// <summary>The order of batches of several sets.</summary>
    public DataSetMixing Mixing { get; init; }

    /// <summary>What is measured on the way; null: nothing.</summary>
    public EmbeddingValidation? Validation { get; init; }

    public required TrainingOptions Options { get; init; }

    public FreezingOptions? Freezing { get; init; }

    /// <summary>The adapter that is on the encoder.</summary>
    public AdapterOptions? Adapter { get; init; }

    public required int Seed { get; init; }

    /// <summary>Gets lines worth logging. Null: nobody does.</summary>
    public Action<string>? Log { get; init; }

    /// <summary>Gets warnings. Null: nobody does.</summary>
    public Action<string>? Warn { get; init; }

    /// <summary>Trains.</summary>
    /// <exception cref="ArgumentException">A loss does not go with the encoder or its examples.</exception>
    public TrainingResult Run()
    {
        ISentenceLoss[] losses = [.. Sets.Select((set, i) => set.Loss.Prepare(new SentenceLossSetting
        {
            Encoder = Encoder,
            ClassCount = set.Examples.ClassCount,
            LabelWidth = set.Examples.NumberCount,
            Seed = SetSeed(i),
            Device = Device,
        }))];
        using var module = new SentenceTrainingModule(Encoder, losses);
        LossBatches[] batches = [.. Sets.Select((set, i) => new LossBatches(Encoder, set.Examples, losses[i], PaddingId, Device, set.Guide))];
        using var validation = Validation?.Measurer(this, losses[0]);
        WarnOfIdleBatches();

        // Examples of all sets in one count, set after set: a number tells its set.
        var starts = new int[Sets.Count + 1];
        for (var i = 0; i < Sets.Count; i++)
            starts[i + 1] = starts[i] + Sets[i].Examples.Count;
        try
        {
            return TrainingLoop.Run(Job());
        }
        finally
        {
            foreach (var set in batches)
                set.Dispose();
        }

        TrainingJob Job() => new()
        {
            Module = module,
            ExampleCount = starts[^1],
            ExampleLength = number => Sets[SetOf(number)].Examples.Length(number - starts[SetOf(number)]),
            Loss = rows => batches[SetOf(rows[0])].Compute(Local(rows)),
            Backward = (rows, weight) => batches[SetOf(rows[0])].Backward(Local(rows), weight),
            Batches = Epoch,
            Validate = validation is null ? null : validation.Measure,
            Options = Options,
            Freezing = Freezing,
            Adapter = Adapter,
            Log = Log,
            Seed = Seed,
        };

        IReadOnlyList<int[]> Epoch(int epoch)
        {
            foreach (var set in batches)
                set.NoiseSeed = SeededRandom.Derive(SeededRandom.Derive(Seed, "noise"), epoch);
            return MixedBatches.Epoch([.. Sets.Select((set, i) => Shift(set.Batches(Options.BatchSize, SetSeed(i), epoch), starts[i]))], Mixing, Seed, epoch);
        }

        int SetOf(int number)
        {
            var set = 0;
            while (number >= starts[set + 1])
                set++;
            return set;
        }

        int[] Local(int[] rows)
        {
            var start = starts[SetOf(rows[0])];
            return start == 0 ? rows : Array.ConvertAll(rows, row => row - start);
        }
    }

    private void WarnOfIdleBatches()
    {
        for (var i = 0; i < Sets.Count; i++)
        {
            if (Sets[i].DescribeIdle(Sets[i].Batches(Options.BatchSize, SetSeed(i), 0)) is { } what)
                Warn?.Invoke(what);
        }
    }

    // The first set's batches are those that it would have alone.
    private int SetSeed(int set) => set == 0 ? Seed : unchecked((int)SeededRandom.Derive((long)Seed, set));

    private static IReadOnlyList<int[]> Shift(IReadOnlyList<int[]> batches, int start) =>
        start == 0 ? batches : [.. batches.Select(batch => Array.ConvertAll(batch, row => row + start))];
}
