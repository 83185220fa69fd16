using MLNetNlp.Pipeline;
using MLNetNlp.Tokenizers;
using MLNetNlp.Transformers.Checkpoints;
using MLNetNlp.Transformers.Heads;
using MLNetNlp.Transformers.Inference;
using MLNetNlp.Transformers.Inputs;
using TorchSharp;

namespace MLNetNlp;

/// <summary>A cross-encoder with its tokenizer: token ids of pairs to scores, and the Hugging Face folder of both.</summary>
internal sealed class PairScorer : ServedModel
{
    private readonly SequenceClassificationModel _model;
    private readonly BatchRunner _runner;

    public PairScorer(SequenceClassificationModel model, TextTokenizer tokenizer, int maxLength, PairScore score, torch.Device device)
        : base(model, tokenizer)
    {
        _model = model;
        MaxLength = maxLength;
        Score = score;
        _runner = new BatchRunner(model, tokenizer.PaddingId, device);
    }

    public int MaxLength { get; }

    public PairScore Score { get; }

    /// <summary>Computes the score of each pair.</summary>
    public void Run(TokenizedTexts pairs, Span<float> scores, object owner)
    {
        using var use = Enter(owner);
        _runner.Run(pairs, scores);
        for (var i = 0; i < scores.Length; i++)
            scores[i] = Score.Of(scores[i]);
    }

    /// <summary>Computes the scores of pairs of texts.</summary>
    public float[] Run(IReadOnlyList<(string First, string Second)> pairs, object owner)
    {
        var texts = new TokenizedTexts();
        foreach (var (first, second) in pairs)
            Append(first, second, texts);
        var scores = new float[pairs.Count];
        Run(texts, scores, owner);
        return scores;
    }

    /// <summary>Appends a pair's token ids.</summary>
    public void Append(ReadOnlySpan<char> first, ReadOnlySpan<char> second, TokenizedTexts texts)
    {
        Tokenizer.AppendPairIds(first, second, MaxLength, texts.Ids, out var firstLength);
        texts.Commit(firstLength);
    }

    /// <summary>Reads what was saved, here or by Hugging Face.</summary>
    /// <param name="files">The model folder.</param>
    /// <param name="maxLength">Most tokens of a pair; null: as many as model and tokenizer take.</param>
    /// <param name="score">How logits become scores.</param>
    public static PairScorer Load(ModelFiles files, int? maxLength, PairScore score) =>
        Load(files, SequenceClassificationModel.Load, model => model.Config, (model, tokenizer, device) =>
        {
            if (model.LabelCount != 1)
                throw new InvalidDataException($"the weights are for {model.LabelCount} classes, but a cross-encoder gives one score.");
            var limit = Math.Min(model.Config.MaxSequenceLength, tokenizer.ModelMaxLength ?? int.MaxValue);
            return new PairScorer(model, tokenizer, maxLength ?? limit, score, device);
        });

    protected override void SaveModel(Func<string, Stream> createFile) => _model.Save(createFile, ["LABEL_0"],
        Score is { Activation: ScoreActivation.Identity, Kind: PairScore.Regression } ? "regression" : null,
        ActivationField.Write(_model.Config.Raw, Score.Activation));
}
