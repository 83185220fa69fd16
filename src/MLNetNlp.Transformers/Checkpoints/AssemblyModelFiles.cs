using System.Reflection;

namespace MLNetNlp.Transformers.Checkpoints;

internal sealed class AssemblyModelFiles : ModelFiles
{
    private readonly Assembly _assembly;
    private readonly string _prefix;
    private readonly HashSet<string> _names;

    public AssemblyModelFiles(Assembly assembly, string prefix, string description)
        : base(description)
    {
        _assembly = assembly;
        _prefix = prefix;
        _names = [.. assembly.GetManifestResourceNames().Where(n => n.StartsWith(prefix, StringComparison.Ordinal)).Select(n => n[prefix.Length..])];
        if (_names.Count == 0)
            throw new ArgumentException($"Assembly '{assembly.GetName().Name}' has no embedded resources whose names start with '{prefix}'.", nameof(prefix));
    }

    public override IReadOnlyCollection<string> Names => _names;

    private protected override bool ExistsCore(string name) => _names.Contains(name);

    private protected override Stream? TryOpenReadCore(string name) => _names.Contains(name) ? _assembly.GetManifestResourceStream(_prefix + name) : null;

    private protected override unsafe SafetensorsFile? TryOpenSafetensorsCore(string name)
    {
        using var stream = TryOpenReadCore(name);
        if (stream is null)
            return null;

        // The runtime gives a window on the mapped assembly; the assembly is the one to keep alive. Other loaders may give another stream.
        if (stream is UnmanagedMemoryStream window)
            return SafetensorsFile.FromPointer(window.PositionPointer, window.Length, NameOf(name), _assembly);
        using var buffer = new MemoryStream();
        stream.CopyTo(buffer);
        return SafetensorsFile.FromMemory(buffer.ToArray(), NameOf(name));
    }
}
