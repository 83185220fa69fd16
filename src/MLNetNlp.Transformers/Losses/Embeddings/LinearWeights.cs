using MLNetNlp.Transformers.Encoders;
using MLNetNlp.Transformers.Inputs;
using TorchSharp;
using static TorchSharp.torch;

namespace MLNetNlp.Transformers.Losses;

/// <summary>New linear layers of losses.</summary>
internal static class LinearWeights
{
    /// <summary>A layer as torch's <c>Linear</c> begins: weights and biases uniform within the inverse root of its inputs. Outside of any dispose scope.</summary>
    public static Dense Create(int inputSize, int outputSize, SentenceLossSetting setting, string purpose)
    {
        var layer = new Dense(inputSize, outputSize);
        using var noGradients = no_grad();
        var random = new SeededRandom(SeededRandom.Derive(setting.Seed, purpose));
        var limit = 1 / Math.Sqrt(inputSize);
        foreach (var parameter in layer.parameters())
        {
            var values = new float[parameter.numel()];
            for (var i = 0; i < values.Length; i++)
                values[i] = (float)((2 * random.NextDouble() - 1) * limit);
            using var drawn = tensor(values, parameter.shape);
            parameter.copy_(drawn);
        }

        layer.to(setting.Device);
        return layer;
    }
}
