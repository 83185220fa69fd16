namespace MLNetNlp.Transformers.Losses;

/// <summary>What a loss needs as label.</summary>
public enum EmbeddingLabelKind
{
    /// <summary>Nothing: the texts say it all.</summary>
    None,

    /// <summary>A number a row: [batch], float32.</summary>
    Score,

    /// <summary>Whether the texts of a row belong together: [batch], 1 or 0, of any type.</summary>
    Binary,

    /// <summary>A class a row, counted from 0: [batch], int64.</summary>
    Class,

    /// <summary>Several numbers a row: [batch, width], float32; [batch] where the width is 1.</summary>
    Vector,
}
