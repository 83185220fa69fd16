using System.Security.Cryptography;
using System.Text.Json;
using MLNetNlp.Transformers.Checkpoints;

namespace MLNetNlp.Transformers.Tests.Checkpoints;

/// <summary>The reader's verdict on valid, odd and hostile files is that of the format's own library.</summary>
[TestClass]
public sealed class SafetensorsVerdictTests
{
    [TestMethod]
    public void Fixtures_are_judged_as_the_formats_library_judges_them() => CheckAll(TestPaths.Fixture("safetensors"));

    [TestMethod]
    public void All_hostile_and_odd_files_are_judged_as_the_formats_library_judges_them() => CheckAll(TestPaths.Shared("reference", "safetensors-bad"));

    private static void CheckAll(string folder)
    {
        using var index = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, "index.json")));
        Assert.IsGreaterThan(0, index.RootElement.GetArrayLength());
        List<string> faults = [];
        foreach (var expected in index.RootElement.EnumerateArray())
        {
            var path = Path.Combine(folder, expected.GetProperty("file").GetString()!);
            var bytes = File.ReadAllBytes(path);
            foreach (var (how, open) in new (string, Func<SafetensorsFile>)[]
                { ("Open", () => SafetensorsFile.Open(path)), ("FromMemory", () => SafetensorsFile.FromMemory(bytes, path)) })
            {
                if (Judge(open, expected, path) is { } fault)
                    faults.Add($"{how} {Path.GetFileName(path)}: {fault}");
            }
        }

        Assert.IsEmpty(faults, string.Join(Environment.NewLine, faults));
    }

    private static string? Judge(Func<SafetensorsFile> open, JsonElement expected, string path)
    {
        var accepts = expected.GetProperty("safe_open_accepts").GetBoolean();
        try
        {
            using var file = open();
            return accepts ? Compare(file, expected) : "was accepted, but must be refused";
        }
        catch (InvalidDataException e)
        {
            return accepts ? $"was refused: {e.Message}" : e.Message.Contains(Path.GetFileName(path)) ? null : $"the error does not name the file: {e.Message}";
        }
    }

    private static string? Compare(SafetensorsFile file, JsonElement expected)
    {
        var tensors = expected.GetProperty("tensors");
        if (tensors.EnumerateObject().Count() != file.Tensors.Count)
            return $"has {file.Tensors.Count} tensors";
        foreach (var tensor in tensors.EnumerateObject())
        {
            if (!file.Tensors.TryGetValue(tensor.Name, out var entry))
                return $"lacks '{tensor.Name}'";
            if (entry.DType.FormatName() != tensor.Value.GetProperty("dtype").GetString())
                return $"'{tensor.Name}' is {entry.DType}";
            if (!entry.Shape.SequenceEqual(tensor.Value.GetProperty("shape").EnumerateArray().Select(v => v.GetInt64())))
                return $"'{tensor.Name}' has shape [{string.Join(", ", entry.Shape)}]";
        }

        var metadata = expected.GetProperty("metadata");
        var pairs = metadata.ValueKind == JsonValueKind.Null ? [] : metadata.EnumerateObject().ToDictionary(p => p.Name, p => p.Value.GetString()!);
        if (pairs.Count != file.Metadata.Count || pairs.Any(p => file.Metadata[p.Key] != p.Value))
            return "has other metadata";
        return CompareContents(file, expected);
    }

    private static string? CompareContents(SafetensorsFile file, JsonElement expected)
    {
        if (expected.TryGetProperty("raw_sha256", out var hashes))
        {
            foreach (var hash in hashes.EnumerateObject())
            {
                if (Convert.ToHexStringLower(SHA256.HashData(file.Bytes(hash.Name))) != hash.Value.GetString())
                    return $"'{hash.Name}' has other bytes";
            }
        }

        if (!expected.TryGetProperty("values", out var values))
            return null;
        foreach (var tensor in values.EnumerateObject())
        {
            var entry = file.Tensors[tensor.Name];
            if (!FloatConversion.CanConvert(entry.DType))
                continue;
            var actual = new float[entry.ElementCount];
            file.CopyTo(tensor.Name, actual);
            var first = tensor.Value.EnumerateArray().Select(v => (float)(v.ValueKind == JsonValueKind.Number ? v.GetDouble() : double.Parse(v.GetString()!)));
            if (!first.SequenceEqual(actual.Take(tensor.Value.GetArrayLength())))
                return $"'{tensor.Name}' is [{string.Join(", ", actual)}]";
        }

        return null;
    }
}
