using System.Reflection;

namespace MLNetNlp.Models.Mini;

/// <summary>Where the embedded Mini model lies: a Hugging Face folder (config, weights, vocabulary) as resources of this assembly.</summary>
/// <remarks>
/// BERT, 4 layers, hidden size 384, 12 heads, 16,000 lower-cased English WordPieces, 13.4 million parameters in float16, no pooler.
/// Derived from sentence-transformers/all-MiniLM-L6-v2; Apache License 2.0 (resource <c>LICENSE</c>).
/// </remarks>
public static class MiniModel
{
    /// <summary>The assembly that holds the resources.</summary>
    public static Assembly Assembly => typeof(MiniModel).Assembly;

    /// <summary>What precedes a file's name in its resource's name; the names keep the folder's layout, for example <c>1_Pooling/config.json</c>.</summary>
    public static string ResourcePrefix => "MLNetNlp.Models.Mini.files.";
}
