namespace MLNetNlp.Cli.Data;

/// <summary>Finds columns of a data file by name.</summary>
internal static class FileColumns
{
    /// <summary>The names in the header of <paramref name="file"/>.</summary>
    public static IReadOnlyList<string> Of(string file)
    {
        using var reader = RecordReader.Open(file);
        return reader.Columns;
    }

    /// <summary>The number of the column <paramref name="name"/>.</summary>
    /// <param name="source">How errors name the file.</param>
    /// <exception cref="CliException">There is none, or there are two.</exception>
    public static int Find(string source, IReadOnlyList<string> header, string name)
    {
        var found = -1;
        for (var i = 0; i < header.Count; i++)
        {
            if (header[i] != name)
                continue;
            if (found >= 0)
                throw new CliException($"{source} has two columns '{name}'.");
            found = i;
        }

        return found >= 0 ? found : throw new CliException($"{source} has no column '{name}'; its columns are {List(header)}.");
    }

    private static string List(IReadOnlyList<string> header) => string.Join(", ", header.Select(name => $"'{name}'"));
}
