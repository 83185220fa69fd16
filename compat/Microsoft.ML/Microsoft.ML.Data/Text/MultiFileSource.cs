namespace Microsoft.ML.Data;

/// <summary>Files, read one after another as one.</summary>
public sealed class MultiFileSource : IMultiStreamSource
{
    private readonly string[] _paths;

    /// <summary>The files of some paths; names may hold the wildcards * and ?.</summary>
    public MultiFileSource(params string[] paths) => _paths = [.. (paths ?? []).Where(path => path is not null).SelectMany(Expand)];

    /// <inheritdoc/>
    public int Count => _paths.Length;

    /// <inheritdoc/>
    public string GetPathOrNull(int index) => _paths[Checked(index)];

    /// <inheritdoc/>
    public Stream Open(int index)
    {
        string path = _paths[Checked(index)];
        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Contracts.Mark(new IOException($"Could not open file '{path}'. Error is: {e.Message}", e));
        }
    }

    /// <inheritdoc/>
    public TextReader OpenTextReader(int index) => new StreamReader(Open(index));

    internal static bool Exists(string path) => File.Exists(path) || (HasWildcard(path) && Matches(path).Length > 0);

    private static bool HasWildcard(string path) => Path.GetFileName(path).AsSpan().ContainsAny('*', '?');

    private static string[] Expand(string path) => HasWildcard(path) && !File.Exists(path) && Matches(path) is { Length: > 0 } matches ? matches : [path];

    private static string[] Matches(string path)
    {
        string folder = Path.GetDirectoryName(Path.GetFullPath(path));
        return Directory.Exists(folder) ? [.. Directory.GetFiles(folder, Path.GetFileName(path)).Order(StringComparer.Ordinal)] : [];
    }

    private int Checked(int index) =>
        (uint)index < (uint)_paths.Length ? index : throw new ArgumentOutOfRangeException(nameof(index), index, $"There are {_paths.Length} files.");
}
