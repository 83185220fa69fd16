using MLNetNlp.Transformers.Inputs;
using static TorchSharp.torch;

namespace MLNetNlp.Transformers.Training;

/// <summary>All that a task hands to <see cref="TrainingLoop"/>: the module, the examples by number, and the loss of some of them.</summary>
public sealed class TrainingJob
{
    /// <summary>The module to train, already on its device. Its parameters that need no gradient stay as they are.</summary>
    public required nn.Module Module { get; init; }

    /// <summary>Number of training examples; at least 1.</summary>
    public required int ExampleCount { get; init; }

    /// <summary>An example's length in tokens, by which batches are bucketed.</summary>
    public required Func<int, int> ExampleLength { get; init; }

    /// <summary>The mean loss of some examples, a scalar with its graph. Called in training mode, inside a dispose scope that the loop closes.</summary>
    public required Func<int[], Tensor> Loss { get; init; }

    /// <summary>
    /// Does forward and backward of some examples in place of <see cref="Loss"/>: adds the gradient times the given weight to the parameters' and returns the
    /// loss without it. For losses that make their gradient in several passes. Null: the gradient of <see cref="Loss"/>.
    /// </summary>
    public Func<int[], double, double>? Backward { get; init; }

    /// <summary>Measures the validation set. Called in evaluation mode without gradients. Null: no validation.</summary>
    public Func<ValidationResult>? Validate { get; init; }

    /// <summary>How to train.</summary>
    public required TrainingOptions Options { get; init; }

    /// <summary>What stays as it is. Null: nothing.</summary>
    public FreezingOptions? Freezing { get; init; }

    /// <summary>The adapter that is on the module; its kind may train some of its weights faster, and have a part in every step. Null: none.</summary>
    public AdapterOptions? Adapter { get; init; }

    /// <summary>Gets lines worth logging. Null: nobody does.</summary>
    public Action<string>? Log { get; init; }

    /// <summary>Told after every step, besides <see cref="TrainingOptions.Progress"/>. Null: nobody is.</summary>
    public Action<TrainingProgress>? Progress { get; init; }

    /// <summary>Seed of batch order and dropout.</summary>
    public int Seed { get; init; }

    /// <summary>Whether weight decay is for biases and LayerNorms too, as torch's AdamW has it where nobody says otherwise. Default false.</summary>
    public bool DecaysEveryParameter { get; init; }

    /// <summary>The batches of one epoch (counted from 0), as example numbers. Null: <see cref="LengthBuckets.Epoch"/>.</summary>
    /// <remarks>
    /// Must depend on the epoch alone, for it is asked more than once: for every epoch's number of batches before the first step, so that the learning rate's schedule
    /// ends with the last epoch however many batches each has, and again when the epoch begins or is resumed. Each epoch needs at least one.
    /// </remarks>
    public Func<int, IReadOnlyList<int[]>>? Batches { get; init; }

    /// <summary>The factor on the learning rate in an epoch (counted from 0), instead of the options' schedule. Null: the schedule.</summary>
    public Func<int, double>? EpochRateFactor { get; init; }

    /// <summary>The factor on the learning rate of a parameter, by its full name. Null: 1 for all.</summary>
    public Func<string, double>? ParameterRateFactor { get; init; }
}
