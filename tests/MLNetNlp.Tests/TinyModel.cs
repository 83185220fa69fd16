using System.Runtime.InteropServices;
using MLNetNlp.Transformers.Checkpoints;

namespace MLNetNlp.Tests;

/// <summary>A BERT of 2 layers with random weights, as a Hugging Face folder: small enough to be trained many times in a test run.</summary>
internal static class TinyModel
{
    private const int Positions = 64;
    private static readonly Lazy<string> Made = new(() => Write(Path.Combine(Scratch.Folder, "tiny")));

    /// <summary>The folder; written once a test run.</summary>
    public static string Folder => Made.Value;

    /// <summary>The model as options take it.</summary>
    public static PretrainedModel Model => PretrainedModel.FromDirectory(Folder);

    /// <summary>Writes the folder anew, so that a test may spoil it.</summary>
    /// <param name="folder">The folder to make.</param>
    /// <param name="hidden">Width of the hidden states.</param>
    /// <param name="layers">Number of layers.</param>
    /// <param name="vocabulary">The tokens; null: letters and <see cref="Texts.Words"/>.</param>
    public static string Write(string folder, int hidden = 32, int layers = 2, string[]? vocabulary = null)
    {
        Directory.CreateDirectory(folder);
        vocabulary ??= ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]",
            .. Enumerable.Range('a', 26).Select(c => ((char)c).ToString()), .. Enumerable.Range('a', 26).Select(c => "##" + (char)c), ".", ",", "!", "?",
            .. Texts.Words];
        File.WriteAllLines(Path.Combine(folder, "vocab.txt"), vocabulary);
        File.WriteAllText(Path.Combine(folder, "tokenizer_config.json"),
            """{"do_lower_case": true, "model_max_length": 64, "tokenizer_class": "BertTokenizer"}""");
        File.WriteAllText(Path.Combine(folder, "config.json"), $$"""
            {
              "architectures": ["BertModel"], "model_type": "bert", "vocab_size": {{vocabulary.Length}}, "hidden_size": {{hidden}},
              "num_hidden_layers": {{layers}},
              "num_attention_heads": 4, "intermediate_size": {{2 * hidden}}, "hidden_act": "gelu", "hidden_dropout_prob": 0.1,
              "attention_probs_dropout_prob": 0.1,
              "max_position_embeddings": {{Positions}}, "type_vocab_size": 2, "initializer_range": 0.02, "layer_norm_eps": 1e-12, "pad_token_id": 0
            }
            """);
        using var stream = File.Create(Path.Combine(folder, "model.safetensors"));
        SafetensorsWriter.Write(stream, Tensors(vocabulary.Length, hidden, layers));
        return folder;
    }

    /// <summary>Writes the folder with NaN for every weight.</summary>
    public static string WriteNaN(string folder)
    {
        var path = Path.Combine(Write(folder), "model.safetensors");
        var bytes = File.ReadAllBytes(path);
        bytes.AsSpan(8 + (int)BitConverter.ToInt64(bytes)).Fill(0xFF);
        File.WriteAllBytes(path, bytes);
        return folder;
    }

    private static List<(string, SafetensorsDType, IReadOnlyList<long>, ReadOnlyMemory<byte>)> Tensors(int vocabulary, int hidden, int layers)
    {
        var random = new Random(5);
        List<(string, SafetensorsDType, IReadOnlyList<long>, ReadOnlyMemory<byte>)> tensors = [];
        Add("embeddings.word_embeddings.weight", vocabulary, hidden);
        Add("embeddings.position_embeddings.weight", Positions, hidden);
        Add("embeddings.token_type_embeddings.weight", 2, hidden);
        AddNorm("embeddings.LayerNorm");
        for (var i = 0; i < layers; i++)
        {
            var layer = $"encoder.layer.{i}.";
            foreach (var name in (string[])["query", "key", "value"])
                AddLinear($"{layer}attention.self.{name}", hidden, hidden);
            AddLinear(layer + "attention.output.dense", hidden, hidden);
            AddNorm(layer + "attention.output.LayerNorm");
            AddLinear(layer + "intermediate.dense", 2 * hidden, hidden);
            AddLinear(layer + "output.dense", hidden, 2 * hidden);
            AddNorm(layer + "output.LayerNorm");
        }

        AddLinear("pooler.dense", hidden, hidden);
        return tensors;

        void AddLinear(string name, int rows, int columns)
        {
            Add(name + ".weight", rows, columns);
            Fill(name + ".bias", 0, rows);
        }

        void AddNorm(string name)
        {
            Fill(name + ".weight", 1, hidden);
            Fill(name + ".bias", 0, hidden);
        }

        void Add(string name, params long[] shape) =>
            Put(name, shape, [.. Enumerable.Range(0, (int)shape.Aggregate((a, b) => a * b)).Select(_ => (random.NextSingle() - 0.5f) * 0.3f)]);

        void Fill(string name, float value, long count) => Put(name, [count], [.. Enumerable.Repeat(value, (int)count)]);

        void Put(string name, long[] shape, float[] values) =>
            tensors.Add((name, SafetensorsDType.F32, shape, MemoryMarshal.AsBytes(values.AsSpan()).ToArray()));
    }
}
