namespace MLNetNlp;

/// <summary>What a model zip holds of a model that was trained with an adapter.</summary>
public enum AdapterStorage
{
    /// <summary>
    /// The weights with the adapter merged into them: a plain model, as fast as one that was trained as a whole. The adapter's own files, less than a hundredth of it,
    /// are kept beside.
    /// </summary>
    Merged,

    /// <summary>The base model's weights and the adapter, which stays apart. Models over the same base share its weights in memory.</summary>
    BaseAndAdapter,

    /// <summary>
    /// The adapter and the head alone, with a reference to the base model: a small part of the size. Whoever loads it needs the very same base model, in the
    /// place where it was or where <see cref="BaseModels"/> says. Models over the same base share its weights in memory.
    /// </summary>
    AdapterOnly,
}
