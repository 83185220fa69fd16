using Microsoft.ML.Runtime;
using MLNetNlp.Transformers.FewShot;
using MLNetNlp.Transformers.Heads;
using MLNetNlp.Transformers.LinearModels;
using TorchSharp;
using static TorchSharp.torch;

namespace MLNetNlp;

/// <summary>The second phase of SetFit: fits a head on the vectors of the examples.</summary>
internal static class HeadFitting
{
    // The logistic function of it, and softmax beside any other score, is 0 to the last bit.
    private const float Never = -1000;

    /// <summary>Fits the head that the options ask for; not for one that trains with the body.</summary>
    /// <param name="options">The head and the class weights.</param>
    /// <param name="labels">The examples' labels.</param>
    /// <param name="vectors">[examples, width], row by row.</param>
    /// <param name="width">Numbers of a vector.</param>
    /// <param name="device">Where a differentiable head trains.</param>
    /// <param name="seed">Of the run.</param>
    /// <param name="channel">For warnings.</param>
    public static ClassifierHead Fit(SetFitOptions options, ExampleLabels labels, float[] vectors, int width, Device device, int seed, IChannel channel) =>
        options.Head switch
        {
            DifferentiableHeadOptions head => Train(head, options, labels, vectors, width, device, seed),
            LogisticRegressionHeadOptions head when labels.AreSeveral => Several(head, labels, vectors, width, channel),
            LogisticRegressionHeadOptions head => Classes(head, options, labels, vectors, width, channel),
            var other => throw new InvalidOperationException($"There is no fitting of a {other.GetType().Name}."),
        };

    /// <summary>A trained layer as a head that needs no torch.</summary>
    public static ClassifierHead Of(SetFitHead head, int width, bool areSeveral)
    {
        using var noGradients = no_grad();
        using var scope = NewDisposeScope();
        var weights = head.Layer.weight.to(float32).cpu().contiguous().data<float>().ToArray();
        var bias = head.Layer.bias!.to(float32).cpu().contiguous().data<float>().ToArray();
        return new ClassifierHead(HeadKind.SetFitHead, width, bias.Length, [.. weights.Chunk(width)], bias) { Divisor = head.Divisor, IsMultiLabelLayer = areSeveral };
    }

    /// <summary>The targets of a differentiable head's loss: classes [examples] as int64, or labels [examples, labels] as float32.</summary>
    public static Tensor Targets(ExampleLabels labels, Device device)
    {
        if (!labels.AreSeveral)
            return tensor(labels.Classes.Select(c => (long)c).ToArray(), device: device);
        var values = labels.Targets.Select(on => on ? 1f : 0f).ToArray();
        return tensor(values, [labels.Count, labels.Names.Count], device: device);
    }

    private static ClassifierHead Train(
        DifferentiableHeadOptions head, SetFitOptions options, ExampleLabels labels, float[] vectors, int width, Device device, int seed)
    {
        using var scope = NewDisposeScope();
        using var module = new SetFitHead(width, labels.Names.Count, head.Temperature, seed);
        module.to(device);
        var features = tensor(vectors, [labels.Count, width], device: device);
        var training = SetFitHeadTraining.Options(head.MaxEpochs, head.BatchSize, head.LearningRate, head.WeightDecay, options.Training.CancellationToken);
        SetFitHeadTraining.Run(module, features, Targets(labels, device), training, seed, classWeights: labels.Weights(options.ClassWeights));
        return Of(module, width, labels.AreSeveral);
    }

    private static ClassifierHead Classes(
        LogisticRegressionHeadOptions head, SetFitOptions options, ExampleLabels labels, float[] vectors, int width, IChannel channel)
    {
        // Fitted on the classes that have examples, as scikit-learn would; the others are never predicted.
        var counts = labels.Counts();
        int[] seen = [.. Enumerable.Range(0, counts.Length).Where(c => counts[c] > 0)];
        var weights = labels.Weights(options.ClassWeights);
        var model = LogisticRegression.Fit(vectors, width, [.. labels.Classes.Select(c => Array.IndexOf(seen, c))], seen.Length, Settings(head) with
        {
            ClassWeights = weights is null ? null : [.. seen.Select(c => weights[c])],
        });
        WarnUnlessConverged(model, channel);
        if (seen.Length == counts.Length)
            return new ClassifierHead(HeadKind.LogisticRegression, width, counts.Length, Rows(model), [.. model.Intercepts.Select(b => (float)b)]);
        var rows = counts.Select(_ => new float[width]).ToArray();
        var intercepts = counts.Select(_ => Never).ToArray();
        var fitted = Rows(model);
        for (var k = 0; k < seen.Length; k++)
        {
            // Two classes have one row, the second's; the first's logit is 0.
            var source = model.Outputs == 1 ? k - 1 : k;
            intercepts[seen[k]] = source < 0 ? 0 : (float)model.Intercepts[source];
            if (source >= 0)
                rows[seen[k]] = fitted[source];
        }

        return new ClassifierHead(HeadKind.LogisticRegression, width, counts.Length, rows, intercepts);
    }

    private static ClassifierHead Several(LogisticRegressionHeadOptions head, ExampleLabels labels, float[] vectors, int width, IChannel channel)
    {
        var count = labels.Names.Count;
        var fitted = MultiLabelLogisticRegression.Fit(vectors, width, labels.Targets, count, head.Strategy, Settings(head));
        foreach (var model in fitted.Models)
            WarnUnlessConverged(model, channel);
        var kind = Enum.Parse<HeadKind>(head.Strategy.ToString());
        return new ClassifierHead(kind, width, count, [.. fitted.Models.Select(model => Rows(model)[0])], [.. fitted.Models.Select(model => (float)model.Intercepts[0])]);
    }

    private static LogisticRegressionSettings Settings(LogisticRegressionHeadOptions head) => new(head.C, head.Tolerance, head.MaxIterations);

    private static float[][] Rows(LogisticRegressionModel model) => [.. model.Weights.Select(w => (float)w).Chunk(model.Width)];

    private static void WarnUnlessConverged(LogisticRegressionModel model, IChannel channel)
    {
        if (!model.Converged)
        {
            channel.Warning(MessageSensitivity.None, "The head's logistic regression stopped after {0} iterations before it met its tolerance; "
                + "'{1}' allows more.", model.Iterations, nameof(LogisticRegressionHeadOptions.MaxIterations));
        }
    }
}
