using System.Text.Json.Serialization;

namespace MLNetNlp;

/// <summary>How vectors are stored: the smaller, the more of them fit into memory, and the less exact their distances.</summary>
/// <remarks>
/// The values are those of sentence-transformers' <c>quantize_embeddings</c>. Search a corpus of bytes or bits, and compare the best again with whole numbers.
/// </remarks>
[JsonConverter(typeof(JsonStringEnumConverter<EmbeddingPrecision>))]
public enum EmbeddingPrecision
{
    /// <summary>Whole numbers: a vector of Single, 4 bytes a dimension.</summary>
    Float32,

    /// <summary>
    /// A vector of SByte, 1 byte a dimension: the dimension's range over the data that <c>Fit</c> saw, in 255 steps from -128. What is outside is the end.
    /// </summary>
    Int8,

    /// <summary>As <see cref="Int8"/>, from 0: a vector of Byte.</summary>
    UInt8,

    /// <summary>A vector of SByte, 1 bit a dimension, whether it is above 0: eight of them, the first the highest, minus 128.</summary>
    Binary,

    /// <summary>As <see cref="Binary"/>, without the minus: a vector of Byte.</summary>
    UBinary,
}
