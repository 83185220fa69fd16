using MLNetNlp.Models.Mini;
using MLNetNlp.Pipeline;
using MLNetNlp.Transformers.Checkpoints;

namespace MLNetNlp;

/// <summary>Where training starts from: a Hugging Face model folder, wherever it lies.</summary>
/// <remarks>
/// The folder holds <c>config.json</c>, <c>model.safetensors</c> (or its sharded form) and the tokenizer's files. Nothing is opened or downloaded before
/// <c>Fit</c>.
/// </remarks>
public abstract record PretrainedModel
{
    private PretrainedModel()
    {
    }

    /// <summary>
    /// The model that comes embedded in MLNetNlp: BERT with 4 layers of 384, 13.4 million parameters, lower-cased English. The default; needs no file and no
    /// network.
    /// </summary>
    public static PretrainedModel Mini { get; } = new Embedded();

    /// <summary>A model folder on disk, as a Hugging Face repository is laid out.</summary>
    /// <param name="path">The folder. What is wrong with it (not there, no config, weights of the wrong shape) is told at <c>Fit</c>.</param>
    public static PretrainedModel FromDirectory(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        return new Folder(path);
    }

    /// <summary>A model on the Hugging Face hub, downloaded at the first <c>Fit</c> and kept in the cache folder that Hugging Face's own tools use.</summary>
    /// <param name="id"><c>owner/name</c>.</param>
    /// <param name="revision">Branch, tag or commit. Default <c>main</c>.</param>
    /// <remarks>
    /// Environment: <c>HF_HOME</c> moves the cache, <c>HF_HUB_OFFLINE=1</c> uses what is in it and never the network, <c>HF_ENDPOINT</c> names a mirror,
    /// <c>HF_TOKEN</c> gives access
    /// to private models.
    /// </remarks>
    public static PretrainedModel FromHub(string id, string revision = "main")
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(id);
        ArgumentException.ThrowIfNullOrWhiteSpace(revision);
        return new Hub(id, revision);
    }

    /// <summary>Opens the model's files, after downloading them where needed. The caller disposes them.</summary>
    internal abstract ModelFiles Open(CancellationToken cancellationToken);

    /// <summary>How an adapter that is saved alone names it.</summary>
    internal abstract BaseModelReference Reference { get; }

    private sealed record Embedded : PretrainedModel
    {
        internal override BaseModelReference Reference => new(default, BaseModelSource.Mini, ToString());

        internal override ModelFiles Open(CancellationToken cancellationToken) => ModelFiles.FromAssembly(MiniModel.Assembly, MiniModel.ResourcePrefix, "Mini");

        public override string ToString() => "Mini";
    }

    private sealed record Folder(string Path) : PretrainedModel
    {
        internal override BaseModelReference Reference => new(default, BaseModelSource.Directory, Path);

        internal override ModelFiles Open(CancellationToken cancellationToken) => ModelFiles.FromDirectory(Path);

        public override string ToString() => Path;
    }

    private sealed record Hub(string Id, string Revision) : PretrainedModel
    {
        // A branch moves on; the commit that was downloaded for it does not.
        internal override BaseModelReference Reference => new(default, BaseModelSource.Hub, Id, new HubClient().CommitInCache(Id, Revision) ?? Revision);

        internal override ModelFiles Open(CancellationToken cancellationToken) =>
            ModelFiles.FromDirectory(new HubClient().Download(Id, Revision, cancellationToken));

        public override string ToString() => Revision == "main" ? Id : $"{Id}@{Revision}";
    }
}
