using MLNetNlp.Transformers.FewShot;
using MLNetNlp.Transformers.Losses;

namespace MLNetNlp;

/// <summary>What the first phase of SetFit trains on, as its loss takes it: pairs, triplets, or the examples with their class.</summary>
internal static class PairExamples
{
    private enum Shape
    {
        Pairs,
        Positives,
        Triplets,
        Classes,
    }

    /// <summary>Checks that examples can be made for a loss.</summary>
    /// <exception cref="ArgumentException">They cannot.</exception>
    public static void Check(EmbeddingLossInputs inputs, bool areSeveral)
    {
        if (ShapeOf(inputs) is not { } shape)
        {
            throw new ArgumentException($"'{nameof(SetFitOptions.Loss)}' is {inputs.LossName}, which takes {string.Join(", ", inputs.Columns)} and label "
                + $"{inputs.Label}; SetFit makes pairs with a score of 0 or 1, triplets, and single texts with a class.", nameof(SetFitOptions.Loss));
        }

        if (shape == Shape.Classes && areSeveral)
        {
            throw new ArgumentException($"'{nameof(SetFitOptions.Loss)}' is {inputs.LossName}, which needs one class a text, but texts may have several labels; "
                + "a loss of pairs or triplets is needed.", nameof(SetFitOptions.Loss));
        }
    }

    /// <summary>Makes the examples.</summary>
    /// <exception cref="InvalidOperationException">There is nothing to contrast.</exception>
    public static EmbeddingSet Create(ExampleSet set, SetFitOptions options)
    {
        var shape = ShapeOf(options.Loss.Inputs)!.Value;
        if (shape == Shape.Classes)
            return new EmbeddingSet(Classes(set, options.Iterations ?? 1), options.Loss) { SamplesPerLabel = options.SamplesPerLabel };
        var limit = options.Training.MaxSteps is { } steps ? (int)Math.Min(int.MaxValue, (long)steps * options.Training.BatchSize) : (int?)null;
        var pairs = ContrastivePairs.Create(set.Count, set.Labels.Alike, options.Sampling, options.Iterations, limit);
        var examples = shape switch
        {
            Shape.Triplets => Triplets(set, pairs, options.Loss.Inputs.LossName),
            Shape.Positives => Positives(set, pairs, options.Loss.Inputs.LossName),
            _ => Pairs(set, pairs.Stream()),
        };
        return new EmbeddingSet(examples, options.Loss);
    }

    /// <summary>Pairs with the similarity that they are to have.</summary>
    public static EmbeddingExamples Pairs(ExampleSet set, IEnumerable<TextPair> pairs)
    {
        var examples = new EmbeddingExamples(set.Pool, columns: 2, numbers: 1);
        foreach (var pair in pairs)
            examples.Add([set.Texts[pair.First], set.Texts[pair.Second]], [pair.Similarity]);
        return examples;
    }

    private static Shape? ShapeOf(EmbeddingLossInputs inputs) => inputs switch
    {
        { NeedsGuide: true } or { Noise: not null } => null,
        { Columns.Count: 1, Label: EmbeddingLabelKind.Class } => Shape.Classes,
        { Columns.Count: 2, Label: EmbeddingLabelKind.Score or EmbeddingLabelKind.Binary } => Shape.Pairs,
        { Columns.Count: 2, Label: EmbeddingLabelKind.None } => Shape.Positives,
        { Columns.Count: 3, Label: EmbeddingLabelKind.None } => Shape.Triplets,
        _ => null,
    };

    // Texts with themselves teach nothing here.
    private static EmbeddingExamples Positives(ExampleSet set, ContrastivePairs pairs, string lossName)
    {
        var examples = new EmbeddingExamples(set.Pool, columns: 2);
        foreach (var pair in pairs.Stream().Where(pair => pair.Similarity == 1 && set.Texts[pair.First] != set.Texts[pair.Second]))
            examples.Add([set.Texts[pair.First], set.Texts[pair.Second]]);
        return examples.Count > 0 ? examples : throw NoPositives(lossName);
    }

    /// <summary>Each positive pair, both ways, with the anchor's negatives in turn.</summary>
    private static EmbeddingExamples Triplets(ExampleSet set, ContrastivePairs pairs, string lossName)
    {
        var negatives = pairs.Negatives.SelectMany(pair => new[] { (Of: pair.First, Text: pair.Second), (Of: pair.Second, Text: pair.First) })
            .GroupBy(pair => pair.Of, pair => pair.Text).ToDictionary(own => own.Key, own => own.ToArray());
        var next = new Dictionary<int, int>();
        var examples = new EmbeddingExamples(set.Pool, columns: 3);
        foreach (var pair in pairs.Stream().Where(pair => pair.Similarity == 1 && set.Texts[pair.First] != set.Texts[pair.Second]))
        {
            Add(pair.First, pair.Second);
            Add(pair.Second, pair.First);
        }

        return examples.Count > 0 ? examples : throw NoPositives(lossName);

        void Add(int anchor, int positive)
        {
            if (!negatives.TryGetValue(anchor, out var own))
                return;
            next.TryGetValue(anchor, out var turn);
            next[anchor] = turn + 1;
            examples.Add([set.Texts[anchor], set.Texts[positive], set.Texts[own[turn % own.Length]]]);
        }
    }

    private static EmbeddingExamples Classes(ExampleSet set, int times)
    {
        var classes = set.Labels.Classes;
        var examples = new EmbeddingExamples(set.Pool, columns: 1, classCount: set.Labels.Names.Count);
        for (var time = 0; time < times; time++)
        {
            for (var i = 0; i < set.Count; i++)
                examples.Add([set.Texts[i]], classNumber: classes[i]);
        }

        return examples;
    }

    private static InvalidOperationException NoPositives(string lossName) => new(
        $"No class has two different texts, so there is no positive pair for {lossName}; give classes more examples, or use {nameof(CosineSimilarityLoss)}.");
}
