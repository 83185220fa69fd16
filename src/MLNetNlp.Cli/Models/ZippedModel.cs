using System.IO.Compression;
using MLNetNlp.Transformers.Adapters;
using MLNetNlp.Transformers.Checkpoints;

namespace MLNetNlp.Cli.Models;

/// <summary>The model folder inside a model zip.</summary>
internal static class ZippedModel
{
    /// <summary>Describes the first model in a zip.</summary>
    /// <exception cref="CliException">There is none in it, or the file is no zip.</exception>
    public static ModelDescription Describe(string path, string sampleText)
    {
        using var archive = Open(path);
        var entries = Entries(archive);
        if (FindFolder(entries, ModelConfig.FileName, ModuleWeights.FileName) is { } folder)
            return ModelDescription.Read(Files(entries, folder, path), sampleText);
        throw new CliException(FindFolder(entries, AdapterFiles.ConfigName) is null ? $"'{path}' holds no text model of MLNetNlp."
            : $"'{path}' holds an adapter alone; 'mlnetnlp adapter inspect' says what it is.");
    }

    /// <summary>Reads the first adapter in a zip; its base model is not needed.</summary>
    /// <exception cref="CliException">There is none in it, or the file is no zip.</exception>
    public static T ReadAdapter<T>(string path, Func<ModelFiles, T> read)
    {
        if (!File.Exists(path))
            throw new CliException(Directory.Exists(path) ? $"'{path}' is a folder; the zip of a trained model is needed." : $"There is no file '{path}'.");
        using var archive = Open(path);
        var entries = Entries(archive);
        return FindFolder(entries, AdapterFiles.ConfigName) is { } folder ? read(Files(entries, folder, path))
            : throw new CliException($"'{path}' was trained as a whole, without --adapter: it has no adapter.");
    }

    // ML.NET writes the separator of the system it runs on.
    private static Dictionary<string, ZipArchiveEntry> Entries(ZipArchive archive) =>
        archive.Entries.GroupBy(entry => entry.FullName.Replace('\\', '/')).ToDictionary(g => g.Key, g => g.First());

    /// <summary>The first folder that has all of these files, with its separator; null: none has.</summary>
    private static string? FindFolder(Dictionary<string, ZipArchiveEntry> entries, string file, params string[] others) =>
        entries.Keys.Where(name => name.EndsWith('/' + file, StringComparison.Ordinal)).Order(StringComparer.Ordinal).Select(Folder)
            .FirstOrDefault(folder => others.All(other => entries.ContainsKey(folder + other)));

    private static ModelFiles Files(Dictionary<string, ZipArchiveEntry> entries, string folder, string path)
    {
        string[] names = [.. entries.Keys.Where(name => name.StartsWith(folder, StringComparison.Ordinal)).Select(name => name[folder.Length..])];
        return ModelFiles.FromStreams(names, name => Unpack(entries[folder + name]), path);
    }

    private static ZipArchive Open(string path)
    {
        try
        {
            return ZipFile.OpenRead(path);
        }
        catch (InvalidDataException e)
        {
            throw new CliException($"'{path}' is not a model zip: {e.Message}");
        }
    }

    private static string Folder(string name) => name[..(name.LastIndexOf('/') + 1)];

    /// <summary>An entry's stream does not know its length.</summary>
    private static MemoryStream Unpack(ZipArchiveEntry entry)
    {
        var memory = new MemoryStream(checked((int)entry.Length));
        using var stream = entry.Open();
        stream.CopyTo(memory);
        memory.Position = 0;
        return memory;
    }
}
