namespace Microsoft.ML.Data;

/// <summary>The names of annotations that the components agree on.</summary>
internal static class AnnotationKinds
{
    internal const string KeyValues = "KeyValues";
    internal const string SlotNames = "SlotNames";
    internal const string IsNormalized = "IsNormalized";
    internal const string ScoreColumnSetId = "ScoreColumnSetId";
}
