using System.IO.Compression;
using Microsoft.ML.Runtime;

namespace Microsoft.ML;

/// <summary>Reads a model file.</summary>
internal sealed class RepositoryReader : Repository
{
    private const long LargestInMemory = 1 << 26;

    private readonly Dictionary<string, ZipArchiveEntry> _entries = [];
    private readonly ZipArchive _archive;
    private readonly string _temporaryFolder;

    private RepositoryReader(ZipArchive archive, string temporaryFolder)
    {
        _archive = archive;
        _temporaryFolder = temporaryFolder;
        foreach (ZipArchiveEntry entry in archive.Entries)
        {
            _entries[entry.FullName.Replace('\\', '/')] = entry;
        }
    }

    public static RepositoryReader Open(Stream stream, IExceptionContext ectx = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        try
        {
            return new RepositoryReader(new ZipArchive(stream, ZipArchiveMode.Read, leaveOpen: true), (ectx as IHostEnvironmentInternal)?.TempFilePath);
        }
        catch (InvalidDataException e)
        {
            throw Contracts.ExceptDecode("Failed to open a zip archive", e);
        }
    }

    public Entry OpenEntry(string dir, string name) =>
        OpenEntryOrNull(dir, name) ?? throw Contracts.Mark(new InvalidOperationException($"Repository doesn't contain entry {EntryName(dir, name)}"));

    public Entry OpenEntryOrNull(string name) => OpenEntryOrNull(null, name);

    public Entry OpenEntryOrNull(string dir, string name)
    {
        string path = EntryName(dir, name);
        if (!_entries.TryGetValue(path, out ZipArchiveEntry zipped))
        {
            return null;
        }

        Stream stream = zipped.Length <= LargestInMemory ? new MemoryStream((int)zipped.Length) : TemporaryFile(_temporaryFolder);
        try
        {
            using Stream source = zipped.Open();
            source.CopyTo(stream);
        }
        catch (InvalidDataException e)
        {
            stream.Dispose();
            throw Contracts.ExceptDecode($"Corrupt model file: entry '{path}'", e);
        }

        stream.Position = 0;
        return new Entry(path, stream, entry => entry.Stream.Dispose());
    }

    public override void Dispose() => _archive.Dispose();
}
