using MLNetNlp.Cli.Data;

namespace MLNetNlp.Cli.Output;

/// <summary>Writes rows with their vectors, one at a time.</summary>
internal abstract class VectorWriter : IDisposable
{
    /// <summary>The column of the vectors. One of this name that was read is replaced.</summary>
    public const string Column = "vector";

    private const string NumPy = ".npy";

    /// <summary>A writer for the format that the extension of <paramref name="path"/> stands for.</summary>
    /// <param name="stream">The file.</param>
    /// <param name="path">Its name.</param>
    /// <param name="columns">The names of the columns that were read.</param>
    /// <param name="dimension">Numbers of a vector.</param>
    public static VectorWriter Create(Stream stream, string path, IReadOnlyList<string> columns, int dimension)
    {
        if (IsNumPy(path))
            return new NumPyVectorWriter(stream, dimension);
        return FileFormats.Of(path) switch
        {
            FileFormat.Tsv => new DelimitedVectorWriter(stream, '\t', columns),
            FileFormat.Csv => new DelimitedVectorWriter(stream, ',', columns),
            _ => new JsonVectorWriter(stream, columns),
        };
    }

    /// <summary>Throws when the extension stands for no format.</summary>
    /// <exception cref="CliException">It does not.</exception>
    public static void Check(string path)
    {
        if (!IsNumPy(path))
            FileFormats.Of(path);
    }

    /// <summary>Writes a row.</summary>
    /// <param name="fields">One text for each column that was read.</param>
    /// <param name="json">The JSON object that was read, or empty when the input is not JSON lines.</param>
    /// <param name="vector">Its vector.</param>
    public abstract void Write(IReadOnlyList<string> fields, string json, ReadOnlySpan<float> vector);

    public abstract void Dispose();

    private static bool IsNumPy(string path) => path.EndsWith(NumPy, StringComparison.OrdinalIgnoreCase);
}
