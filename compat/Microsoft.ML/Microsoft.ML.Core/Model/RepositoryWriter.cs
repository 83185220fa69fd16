using System.IO.Compression;
using System.Reflection;
using System.Text;
using Microsoft.ML.Runtime;

namespace Microsoft.ML;

/// <summary>Writes a model file.</summary>
internal sealed class RepositoryWriter : Repository
{
    private readonly HashSet<string> _names = [];
    private readonly List<Entry> _open = [];
    private readonly ZipArchive _archive;
    private readonly string _temporaryFolder;

    private RepositoryWriter(Stream stream, string temporaryFolder)
    {
        _archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true);
        _temporaryFolder = temporaryFolder;
    }

    public static RepositoryWriter CreateNew(Stream stream, IExceptionContext ectx = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        RepositoryWriter writer = new(stream, (ectx as IHostEnvironmentInternal)?.TempFilePath);
        using Entry entry = writer.CreateEntry("TrainingInfo", "Version.txt");
        using StreamWriter text = new(entry.Stream, new UTF8Encoding(false), leaveOpen: true);
        text.WriteLine(typeof(RepositoryWriter).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>().InformationalVersion);
        return writer;
    }

    public Entry CreateEntry(string name) => CreateEntry(null, name);

    // Several entries are open at once (a chain's and its members'), which an archive that is being written cannot do: so each is a file first.
    public Entry CreateEntry(string dir, string name)
    {
        string path = EntryName(dir, name);
        if (!_names.Add(path))
        {
            throw Errors.Parameter($"Duplicate entry: '{path}'", nameof(name));
        }

        Entry entry = new(path, TemporaryFile(_temporaryFolder), Close);
        _open.Add(entry);
        return entry;
    }

    public void Commit()
    {
        while (_open.Count > 0)
        {
            _open[^1].Dispose();
        }
    }

    public override void Dispose()
    {
        foreach (Entry entry in _open)
        {
            entry.Stream.Dispose();
        }

        _open.Clear();
        _archive.Dispose();
    }

    private void Close(Entry entry)
    {
        _open.Remove(entry);
        using Stream source = entry.Stream;
        using Stream destination = _archive.CreateEntry(entry.Path).Open();
        source.Position = 0;
        source.CopyTo(destination);
    }
}
