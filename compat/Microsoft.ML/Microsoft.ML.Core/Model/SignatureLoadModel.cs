namespace Microsoft.ML;

/// <summary>Names the way in which components are made from a model file.</summary>
internal delegate void SignatureLoadModel(ModelLoadContext ctx);
