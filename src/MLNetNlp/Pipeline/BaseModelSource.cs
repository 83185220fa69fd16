namespace MLNetNlp.Pipeline;

/// <summary>Where a base model comes from.</summary>
internal enum BaseModelSource
{
    Mini,
    Directory,
    Hub,
}
