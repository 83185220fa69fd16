using System.Text;
using MLNetNlp.Transformers.Checkpoints;

namespace MLNetNlp.Transformers.Tests.Checkpoints;

/// <summary>Small model files made for one test.</summary>
internal static class TestFiles
{
    /// <summary>The configuration of a tiny BERT.</summary>
    public const string Config = """
        {"model_type": "bert", "vocab_size": 20, "hidden_size": 8, "num_hidden_layers": 1, "num_attention_heads": 2,
        "intermediate_size": 12, "max_position_embeddings": 16}
        """;

    /// <summary>A safetensors file of a header and data.</summary>
    public static byte[] Safetensors(string header, params byte[] data)
    {
        var json = Encoding.UTF8.GetBytes(header);
        return [.. BitConverter.GetBytes((ulong)json.Length), .. json, .. data];
    }

    /// <summary>A safetensors file of a header and that many bytes of zero.</summary>
    public static byte[] Safetensors(string header, int dataLength) => Safetensors(header, new byte[dataLength]);

    /// <summary>A safetensors file of float tensors.</summary>
    public static byte[] Safetensors(params (string Name, long[] Shape, float[] Values)[] tensors)
    {
        using var stream = new MemoryStream();
        SafetensorsWriter.Write(stream, [.. tensors.Select(t =>
            (t.Name, SafetensorsDType.F32, (IReadOnlyList<long>)t.Shape, new ReadOnlyMemory<byte>(t.Values.SelectMany(BitConverter.GetBytes).ToArray())))]);
        return stream.ToArray();
    }

    /// <summary>Files in memory; strings are UTF-8.</summary>
    public static ModelFiles InMemory(params (string Name, object Content)[] files) => ModelFiles.FromMemory(
        files.ToDictionary(f => f.Name, f => f.Content as byte[] ?? Encoding.UTF8.GetBytes((string)f.Content)), "test-model");
}
