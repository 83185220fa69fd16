using System.Runtime.InteropServices;
using System.Text.Json;
using MLNetNlp.Transformers.Checkpoints;

namespace MLNetNlp;

/// <summary>
/// The head beside the body: <c>model_head.safetensors</c> with its numbers, named as scikit-learn or setfit name them, and <c>model_head.json</c> with what it is.
/// </summary>
internal static class HeadFiles
{
    public const string WeightsName = "model_head.safetensors";
    public const string ConfigName = "model_head.json";

    /// <summary>Where setfit itself keeps the head: a Python pickle.</summary>
    public const string PickleName = "model_head.pkl";

    public static void Save(ClassifierHead head, IReadOnlyList<string> labels, Func<string, Stream> createFile)
    {
        using (var stream = createFile(WeightsName))
            SafetensorsWriter.Write(stream, Tensors(head));
        using var file = createFile(ConfigName);
        using var writer = new Utf8JsonWriter(file, new JsonWriterOptions { Indented = true });
        writer.WriteStartObject();
        writer.WriteString("type", head.Kind.ToString());
        writer.WriteNumber("in_features", head.Width);
        writer.WriteNumber("out_features", head.Outputs);
        writer.WriteNumber("divisor", head.Divisor);
        writer.WriteBoolean("multi_label", head.HasSeveralLabels);
        writer.WriteStartArray("labels");
        foreach (var label in labels)
            writer.WriteStringValue(label);
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    /// <exception cref="InvalidDataException">A file is damaged, or the only head is a pickle.</exception>
    public static (ClassifierHead Head, IReadOnlyList<string> Labels) Load(ModelFiles files)
    {
        if (!files.Exists(WeightsName) || !files.Exists(ConfigName))
            throw Missing(files);
        try
        {
            using var document = JsonDocument.Parse(files.ReadAllBytes(ConfigName));
            var root = document.RootElement;
            if (!Enum.TryParse<HeadKind>(root.GetProperty("type").GetString(), out var kind))
                throw new InvalidDataException($"'{files.NameOf(ConfigName)}' has a head of type '{root.GetProperty("type")}', which is not known.");
            var (width, outputs) = (root.GetProperty("in_features").GetInt32(), root.GetProperty("out_features").GetInt32());
            var (weights, intercepts) = Read(files, kind, width, outputs);
            string[] labels = [.. root.GetProperty("labels").EnumerateArray().Select(l => l.ToString())];
            var head = new ClassifierHead(kind, width, outputs, weights, intercepts)
            {
                Divisor = root.GetProperty("divisor").GetDouble(),
                IsMultiLabelLayer = kind == HeadKind.SetFitHead && root.GetProperty("multi_label").GetBoolean(),
            };
            return (head, labels);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException or FormatException)
        {
            throw new InvalidDataException($"'{files.NameOf(ConfigName)}' cannot be read: {e.Message}", e);
        }
    }

    private static InvalidDataException Missing(ModelFiles files) => new(files.Exists(PickleName)
        ? $"The head of '{files.Description}' is '{PickleName}', a Python pickle. Opening one runs whatever code it holds, so it is never opened. The body can be "
            + $"used: fit a head from a few labelled examples with the SetFit trainer, '{nameof(SetFitOptions.Model)}' this folder and '{nameof(SetFitOptions.TrainBody)}' false."
        : $"'{files.Description}' has no '{WeightsName}' with '{ConfigName}': it is no folder that a SetFit model was saved to.");

    private static (float[][] Weights, float[] Intercepts) Read(ModelFiles files, HeadKind kind, int width, int outputs)
    {
        using var file = files.OpenSafetensors(WeightsName);
        if (kind != HeadKind.ClassifierChain)
        {
            var (weights, intercepts) = kind == HeadKind.SetFitHead ? ("linear.weight", "linear.bias") : ("coef", "intercept");
            return ([.. Numbers(weights).Chunk(Math.Max(width, 1))], Numbers(intercepts));
        }

        return ([.. Enumerable.Range(0, outputs).Select(k => Numbers($"{k}.coef"))],
            [.. Enumerable.Range(0, outputs).Select(k => Numbers($"{k}.intercept") is [var value] ? value : float.NaN)]);

        float[] Numbers(string name)
        {
            if (!file.Tensors.TryGetValue(name, out var entry))
                throw new InvalidDataException($"'{files.NameOf(WeightsName)}' has no tensor '{name}'.");
            var values = new float[entry.Shape.Aggregate(1L, (a, b) => a * b)];
            file.CopyTo(name, values);
            return values;
        }
    }

    private static List<(string, SafetensorsDType, IReadOnlyList<long>, ReadOnlyMemory<byte>)> Tensors(ClassifierHead head)
    {
        List<(string, SafetensorsDType, IReadOnlyList<long>, ReadOnlyMemory<byte>)> tensors = [];
        if (head.Kind == HeadKind.ClassifierChain)
        {
            for (var k = 0; k < head.Weights.Count; k++)
            {
                Add($"{k}.coef", [1, head.Weights[k].Length], head.Weights[k]);
                Add($"{k}.intercept", [1], [head.Intercepts[k]]);
            }

            return tensors;
        }

        var (weights, intercepts) = head.Kind == HeadKind.SetFitHead ? ("linear.weight", "linear.bias") : ("coef", "intercept");
        Add(weights, [head.Weights.Count, head.Width], [.. head.Weights.SelectMany(row => row)]);
        Add(intercepts, [head.Intercepts.Count], [.. head.Intercepts]);
        return tensors;

        void Add(string name, long[] shape, float[] values) =>
            tensors.Add((name, SafetensorsDType.F32, shape, MemoryMarshal.AsBytes(values.AsSpan()).ToArray()));
    }
}
