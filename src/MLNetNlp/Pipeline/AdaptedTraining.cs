using MLNetNlp.Transformers.Adapters;
using static TorchSharp.torch;

namespace MLNetNlp.Pipeline;

/// <summary>Training with an adapter, the same for every task: attach, train, and keep what <see cref="FineTuningOptions.AdapterStorage"/> asks for.</summary>
internal static class AdaptedTraining
{
    /// <summary>Trains a model, with an adapter where options are given. What comes of the adapter is then the model's <see cref="ModelAdaptation"/>.</summary>
    /// <param name="model">The model on its device.</param>
    /// <param name="newModules">What trains as a whole beside the adapter, by the end of names: the head.</param>
    /// <param name="options">The adapter, and the pretrained model's name; without an adapter the model trains as a whole.</param>
    /// <param name="seed">Seed of the adapter's weights.</param>
    /// <param name="taskType">PEFT's name of the task; null: it has none.</param>
    /// <param name="train">Trains the model.</param>
    public static void Run(nn.Module model, IReadOnlyList<string> newModules, FineTuningOptions options, int seed, string? taskType, Action train)
    {
        if (options.Adapter is null)
        {
            train();
            return;
        }

        var root = ModelAdaptation.Root(model);
        var outside = ReferenceEquals(root, model) ? [] : model.parameters().Except(root.parameters()).Where(p => p.requires_grad).ToArray();
        Array.ForEach(outside, p => p.requires_grad = false);
        var adapter = ModelAdapter.Attach(root, options.Adapter, newModules, seed);
        try
        {
            train();
            ModelAdaptation.AfterTraining(root, adapter, options, taskType);
        }
        catch
        {
            adapter.Dispose();
            throw;
        }
        finally
        {
            Array.ForEach(outside, p => p.requires_grad = true);
        }
    }
}
