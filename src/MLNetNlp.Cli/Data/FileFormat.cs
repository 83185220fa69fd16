namespace MLNetNlp.Cli.Data;

/// <summary>How a data file is written; its name's extension tells.</summary>
internal enum FileFormat
{
    /// <summary>Tabs between fields, no quoting: a double quote is a character like any other.</summary>
    Tsv,

    /// <summary>Commas between fields, quoted as in RFC 4180.</summary>
    Csv,

    /// <summary>One JSON object a line.</summary>
    JsonLines,
}
