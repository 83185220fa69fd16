using MLNetNlp.Pipeline;

namespace MLNetNlp;

/// <summary>The columns of a cross-encoder.</summary>
/// <param name="Texts">The pair.</param>
/// <param name="Score">The output.</param>
/// <param name="Label">What the model was trained on; null where it was not trained here.</param>
/// <param name="Group">Rankings only.</param>
internal sealed record CrossEncoderColumns(TextColumns Texts, string Score, string? Label, string? Group);
