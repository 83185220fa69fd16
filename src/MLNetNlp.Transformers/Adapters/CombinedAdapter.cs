using System.Text.Json.Nodes;
using MLNetNlp.Transformers.Checkpoints;
using static TorchSharp.torch;

namespace MLNetNlp.Transformers.Adapters;

/// <summary>Makes one LoRA adapter of several that were trained on one base model: a weighted combination, as PEFT's <c>add_weighted_adapter</c>.</summary>
/// <remarks>
/// Works on the adapters' files alone. Only what LoRA adds to layers is combined; heads cannot be: the result has none, so it goes onto a model whose head is
/// there already, or onto an encoder.
/// </remarks>
public static class CombinedAdapter
{
    private const string A = ".lora_A.weight";
    private const string B = ".lora_B.weight";
    private const string Prefix = "base_model.model.";

    /// <summary>Combines adapters and writes the result, as <see cref="AdapterFiles"/> reads it.</summary>
    /// <param name="adapters">The folder and the weight of each; a weight may be negative.</param>
    /// <param name="combination">How.</param>
    /// <param name="createFile">Opens a file for writing, by name.</param>
    /// <param name="rank">With <see cref="AdapterCombination.Svd"/>: the result's rank. Null: the highest of the adapters.</param>
    /// <exception cref="ArgumentException">There is none, ranks differ that must not, or a rank makes no sense.</exception>
    /// <exception cref="InvalidDataException">The adapters are of two base models (the message names both hashes), or a file is damaged.</exception>
    /// <exception cref="NotSupportedException">An adapter is not plain LoRA on linear layers, or adapters have other layers.</exception>
    public static void Write(
        IReadOnlyList<(ModelFiles Files, double Weight)> adapters, AdapterCombination combination, Func<string, Stream> createFile, int? rank = null)
    {
        ArgumentNullException.ThrowIfNull(adapters);
        ArgumentNullException.ThrowIfNull(createFile);
        if (adapters.Count == 0)
            throw new ArgumentException("There are no adapters to combine; at least one is needed.", nameof(adapters));
        if (rank < 1)
            throw new ArgumentOutOfRangeException(nameof(rank), rank, $"The rank is {rank}; 1 or more is needed.");
        using var noGradients = no_grad();
        using var scope = NewDisposeScope();
        Source[] sources = [.. adapters.Select(a => Source.Read(a.Files, a.Weight))];
        Check(sources, combination);
        var ranks = sources[0].Layers.ToDictionary(layer => layer, layer => rank ?? sources.Max(s => s.Rank(layer)), StringComparer.Ordinal);
        List<(string, Tensor)> tensors = [];
        foreach (var layer in sources[0].Layers)
        {
            var (a, b) = Combine([.. sources.Select(s => s.Matrices(layer))], combination, ranks[layer]);
            tensors.Add((Prefix + layer + A, a.contiguous()));
            tensors.Add((Prefix + layer + B, b.contiguous()));
        }

        using (var stream = createFile(AdapterFiles.ConfigName))
            AdapterConfig.WriteCombined(sources[0].Fields, [.. tensors.Where(t => t.Item1.EndsWith(A, StringComparison.Ordinal)).Select(t => (int)t.Item2.shape[0])],
                sources[0].Layers, stream);
        Dictionary<string, string> metadata = new() { ["format"] = "pt" };
        if (sources.Select(s => s.BaseHash).FirstOrDefault(hash => hash is not null) is { } known)
            metadata[AdapterTensors.HashKey] = known;
        using (var stream = createFile(AdapterFiles.WeightsName))
            SafetensorsWriter.Write(stream, tensors, metadata);
    }

    private static void Check(Source[] sources, AdapterCombination combination)
    {
        foreach (var source in sources.Skip(1))
        {
            if (!source.Layers.SequenceEqual(sources[0].Layers))
                throw new NotSupportedException($"'{source.Name}' and '{sources[0].Name}' change other layers; adapters of the same layers are needed.");
            if (source.BaseHash is { } hash && sources[0].BaseHash is { } first && hash != first)
            {
                throw new InvalidDataException($"'{sources[0].Name}' was trained on a base model whose weights' SHA-256 is {first}, '{source.Name}' on one with {hash}: "
                    + "adapters of one base model are needed.");
            }

            if (combination == AdapterCombination.Linear && source.Layers.FirstOrDefault(layer => source.Rank(layer) != sources[0].Rank(layer)) is { } other)
            {
                throw new ArgumentException($"'{sources[0].Name}' has rank {sources[0].Rank(other)} at '{other}', '{source.Name}' has {source.Rank(other)}: "
                    + $"{nameof(AdapterCombination.Linear)} needs one rank; {nameof(AdapterCombination.Concatenation)} and {nameof(AdapterCombination.Svd)} do not.");
            }
        }
    }

    private static (Tensor A, Tensor B) Combine(IReadOnlyList<(Tensor A, Tensor B, double Factor)> parts, AdapterCombination combination, int rank)
    {
        switch (combination)
        {
            case AdapterCombination.Linear:
                return (Sum(parts.Select(p => p.A * Math.Sign(p.Factor) * Math.Sqrt(Math.Abs(p.Factor)))), Sum(parts.Select(p => p.B * Math.Sqrt(Math.Abs(p.Factor)))));
            case AdapterCombination.Concatenation:
                return (cat([.. parts.Select(p => p.A * p.Factor)], 0), cat([.. parts.Select(p => p.B)], 1));
            case AdapterCombination.Svd:
                var delta = Sum(parts.Select(p => p.B.matmul(p.A) * p.Factor));
                rank = (int)Math.Min(rank, Math.Min(delta.shape[0], delta.shape[1]));
                var (u, s, vh) = linalg.svd(delta, fullMatrices: false);
                return (vh.narrow(0, 0, rank), u.narrow(1, 0, rank) * s.narrow(0, 0, rank));
            default:
                throw new ArgumentOutOfRangeException(nameof(combination), combination,
                    $"The combination is {combination}; one of {string.Join(", ", Enum.GetNames<AdapterCombination>())} is needed.");
        }
    }

    private static Tensor Sum(IEnumerable<Tensor> tensors) => tensors.Aggregate((sum, next) => sum + next);

    /// <summary>One of the adapters.</summary>
    private sealed class Source
    {
        private readonly Dictionary<string, (Tensor A, Tensor B, double Factor)> _matrices = new(StringComparer.Ordinal);

        public required string Name { get; init; }

        public required JsonObject Fields { get; init; }

        public string? BaseHash { get; init; }

        public IReadOnlyList<string> Layers => [.. _matrices.Keys.Order(StringComparer.Ordinal)];

        public int Rank(string layer) => (int)_matrices[layer].A.shape[0];

        public (Tensor A, Tensor B, double Factor) Matrices(string layer) => _matrices[layer];

        public static Source Read(ModelFiles files, double weight)
        {
            var (options, fields) = AdapterConfig.Read(files);
            if (options is not LoraOptions { Dora: false, Bias: AdapterBias.None } lora)
                throw new NotSupportedException($"'{files.Description}' is {options.PeftType} with more than matrices A and B; only plain LoRA adapters are combined.");
            using var weights = files.OpenSafetensors(AdapterFiles.WeightsName);
            var source = new Source { Name = files.Description, Fields = fields, BaseHash = weights.Metadata.GetValueOrDefault(AdapterTensors.HashKey) };
            foreach (var name in weights.Tensors.Keys.Where(name => name.EndsWith(A, StringComparison.Ordinal)))
            {
                var layer = name[Prefix.Length..^A.Length];
                if (!weights.Tensors.ContainsKey(Prefix + layer + B))
                    throw new InvalidDataException($"'{weights.Name}' lacks the tensor '{Prefix + layer + B}'.");
                source._matrices.Add(layer, (weights.ToTensor(name, ScalarType.Float32), weights.ToTensor(Prefix + layer + B, ScalarType.Float32), weight * lora.ScaleOf(layer)));
            }

            if (source._matrices.Count == 0 || weights.Tensors.Keys.Any(name => name.Contains("lora_embedding", StringComparison.Ordinal)))
                throw new NotSupportedException($"'{files.Description}' has LoRA on an embedding table, or on nothing; only linear layers are combined.");
            return source;
        }
    }
}
