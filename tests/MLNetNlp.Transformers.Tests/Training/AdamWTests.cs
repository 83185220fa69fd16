using MLNetNlp.Transformers.Training;
using static TorchSharp.torch;
using AdamW = MLNetNlp.Transformers.Training.AdamW;
using Parameter = TorchSharp.Modules.Parameter;

namespace MLNetNlp.Transformers.Tests.Training;

[TestClass]
public sealed class AdamWTests
{
    [TestMethod]
    public void Three_steps_are_the_papers_formulas()
    {
        // A length that no vector width divides, and more than one chunk.
        const int Length = 70_003;
        const double Rate = 0.01, Decay = 0.1, Clip = 0.5;
        using var scope = NewDisposeScope();
        manual_seed(4);
        using var parameter = new Parameter(randn(Length));
        double[] expected = [.. ReferenceTensors.Values(parameter).Select(x => (double)x)], mean = new double[Length], square = new double[Length];
        using var optimizer = new AdamW([new TrainableParameter("w", parameter, LearningRateFactor: 0.5, WeightDecay: Decay)]);
        for (var step = 1; step <= 3; step++)
        {
            using var gradient = randn(Length);
            parameter.grad = gradient;
            var values = ReferenceTensors.Values(gradient);
            var norm = Math.Sqrt(values.Sum(x => (double)x * x));
            Assert.AreEqual(norm, optimizer.GradientNorm(), 1e-5 * norm);
            optimizer.Step(Rate, Clip);
            for (var i = 0; i < Length; i++)
            {
                var g = values[i] * Clip;
                expected[i] *= 1 - Rate * 0.5 * Decay;
                mean[i] = 0.9 * mean[i] + 0.1 * g;
                square[i] = 0.999 * square[i] + 0.001 * g * g;
                expected[i] -= Rate * 0.5 * (mean[i] / (1 - Math.Pow(0.9, step))) / (Math.Sqrt(square[i] / (1 - Math.Pow(0.999, step))) + 1e-8);
            }
        }

        Close.AreClose([.. expected.Select(x => (float)x)], ReferenceTensors.Values(parameter), 1e-6);
    }

    [TestMethod]
    public void Without_fused_memory_the_same_update_is_made_of_tensor_operations()
    {
        using var scope = NewDisposeScope();
        var start = randn(500);
        var gradient = randn(500);
        using var single = new Parameter(start.clone());
        using var @double = new Parameter(start.to(float64));
        using var fused = new AdamW([new TrainableParameter("w", single, 1, 0.1)]);
        using var general = new AdamW([new TrainableParameter("w", @double, 1, 0.1)]);
        for (var step = 0; step < 3; step++)
        {
            single.grad = gradient.clone();
            @double.grad = gradient.to(float64);
            Assert.AreEqual(fused.GradientNorm(), general.GradientNorm(), 1e-4);
            fused.Step(0.01, 0.5);
            general.Step(0.01, 0.5);
        }

        Close.AreClose(ReferenceTensors.Values(@double), ReferenceTensors.Values(single), 1e-6);
    }

    [TestMethod]
    public void A_parameter_without_gradient_stays()
    {
        using var scope = NewDisposeScope();
        using var parameter = new Parameter(ones(10));
        using var optimizer = new AdamW([new TrainableParameter("w", parameter, 1, 0.1)]);
        Assert.AreEqual(0, optimizer.GradientNorm());
        optimizer.Step(0.1, 1);
        Assert.IsTrue(ReferenceTensors.Values(parameter).All(x => x == 1));
    }

    [TestMethod]
    public void Results_do_not_depend_on_the_number_of_threads()
    {
        var threads = get_num_threads();
        try
        {
            CollectionAssert.AreEqual(Run(1), Run(2));
        }
        finally
        {
            set_num_threads(threads);
        }

        static float[] Run(int count)
        {
            set_num_threads(count);
            using var scope = NewDisposeScope();
            manual_seed(1);
            using var parameter = new Parameter(randn(200_000));
            using var optimizer = new AdamW([new TrainableParameter("w", parameter, 1, 0.01)]);
            parameter.grad = randn(200_000);
            optimizer.Step(0.01, 1 / optimizer.GradientNorm());
            return ReferenceTensors.Values(parameter);
        }
    }
}
