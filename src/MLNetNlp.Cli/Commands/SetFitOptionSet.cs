using System.CommandLine;
using MLNetNlp.Cli.Models;

namespace MLNetNlp.Cli.Commands;

/// <summary>The options of every command that trains with SetFit.</summary>
internal sealed class SetFitOptionSet
{
    private readonly Option<string> _model = ModelOptions.Pretrained("The sentence encoder to start from");

    private readonly Option<int> _maxLength = NumberOptions.Whole("--max-length", "Most tokens of a text; longer ones are cut.", 5, new TokenizationOptions().MaxLength);
    private readonly Option<string> _sampling = ChoiceOptions.OneOf("--sampling", "Pairs of an epoch.", "oversampling", "undersampling", "unique");
    private readonly Option<int?> _iterations = NumberOptions.WholeOrNone("--iterations", "Pairs of either kind for every text, instead of --sampling.", 1);
    private readonly Option<string> _loss = ChoiceOptions.OneOf("--loss", $"What training of the body lowers: {string.Join(", ", SetFitChoice.Losses.Keys)}.", [.. SetFitChoice.Losses.Keys]);
    private readonly Option<string> _head = ChoiceOptions.OneOf("--head", "What classifies the vectors.", "logistic", "differentiable");
    private readonly Option<double> _c = NumberOptions.Real("--c", "Inverse strength of the logistic head's penalty.", x => x > 0, "a number above 0", 1);
    private readonly Option<double> _temperature = NumberOptions.Real("--temperature", "What the differentiable head's logits are divided by.", x => x > 0, "a number above 0", 1);
    private readonly Option<bool> _endToEnd = new("--end-to-end") { Description = "Train the body along with a differentiable head." };
    private readonly Option<bool> _freezeBody = new("--freeze-body") { Description = "Leave the body as it is and fit the head only." };
    private readonly Option<string> _classWeights = ChoiceOptions.OneOf("--class-weights", "balanced: errors on rare classes count for more.", "none", "balanced");

    /// <summary>How the body trains.</summary>
    public TrainingOptionSet Training { get; } = new(SetFitOptions.DefaultTraining, SetFitOptions.DefaultLearningRate);

    public void AddTo(Command command)
    {
        foreach (var option in (Option[])[_model, _maxLength, _sampling, _iterations, _loss, _head, _c, _temperature, _endToEnd, _freezeBody, _classWeights])
            command.Options.Add(option);
        Training.AddTo(command);
    }

    public string ModelName(ParseResult parsed) => parsed.GetValue(_model)!;

    /// <exception cref="UsageException">Two of them contradict each other.</exception>
    public SetFitChoice Read(ParseResult parsed, IProgress<TrainingProgress> progress, CancellationToken cancellation)
    {
        if (parsed.GetValue(_endToEnd) && parsed.GetValue(_head) != "differentiable")
            throw new UsageException("--end-to-end needs --head differentiable.");
        return new SetFitChoice
        {
            Sampling = parsed.GetValue(_sampling)!,
            Iterations = parsed.GetValue(_iterations),
            Loss = parsed.GetValue(_loss)!,
            Head = parsed.GetValue(_head)!,
            C = parsed.GetValue(_c),
            Temperature = parsed.GetValue(_temperature),
            EndToEnd = parsed.GetValue(_endToEnd),
            FreezeBody = parsed.GetValue(_freezeBody),
            BalanceClasses = parsed.GetValue(_classWeights) == "balanced",
            MaxLength = parsed.GetValue(_maxLength),
            Model = ModelChoice.Parse(ModelName(parsed)),
            Adapter = Training.Adapter(parsed),
            AdapterStorage = Training.AdapterStorage(parsed),
            Freezing = Training.Freezing(parsed),
            Training = Training.Read(parsed, progress, cancellation),
        };
    }
}
