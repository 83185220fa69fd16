using MLNetNlp.Transformers.Encoders;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace MLNetNlp.Transformers.Losses;

/// <summary>Makes vectors equal those of a teacher: distillation, or a second language for a model that knows one.</summary>
/// <remarks>
/// <c>loss = mean over columns of mean((student - teacher)^2)</c>. Inputs: one text or more, each row with the teacher's vector: one that all columns share (a
/// text and its translations), or one for each column, joined to one row. Reimers and Gurevych 2020, "Making Monolingual Sentence Embeddings Multilingual
/// using Knowledge Distillation".
/// </remarks>
/// <param name="teacherDimension">
/// Numbers of the teacher's vector; a linear layer, which trains along and is left behind, brings the student's to it. Default null: the student's own
/// dimension, and no layer.
/// </param>
public sealed class MseLoss(int? teacherDimension = null) : IEmbeddingLoss
{
    private Dense? _projection;

    /// <summary>Numbers of the teacher's vector; null: the student's own dimension.</summary>
    public int? TeacherDimension { get; } = teacherDimension is null or > 0 ? teacherDimension : throw new ArgumentOutOfRangeException(
        nameof(teacherDimension), teacherDimension, $"'{nameof(teacherDimension)}' is {teacherDimension}; 1 or more is needed.");

    /// <inheritdoc/>
    public EmbeddingLossInputs Inputs { get; } = new(nameof(MseLoss), ["text"]) { FurtherColumns = "texts", Label = EmbeddingLabelKind.Vector };

    /// <inheritdoc/>
    public nn.Module? Weights => _projection;

    /// <inheritdoc/>
    public ISentenceLoss Prepare(SentenceLossSetting setting)
    {
        ArgumentNullException.ThrowIfNull(setting);
        return TeacherDimension is { } dimension
            ? new MseLoss(dimension) { _projection = LinearWeights.Create(setting.Dimension, dimension, setting, nameof(MseLoss)) }
            : this;
    }

    /// <inheritdoc/>
    public Tensor Compute(IReadOnlyList<Tensor> embeddings, Tensor? labels)
    {
        Inputs.CheckBatch(embeddings, labels);
        if (TeacherDimension is not null && _projection is null)
            throw new InvalidOperationException($"{nameof(MseLoss)} has no projection yet: call {nameof(Prepare)} first.");
        using var scope = NewDisposeScope();
        var (rows, columns, dimension) = (embeddings[0].shape[0], embeddings.Count, TeacherDimension ?? embeddings[0].shape[1]);
        var width = labels!.numel() / rows;
        if (width != dimension && width != columns * dimension)
        {
            throw new ArgumentException($"{nameof(MseLoss)} compares vectors of {dimension} numbers with the teacher's, but each label has {width} numbers; "
                + $"{dimension}{(columns > 1 ? $" or {columns * dimension}" : "")} are needed.", nameof(labels));
        }

        var students = stack(embeddings.Select(e => _projection is null ? e : _projection.forward(e)), 1);
        var teacher = labels.to(students.dtype).reshape(rows, -1, dimension).expand(rows, columns, dimension);
        return F.mse_loss(students, teacher).MoveToOuterDisposeScope();
    }
}
