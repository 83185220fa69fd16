using System.Text;
using MLNetNlp.Cli.Data;

namespace MLNetNlp.Cli.Output;

/// <summary>Writes the rows that were read with what the model says of them, one at a time.</summary>
internal abstract class PredictionWriter : IDisposable
{
    /// <summary>The column of the class that is predicted.</summary>
    public const string LabelColumn = "predictedLabel";

    /// <summary>The column of a class's probability is this and the class's name.</summary>
    public const string ProbabilityPrefix = "probability:";

    private protected PredictionWriter(Stream stream) => Text = new StreamWriter(stream, new UTF8Encoding(false), 1 << 16, leaveOpen: true) { NewLine = "\n" };

    private protected StreamWriter Text { get; }

    /// <summary>A writer for the format that the extension of <paramref name="path"/> stands for.</summary>
    /// <param name="columns">The names of the columns that were read. One that a prediction has too, from an earlier run, is replaced.</param>
    public static PredictionWriter Create(Stream stream, string path, IReadOnlyList<string> columns, IReadOnlyList<string> classes) => FileFormats.Of(path) switch
    {
        FileFormat.Tsv => new DelimitedPredictionWriter(stream, '\t', columns, classes),
        FileFormat.Csv => new DelimitedPredictionWriter(stream, ',', columns, classes),
        _ => new JsonPredictionWriter(stream, columns, classes),
    };

    /// <summary>Writes a row.</summary>
    /// <param name="fields">One text for each column that was read.</param>
    /// <param name="json">The JSON object that was read, or empty when the input is not JSON lines.</param>
    public abstract void Write(IReadOnlyList<string> fields, string json, Prediction prediction);

    public void Dispose() => Text.Dispose();

    private protected static bool IsOwn(string column) => column == LabelColumn || column.StartsWith(ProbabilityPrefix, StringComparison.Ordinal);
}
