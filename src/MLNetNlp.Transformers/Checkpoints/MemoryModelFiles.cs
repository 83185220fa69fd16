namespace MLNetNlp.Transformers.Checkpoints;

internal sealed class MemoryModelFiles(IReadOnlyDictionary<string, byte[]> files, string description) : ModelFiles(description)
{
    public override IReadOnlyCollection<string> Names { get; } = [.. files.Keys];

    private protected override bool ExistsCore(string name) => files.ContainsKey(name);

    private protected override Stream? TryOpenReadCore(string name) => files.TryGetValue(name, out var bytes) ? new MemoryStream(bytes, writable: false) : null;

    private protected override SafetensorsFile? TryOpenSafetensorsCore(string name) =>
        files.TryGetValue(name, out var bytes) ? SafetensorsFile.FromMemory(bytes, NameOf(name)) : null;
}
