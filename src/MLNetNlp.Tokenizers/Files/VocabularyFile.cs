using System.Text;

namespace MLNetNlp.Tokenizers.Files;

/// <summary>vocab.txt: a token a line, whose id is the line's number counted from 0.</summary>
internal static class VocabularyFile
{
    /// <summary>The file's name.</summary>
    public const string Name = "vocab.txt";

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Reads the tokens; null when there is no such file.</summary>
    /// <exception cref="InvalidDataException">The file is empty or not UTF-8.</exception>
    public static List<string>? TryRead(Func<string, Stream?> openFile, string description)
    {
        using var stream = openFile(Name);
        if (stream is null)
            return null;
        var tokens = new List<string>(32 * 1024);
        try
        {
            using var reader = new StreamReader(stream, StrictUtf8, detectEncodingFromByteOrderMarks: true, bufferSize: 64 * 1024);
            while (reader.ReadLine() is { } line)
                tokens.Add(line);
        }
        catch (DecoderFallbackException e)
        {
            throw new InvalidDataException($"{Name} of {description} is not UTF-8 after line {tokens.Count}: {e.Message}", e);
        }

        return tokens.Exists(t => t.Length > 0) ? tokens : throw new InvalidDataException($"{Name} of {description} is empty: it must have a token a line.");
    }

    /// <summary>Whether every token can stand on a line of its own.</summary>
    public static bool CanHold(IEnumerable<string> tokens) => tokens.All(t => t.AsSpan().IndexOfAny('\r', '\n') < 0);

    /// <summary>Writes the tokens.</summary>
    public static void Write(IEnumerable<string> tokens, Stream stream)
    {
        using var writer = new StreamWriter(stream, StrictUtf8) { NewLine = "\n" };
        foreach (var token in tokens)
            writer.WriteLine(token);
    }
}
