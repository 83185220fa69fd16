using MLNetNlp.Transformers.Adapters;
using static TorchSharp.torch;

namespace MLNetNlp;

/// <summary>Parameter-efficient fine-tuning: the pretrained model stays as it is, and a small addition trains instead. The base of all kinds.</summary>
/// <remarks>
/// The task's head is new and trains as well. After training the addition is merged into the weights where the kind allows it (<see cref="CanMerge"/>), so that
/// predictions cost what they cost without it. The kinds are <see cref="LoraOptions"/>, <see cref="AdaLoraOptions"/>, <see cref="Ia3Options"/> and
/// <see cref="BitFitOptions"/>, which merge, and <see cref="BottleneckOptions"/>, <see cref="PromptTuningOptions"/>, <see cref="PrefixTuningOptions"/> and
/// <see cref="PTuningOptions"/>, which stay.
/// </remarks>
public abstract record AdapterOptions
{
    private protected AdapterOptions()
    {
    }

    /// <summary>
    /// Modules that train as a whole beside the adapter, by the end of their names. Default null: the task's head, and a pooler that the checkpoint lacks.
    /// </summary>
    public IReadOnlyList<string>? ModulesToSave { get; init; }

    /// <summary>
    /// Whether the addition can become part of the model's own weights. True unless the kind says otherwise; where it is false, the adapter stays on the model
    /// after training and takes part in every prediction.
    /// </summary>
    public virtual bool CanMerge => true;

    /// <summary>The learning rate where <see cref="TrainingOptions.LearningRate"/> gives none: a good start for the kind, far above that of whole models.</summary>
    public abstract double DefaultLearningRate { get; }

    /// <summary><c>peft_type</c> in Hugging Face PEFT's files.</summary>
    internal abstract string PeftType { get; }

    /// <summary>What the names of the model's own tensors begin with in PEFT's files.</summary>
    internal virtual string FilePrefix => "base_model.model.";

    /// <summary>Virtual tokens that it puts before every text, which take places from the model's positions.</summary>
    internal virtual int VirtualTokens => 0;

    /// <summary>Which layers get an addition; null: none.</summary>
    internal abstract LayerTargets? LayerTargets { get; }

    /// <summary>Checks everything that needs no model to be checked.</summary>
    /// <exception cref="ArgumentException">An option has a value that makes no sense; the message names it.</exception>
    public abstract void Validate();

    /// <summary>Checks that a new addition makes sense for a layer.</summary>
    /// <exception cref="ArgumentException">It does not; the message names option and layer.</exception>
    internal virtual void CheckLayer(string name, IAdaptableLayer layer)
    {
    }

    /// <summary>What the kind does in a training run besides being trained; null: nothing.</summary>
    /// <param name="module">The model with the adapter, or one that it is a part of.</param>
    /// <param name="totalSteps">Steps of the whole run.</param>
    /// <exception cref="ArgumentException">The run does not suit the options.</exception>
    internal virtual AdapterTraining? BeginTraining(nn.Module module, int totalSteps) => null;

    /// <summary>The addition to one of the targets, not initialised.</summary>
    internal abstract LayerAdapter Create(string name, IAdaptableLayer layer);

    /// <summary>Additions that are not to single layers, not initialised.</summary>
    /// <param name="module">The model.</param>
    /// <param name="isForLoading">Whether a file fills them: what only training needs is left out.</param>
    /// <exception cref="ArgumentException">They do not fit the model.</exception>
    internal virtual IEnumerable<AddedPart> CreateParts(nn.Module module, bool isForLoading) => [];

    /// <summary>Whether a parameter of the model itself trains, besides those of <see cref="ModulesToSave"/>.</summary>
    /// <param name="name">Full name.</param>
    /// <param name="isOfTarget">Whether it belongs to a layer that got an addition.</param>
    internal abstract bool TrainsBase(string name, bool isOfTarget);

    /// <summary>A factor on the learning rate of a parameter.</summary>
    internal virtual double LearningRateFactor(string name) => 1;
}
