using System.Collections.Concurrent;

namespace MLNetNlp;

/// <summary>Where the base models of saved adapters lie, when that is not where they lay in training.</summary>
/// <remarks>
/// Looked at in this order: what <see cref="Map"/> says; the folders in the environment variable <see cref="EnvironmentVariable"/>; the place that the adapter names.
/// Whatever is found must have the very weights that the adapter was trained on, by their SHA-256.
/// </remarks>
public static class BaseModels
{
    /// <summary>
    /// Folders, separated as in PATH. Each is a base model's own folder, or holds folders that are called as the last part of the base models' names:
    /// <c>all-MiniLM-L6-v2</c> for <c>sentence-transformers/all-MiniLM-L6-v2</c>.
    /// </summary>
    public const string EnvironmentVariable = "MLNETNLP_BASE_MODELS";

    private static readonly ConcurrentDictionary<string, string> Folders = new(StringComparer.Ordinal);

    /// <summary>From now on a base model is read from a folder.</summary>
    /// <param name="baseModel">What the adapter calls it: the folder or the hub id that it was trained with.</param>
    /// <param name="folder">Where it is now.</param>
    public static void Map(string baseModel, string folder)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(baseModel);
        ArgumentException.ThrowIfNullOrWhiteSpace(folder);
        Folders[baseModel] = folder;
    }

    /// <summary>Forgets what <see cref="Map"/> said of a base model.</summary>
    public static void Unmap(string baseModel) => Folders.TryRemove(baseModel, out _);

    /// <summary>The folder that a base model was moved to; null: it was not.</summary>
    internal static string? Find(string baseModel)
    {
        if (Folders.TryGetValue(baseModel, out var mapped))
            return mapped;
        var last = Path.GetFileName(baseModel.TrimEnd('/', '\\'));
        foreach (var folder in (Environment.GetEnvironmentVariable(EnvironmentVariable) ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries))
        {
            if (last.Length > 0 && Directory.Exists(Path.Combine(folder, last)))
                return Path.Combine(folder, last);
            if (File.Exists(Path.Combine(folder, Transformers.Checkpoints.ModelConfig.FileName)))
                return folder;
        }

        return null;
    }
}
