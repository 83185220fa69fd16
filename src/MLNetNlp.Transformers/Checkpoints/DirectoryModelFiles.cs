namespace MLNetNlp.Transformers.Checkpoints;

internal sealed class DirectoryModelFiles : ModelFiles
{
    private readonly string _root;
    private readonly Lazy<IReadOnlyCollection<string>> _names;

    public DirectoryModelFiles(string path)
        : base(path)
    {
        _root = Path.GetFullPath(path);
        if (!Directory.Exists(_root))
        {
            throw new DirectoryNotFoundException(File.Exists(_root)
                ? $"A model is a folder, but '{path}' is a file."
                : $"There is no model folder '{path}'.");
        }

        _names = new(() => [.. Directory.EnumerateFiles(_root, "*", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(_root, file).Replace(Path.DirectorySeparatorChar, '/')).Order(StringComparer.Ordinal)]);
    }

    public override IReadOnlyCollection<string> Names => _names.Value;

    private protected override bool ExistsCore(string name) => File.Exists(PathOf(name));

    private protected override Stream? TryOpenReadCore(string name) => File.Exists(PathOf(name)) ? File.OpenRead(PathOf(name)) : null;

    private protected override SafetensorsFile? TryOpenSafetensorsCore(string name) => File.Exists(PathOf(name)) ? SafetensorsFile.Open(PathOf(name)) : null;

    private string PathOf(string name) => Path.Combine(_root, name.Replace('/', Path.DirectorySeparatorChar));
}
