using MLNetNlp.Pipeline;
using MLNetNlp.Tokenizers;
using MLNetNlp.Transformers.Checkpoints;
using MLNetNlp.Transformers.Heads;
using MLNetNlp.Transformers.Inference;
using MLNetNlp.Transformers.Inputs;
using TorchSharp;

namespace MLNetNlp;

/// <summary>A fine-tuned classifier with its tokenizer: token ids to logits, and the Hugging Face folder of both.</summary>
internal sealed class TextClassifier : ServedModel
{
    private readonly SequenceClassificationModel _model;
    private readonly BatchRunner _runner;

    public TextClassifier(SequenceClassificationModel model, TextTokenizer tokenizer, int maxLength, IReadOnlyList<string> labelNames, torch.Device device)
        : base(model, tokenizer)
    {
        _model = model;
        MaxLength = maxLength;
        LabelNames = labelNames;
        _runner = new BatchRunner(model, tokenizer.PaddingId, device);
    }

    public int MaxLength { get; }

    /// <summary>Text of each class, in the logits' order.</summary>
    public IReadOnlyList<string> LabelNames { get; }

    /// <summary>Number of logits.</summary>
    public int LabelCount => LabelNames.Count;

    /// <summary>Computes the logits of all texts, [texts, <see cref="LabelCount"/>], row by row.</summary>
    public void Score(TokenizedTexts texts, Span<float> logits, object owner)
    {
        using var use = Enter(owner);
        _runner.Run(texts, logits);
    }

    /// <summary>Reads what was saved, here or by Hugging Face.</summary>
    /// <param name="files">The model folder.</param>
    /// <param name="maxLength">Most tokens of a text; null: as many as model and tokenizer take.</param>
    /// <param name="labelNames">Text of each class.</param>
    public static TextClassifier Load(ModelFiles files, int? maxLength, IReadOnlyList<string> labelNames) =>
        Load(files, SequenceClassificationModel.Load, model => model.Config, (model, tokenizer, device) =>
        {
            if (model.LabelCount != labelNames.Count)
                throw new InvalidDataException($"the weights are for {model.LabelCount} classes, but there are {labelNames.Count} label values.");
            var limit = Math.Min(model.Config.MaxSequenceLength, tokenizer.ModelMaxLength ?? int.MaxValue);
            return new TextClassifier(model, tokenizer, maxLength ?? limit, labelNames, device);
        });

    protected override void SaveModel(Func<string, Stream> createFile) => _model.Save(createFile, LabelNames, "single_label_classification");
}
