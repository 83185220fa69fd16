using System.Globalization;
using System.Text.Json;
using MLNetNlp.Transformers.Adapters;
using MLNetNlp.Transformers.Checkpoints;
using static TorchSharp.torch;

namespace MLNetNlp.Transformers.Training;

/// <summary>Checkpoints of a run: one folder <c>step-N</c> with weights, optimizer, best weights so far, and <see cref="TrainingState"/>.</summary>
/// <remarks>A checkpoint is written beside its final name and then renamed, so an interrupted write leaves the one before it.</remarks>
internal static class TrainingCheckpoint
{
    private const string Prefix = "step-";
    private const string Temporary = ".writing";
    private const string ModelFile = "model.safetensors";
    private const string OptimizerFile = "optimizer.safetensors";
    private const string BestFile = "best.safetensors";
    private const string AdapterFile = "adapter.safetensors";
    private const string StateFile = "trainer_state.json";
    private static readonly JsonSerializerOptions Json = new() { WriteIndented = true };

    /// <summary>The newest checkpoint in a folder, or null.</summary>
    public static string? Newest(string folder) => All(folder).MaxBy(StepOf);

    /// <summary>Creates the folder if need be, and fails now rather than after the first epoch when nothing can be written there.</summary>
    /// <exception cref="IOException">The folder cannot be written to; the message names it.</exception>
    public static void CheckWritable(string folder)
    {
        try
        {
            Directory.CreateDirectory(Path.Combine(folder, Temporary));
            Directory.Delete(Path.Combine(folder, Temporary), recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new IOException($"{nameof(TrainingOptions)}.{nameof(TrainingOptions.CheckpointFolder)} '{folder}' cannot be written to: {e.Message}", e);
        }
    }

    /// <summary>Removes every checkpoint of a folder, but nothing else.</summary>
    public static void Clear(string folder)
    {
        foreach (var checkpoint in All(folder).ToArray())
            Directory.Delete(checkpoint, recursive: true);
    }

    /// <summary>Writes a checkpoint, then removes the older ones.</summary>
    public static void Save(string folder, TrainingState state, nn.Module module, AdamW optimizer, BestWeights best, AdapterTraining? adapter = null)
    {
        var target = Path.Combine(folder, Prefix + state.Step.ToString(CultureInfo.InvariantCulture));
        if (Directory.Exists(target))
            return;
        var temporary = Path.Combine(folder, Temporary);
        if (Directory.Exists(temporary))
            Directory.Delete(temporary, recursive: true);
        Directory.CreateDirectory(temporary);
        using (no_grad())
        {
            Write(ModelFile, [.. module.named_parameters().Select(p => (p.name, (Tensor)p.parameter))]);
            Write(OptimizerFile, optimizer.State());
            if (best.State() is { Count: > 0 } weights)
                Write(BestFile, weights);
            if (adapter is not null)
                Write(AdapterFile, adapter.State);
        }

        File.WriteAllText(Path.Combine(temporary, StateFile), JsonSerializer.Serialize(state, Json));
        Directory.Move(temporary, target);
        foreach (var older in All(folder).Where(path => path != target).ToArray())
            Directory.Delete(older, recursive: true);

        void Write(string name, IReadOnlyList<(string, Tensor)> tensors)
        {
            using var scope = NewDisposeScope();
            using var stream = File.Create(Path.Combine(temporary, name));
            SafetensorsWriter.Write(stream, [.. tensors.Select(t => (t.Item1, t.Item2.detach().cpu().contiguous()))]);
        }
    }

    /// <summary>Reads where a checkpoint stands.</summary>
    /// <exception cref="InvalidDataException">The file is damaged.</exception>
    public static TrainingState ReadState(string checkpoint)
    {
        var path = Path.Combine(checkpoint, StateFile);
        try
        {
            return JsonSerializer.Deserialize<TrainingState>(File.ReadAllText(path)) ?? throw new JsonException("null");
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"'{path}' is not a training state: {e.Message}", e);
        }
    }

    /// <summary>Puts a checkpoint's tensors into module, optimizer and best weights.</summary>
    public static void Load(string checkpoint, TrainingState state, nn.Module module, AdamW optimizer, BestWeights best)
    {
        using var noGradients = no_grad();
        using (var file = SafetensorsFile.Open(Path.Combine(checkpoint, ModelFile)))
        {
            foreach (var (name, parameter) in module.named_parameters())
            {
                using var scope = NewDisposeScope();
                var entry = file.Tensors.GetValueOrDefault(name)
                    ?? throw new InvalidDataException($"The checkpoint '{checkpoint}' has no weights '{name}': it is of another model.");
                if (!entry.Shape.SequenceEqual(parameter.shape))
                {
                    throw new InvalidDataException($"The checkpoint '{checkpoint}' has '{name}' as [{string.Join(", ", entry.Shape)}], "
                        + $"but the model as [{string.Join(", ", parameter.shape)}].");
                }

                parameter.copy_(file.ToTensor(name));
            }
        }

        using (var file = SafetensorsFile.Open(Path.Combine(checkpoint, OptimizerFile)))
            optimizer.Load(file, state.Step);
        if (!File.Exists(Path.Combine(checkpoint, BestFile)))
            return;
        using (var file = SafetensorsFile.Open(Path.Combine(checkpoint, BestFile)))
            best.Load(file);
    }

    /// <summary>Puts a checkpoint's tensors into what the adapter does in training.</summary>
    /// <exception cref="InvalidDataException">The checkpoint is of a run with another adapter.</exception>
    public static void Load(string checkpoint, AdapterTraining adapter)
    {
        using var noGradients = no_grad();
        var path = Path.Combine(checkpoint, AdapterFile);
        using var file = File.Exists(path) ? SafetensorsFile.Open(path) : null;
        foreach (var (name, target) in adapter.State)
        {
            using var scope = NewDisposeScope();
            if (file?.Tensors.GetValueOrDefault(name) is not { } entry || !entry.Shape.SequenceEqual(target.shape))
                throw new InvalidDataException($"The checkpoint '{checkpoint}' does not hold the adapter's '{name}' [{string.Join(", ", target.shape)}]: it is of another adapter.");
            target.copy_(file.ToTensor(name));
        }

        adapter.Resume();
    }

    private static IEnumerable<string> All(string folder) =>
        Directory.Exists(folder) ? Directory.EnumerateDirectories(folder, Prefix + "*").Where(path => StepOf(path) >= 0) : [];

    private static int StepOf(string path) =>
        int.TryParse(Path.GetFileName(path).AsSpan(Prefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var step) ? step : -1;
}
