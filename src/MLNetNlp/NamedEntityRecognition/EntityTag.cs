using MLNetNlp.Metrics.Tagging;

namespace MLNetNlp;

/// <summary>What a tag says of the entity that its word is in.</summary>
/// <param name="Type">The entity's type; for the tag of words outside of entities, that tag.</param>
/// <param name="Begins">Whether an entity begins here, even right after another of the type.</param>
/// <param name="Ends">Whether the entity ends here, even right before another of the type.</param>
internal readonly record struct EntityTag(string Type, bool Begins, bool Ends)
{
    /// <summary>The parts of a tag. Without a scheme it is all type, so that neighbours of one tag are one entity.</summary>
    public static EntityTag Parse(string name, TagScheme scheme) =>
        scheme != TagScheme.Plain && Tag.TryParse(name, suffix: false, out var tag) && tag.Prefix != 'O'
            ? new EntityTag(tag.Type, tag.Prefix is 'B' or 'S' or 'U', tag.Prefix is 'E' or 'L' or 'S' or 'U')
            : new EntityTag(name, false, false);
}
