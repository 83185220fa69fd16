namespace Microsoft.ML.Data;

/// <summary>What the built-in components write alike.</summary>
internal static class ModelFile
{
    /// <summary>The header of a component of this assembly, which is named simply, so that ML.NET's own of that name opens it as well.</summary>
    internal static VersionInfo Version(string signature, uint written, uint readable, uint oldest, string loader) =>
        new(signature, written, readable, oldest, typeof(ModelFile).Assembly.GetName().Name, loader);
}
