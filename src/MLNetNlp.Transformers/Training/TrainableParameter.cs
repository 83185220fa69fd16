using System.Text.RegularExpressions;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace MLNetNlp.Transformers.Training;

/// <summary>A parameter that training moves, with the learning rate and weight decay that its place in the model gives it.</summary>
/// <param name="Name">Full name in the module.</param>
/// <param name="Value">The parameter.</param>
/// <param name="LearningRateFactor">On the run's learning rate.</param>
/// <param name="WeightDecay">AdamW's.</param>
internal sealed partial record TrainableParameter(string Name, Parameter Value, double LearningRateFactor, double WeightDecay)
{
    /// <summary>All parameters that need a gradient, in the module's order.</summary>
    /// <remarks>With layer-wise decay <c>d</c> and <c>L</c> layers: the head 1, layer <c>i</c> <c>d^(L - i)</c>, embeddings <c>d^(L + 1)</c>.</remarks>
    /// <exception cref="InvalidOperationException">There is none.</exception>
    public static IReadOnlyList<TrainableParameter> Of(
        nn.Module module, TrainingOptions options, AdapterOptions? adapter = null, Func<string, double>? rateFactor = null, bool decaysAll = false)
    {
        var named = module.named_parameters().ToArray();
        var layers = ParameterDepth.LayerCount(named.Select(p => p.name));
        var trainable = named.Where(p => p.parameter.requires_grad)
            .Select(p => new TrainableParameter(p.name, p.parameter,
                RateFactor(p.name, layers, options.LayerwiseLearningRateDecay) * (adapter?.LearningRateFactor(p.name) ?? 1) * (rateFactor?.Invoke(p.name) ?? 1),
                !decaysAll && NoDecay().IsMatch(p.name) ? 0 : options.WeightDecay))
            .ToArray();
        return trainable.Length > 0 ? trainable : throw new InvalidOperationException("Nothing is left to train: every parameter of the model is frozen.");
    }

    private static double RateFactor(string name, int layers, double decay)
    {
        var depth = ParameterDepth.Of(name);
        return depth == ParameterDepth.Head ? 1 : Math.Pow(decay, layers - depth);
    }

    /// <summary>Biases and LayerNorms, as the families call them.</summary>
    [GeneratedRegex(@"bias|LayerNorm|(?:^|[._])norm\d?\.|(?:^|\.)emb_ln\.", RegexOptions.CultureInvariant)]
    private static partial Regex NoDecay();
}
