namespace MLNetNlp.Transformers.Checkpoints;

internal sealed class StreamModelFiles(IReadOnlyCollection<string> names, Func<string, Stream?> open, string description) : ModelFiles(description)
{
    public override IReadOnlyCollection<string> Names { get; } = names;

    private protected override bool ExistsCore(string name) => Names.Contains(name);

    private protected override Stream? TryOpenReadCore(string name) => Names.Contains(name) ? open(name) : null;

    private protected override SafetensorsFile? TryOpenSafetensorsCore(string name)
    {
        using var stream = TryOpenReadCore(name);
        return stream is null ? null : SafetensorsFile.FromStream(stream, NameOf(name));
    }
}
