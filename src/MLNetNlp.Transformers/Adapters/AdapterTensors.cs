using System.Globalization;
using MLNetNlp.Transformers.Checkpoints;
using static TorchSharp.torch;

namespace MLNetNlp.Transformers.Adapters;

/// <summary>Reads an adapter's tensors from a file, and says exactly what does not fit.</summary>
internal static class AdapterTensors
{
    /// <summary>The field of the file's metadata that has the base model's hash; other libraries pass over it.</summary>
    public const string HashKey = "base_sha256";

    /// <summary>Refuses a file that says it belongs to another base model. The error's data have both hashes under <see cref="HashKey"/>.</summary>
    public static void CheckBase(ModelAdapter adapter, SafetensorsFile weights)
    {
        if (!weights.Metadata.TryGetValue(HashKey, out var expected) || BaseModelHash.Compute(adapter) is var actual && actual == expected)
            return;
        var error = new InvalidDataException($"'{weights.Name}' was trained on another base model: its weights' SHA-256 is {expected}, this model's {actual}. "
            + "Load the adapter onto the base model that it names.");
        error.Data[HashKey] = (expected, actual);
        throw error;
    }

    /// <summary>Reads all tensors, no more and no fewer.</summary>
    /// <param name="weights">The file.</param>
    /// <param name="tensors">What it is to hold; copies are passed over.</param>
    public static void Fill(SafetensorsFile weights, IEnumerable<(string Name, Tensor Value, bool IsCopy)> tensors)
    {
        using var noGradients = no_grad();
        HashSet<string> used = new(StringComparer.Ordinal);
        List<string> missing = [];
        foreach (var (name, target, isCopy) in tensors)
        {
            used.Add(name);
            if (isCopy)
                continue;
            if (!weights.Tensors.TryGetValue(name, out var entry))
            {
                missing.Add(name);
                continue;
            }

            if (!entry.Shape.SequenceEqual(target.shape))
            {
                throw new InvalidDataException($"'{weights.Name}': tensor '{name}' has shape [{string.Join(", ", entry.Shape)}], "
                    + $"but '{AdapterFiles.ConfigName}' and this model need [{string.Join(", ", target.shape)}].");
            }

            SafetensorsTensors.CopyInto(weights, entry, target);
        }

        string[] extra = [.. weights.Tensors.Keys.Where(name => !used.Contains(name)).Order(StringComparer.Ordinal)];
        if (missing.Count > 0)
            throw new InvalidDataException($"'{weights.Name}' lacks {missing.Count} of the adapter's tensors: {Show(missing)}.");
        if (extra.Length > 0)
            throw new InvalidDataException($"'{weights.Name}' has {extra.Length} tensors that are not the adapter's: {Show(extra)}.");
    }

    /// <summary>Options in one line: "nf4,64,double".</summary>
    public static string Describe(QuantizationOptions options) => string.Create(CultureInfo.InvariantCulture,
        $"{options.Kind.ToString().ToLowerInvariant()},{options.BlockSize},{(options.DoubleQuantization ? "double" : "single")}");

    /// <summary>The options of such a line.</summary>
    /// <exception cref="InvalidDataException">It is none.</exception>
    public static QuantizationOptions ReadQuantization(string line, string file)
    {
        if (line.Split(',') is not [var kind, var size, "double" or "single"] || !Enum.TryParse<QuantizationKind>(kind, true, out var parsed)
            || !int.TryParse(size, NumberStyles.None, CultureInfo.InvariantCulture, out var blockSize))
            throw new InvalidDataException($"'{file}': the metadata's 'base_quantization' is '{line}'; a line such as 'nf4,64,double' is needed.");
        QuantizationOptions options = new() { Kind = parsed, BlockSize = blockSize, DoubleQuantization = line.EndsWith("double", StringComparison.Ordinal) };
        options.Validate();
        return options;
    }

    private static string Show(IReadOnlyList<string> names) => string.Join(", ", names.Take(8)) + (names.Count > 8 ? ", ..." : "");
}
