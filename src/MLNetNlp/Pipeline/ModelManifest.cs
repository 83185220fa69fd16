using System.Reflection;
using System.Text.Json.Serialization;

namespace MLNetNlp.Pipeline;

/// <summary>What every task's <c>mlnetnlp.json</c> says: the file beside a Hugging Face folder's own that makes it a transformer of ours.</summary>
internal abstract record ModelManifest
{
    /// <summary>The file's name.</summary>
    public const string FileName = "mlnetnlp.json";

    /// <summary>The newest format that this version writes and reads.</summary>
    public const int CurrentFormat = 2;

    // Before there were adapters that are not part of the weights.
    private const int FirstFormat = 1;

    /// <summary>Rises when a version writes what older ones cannot read.</summary>
    [JsonPropertyOrder(-5)]
    public int FormatVersion { get; init; } = FirstFormat;

    /// <summary>The version of MLNetNlp that wrote the model.</summary>
    [JsonPropertyOrder(-4)]
    public string ProductVersion { get; init; } = CurrentProduct;

    /// <summary>The task, as its part of the zip is registered with ML.NET.</summary>
    [JsonPropertyOrder(-3)]
    public required string Task { get; init; }

    /// <summary>The folder's other files.</summary>
    public IReadOnlyList<string> Files { get; init; } = [];

    /// <summary>The oldest format that can hold these files.</summary>
    public static int FormatOf(IReadOnlyCollection<string> files) => files.Contains(BaseModelReference.FileName) ? CurrentFormat : FirstFormat;

    private static string CurrentProduct { get; } =
        typeof(ModelManifest).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "0";
}
