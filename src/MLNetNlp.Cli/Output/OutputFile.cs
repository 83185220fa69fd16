namespace MLNetNlp.Cli.Output;

/// <summary>A file to be written at the end: proven writable when it is made, and replaced in one move so that a failed run leaves what was there.</summary>
internal sealed class OutputFile : IDisposable
{
    private readonly string _option;
    private readonly string _partial;
    private bool _committed;

    /// <summary>Creates <c>PATH.partial</c> beside the target.</summary>
    /// <exception cref="CliException">The target cannot be written; the message names <paramref name="option"/>.</exception>
    public OutputFile(string path, string option)
    {
        Path = path;
        _option = option;
        _partial = path + ".partial";
        var folder = System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(path))!;
        if (Directory.Exists(path) || System.IO.Path.GetFileName(path).Length == 0)
            throw new CliException($"{option}: '{path}' is a folder; a file name is needed.");
        if (!Directory.Exists(folder))
            throw new CliException($"{option}: there is no folder '{folder}' to write '{System.IO.Path.GetFileName(path)}' into.");
        Try(() =>
        {
            if (File.Exists(path))
                File.Open(path, FileMode.Open, FileAccess.Write).Dispose();
            File.Create(_partial).Dispose();
            return true;
        });
    }

    public string Path { get; }

    /// <summary>Lets <paramref name="write"/> fill the file and puts it in place.</summary>
    public void Write(Action<Stream> write)
    {
        using (var stream = Try(() => File.Create(_partial)))
            write(stream);
        Try(() =>
        {
            File.Move(_partial, Path, overwrite: true);
            return true;
        });
        _committed = true;
    }

    /// <summary>Removes the unfinished file.</summary>
    public void Dispose()
    {
        if (_committed)
            return;
        try
        {
            File.Delete(_partial);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A left-over .partial file is no reason to hide why the run ended.
        }
    }

    private T Try<T>(Func<T> action)
    {
        try
        {
            return action();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CliException($"{_option}: '{Path}' cannot be written: {e.Message}", e);
        }
    }
}
