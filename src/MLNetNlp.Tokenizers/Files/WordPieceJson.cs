using System.Text.Json;

namespace MLNetNlp.Tokenizers.Files;

/// <summary>A tokenizer.json of the WordPiece kind, with BERT's normalizer, pre-tokenizer, post-processor and decoder.</summary>
internal sealed record WordPieceJson
{
    /// <summary>The file's name.</summary>
    public const string Name = "tokenizer.json";

    /// <summary>Its normalization, limits and special tokens; the padding and mask tokens are not among them.</summary>
    public required WordPieceTokenizerOptions Options { get; init; }

    /// <summary>Its added tokens.</summary>
    public required IReadOnlyList<AddedToken> AddedTokens { get; init; }

    /// <summary>Its vocabulary by id, "" where an id has no token; null when it was not asked for.</summary>
    public required IReadOnlyList<string>? Vocabulary { get; init; }

    /// <summary>Reads an opened file.</summary>
    /// <param name="file">The file.</param>
    /// <param name="withVocabulary">Whether the vocabulary is wanted.</param>
    /// <exception cref="NotSupportedException">A component is of a kind that is not supported.</exception>
    public static WordPieceJson Read(JsonFile file, bool withVocabulary)
    {
        var model = file.GetObject(file.Root, "model") ?? throw file.Error("There is no 'model'.");
        var modelType = TypeOf(file, model) ?? "WordPiece";
        if (modelType != "WordPiece")
            throw Unsupported(file, "model", modelType, "WordPiece");

        var options = ReadNormalizer(file, new WordPieceTokenizerOptions());
        Require(file, "pre_tokenizer", "BertPreTokenizer");
        var (classification, separator) = ReadPostProcessor(file);
        options = ReadDecoder(file, options) with
        {
            ClassificationToken = classification,
            SeparatorToken = separator,
            UnknownToken = file.GetString(model, "unk_token") ?? options.UnknownToken,
            ContinuationPrefix = file.GetString(model, "continuing_subword_prefix") ?? options.ContinuationPrefix,
            MaxWordLength = file.GetCount(model, "max_input_chars_per_word") ?? options.MaxWordLength,
        };
        return new WordPieceJson
        {
            Options = options,
            AddedTokens = [.. file.GetList(file.Root, "added_tokens").Select(t => file.GetAddedToken(t))],
            Vocabulary = withVocabulary ? ReadVocabulary(file, model) : null,
        };
    }

    /// <summary>The type of the model in it; null when it does not say.</summary>
    public static string? ModelType(JsonFile file) => file.GetObject(file.Root, "model") is { } model ? TypeOf(file, model) : null;

    private static WordPieceTokenizerOptions ReadNormalizer(JsonFile file, WordPieceTokenizerOptions options)
    {
        if (file.GetObject(file.Root, "normalizer") is not { } normalizer)
            return options with { CleanText = false, SeparateIdeographs = false, StripAccents = false, LowerCase = false };
        Require(file, "normalizer", "BertNormalizer");
        return options with
        {
            CleanText = file.GetBoolean(normalizer, "clean_text") ?? options.CleanText,
            SeparateIdeographs = file.GetBoolean(normalizer, "handle_chinese_chars") ?? options.SeparateIdeographs,
            StripAccents = file.GetBoolean(normalizer, "strip_accents"),
            LowerCase = file.GetBoolean(normalizer, "lowercase") ?? options.LowerCase,
        };
    }

    private static WordPieceTokenizerOptions ReadDecoder(JsonFile file, WordPieceTokenizerOptions options)
    {
        if (file.GetObject(file.Root, "decoder") is not { } decoder)
            return options;
        Require(file, "decoder", "WordPiece");
        return options with { CleanUpWhenDecoding = file.GetBoolean(decoder, "cleanup") ?? options.CleanUpWhenDecoding };
    }

    /// <summary>The tokens around the texts, whose order must be BERT's.</summary>
    private static (string Classification, string Separator) ReadPostProcessor(JsonFile file)
    {
        var processor = Require(file, "post_processor", "TemplateProcessing", "BertProcessing");
        if (TypeOf(file, processor) == "BertProcessing")
            return (TokenOfPair("cls"), TokenOfPair("sep"));

        var pair = file.GetList(processor, "pair").Select(Piece).ToArray();
        var single = file.GetList(processor, "single").Select(Piece).ToArray();
        if (single is [("SpecialToken", var cls, 0), ("Sequence", "A", 0), ("SpecialToken", var sep, 0)]
            && pair is [("SpecialToken", var pairCls, 0), ("Sequence", "A", 0), ("SpecialToken", var middle, 0), ("Sequence", "B", 1), (_, var last, 1)]
            && pairCls == cls && middle == sep && last == sep && pair[^1].Kind == "SpecialToken")
        {
            return (cls, sep);
        }

        throw new NotSupportedException(
            $"{file.Name}: the template of 'post_processor' is not supported; supported is BERT's: [CLS] A [SEP] and [CLS] A [SEP] B [SEP], types 0 and 1.");

        string TokenOfPair(string property) =>
            file.GetList(processor, property).FirstOrDefault() is { ValueKind: JsonValueKind.String } token
                ? token.GetString()!
                : throw file.Error($"'post_processor' has no token '{property}'.");

        (string Kind, string Id, int Type) Piece(JsonElement element)
        {
            foreach (var kind in new[] { "SpecialToken", "Sequence" })
            {
                if (element.ValueKind == JsonValueKind.Object && file.GetObject(element, kind) is { } piece)
                    return (kind, file.GetString(piece, "id") ?? "", file.GetCount(piece, "type_id") ?? 0);
            }

            throw file.Error($"'post_processor' has the piece {element.GetRawText()}, which is neither a special token nor a sequence.");
        }
    }

    private static string[] ReadVocabulary(JsonFile file, JsonElement model)
    {
        const int Most = 1 << 24;
        var vocabulary = file.GetObject(model, "vocab") ?? throw file.Error("'model' has no 'vocab'.");
        var tokens = new List<string>(32 * 1024);
        foreach (var property in vocabulary.EnumerateObject())
        {
            if (property.Value.ValueKind != JsonValueKind.Number || !property.Value.TryGetInt32(out var id) || id is < 0 or >= Most)
            {
                throw file.Error(
                    $"The token '{property.Name}' of 'vocab' has the id {property.Value.GetRawText()}; it must be a whole number from 0 to {Most - 1}.");
            }

            while (tokens.Count <= id)
                tokens.Add("");
            if (tokens[id].Length > 0)
                throw file.Error($"The tokens '{tokens[id]}' and '{property.Name}' of 'vocab' have one id, {id}.");
            tokens[id] = property.Name;
        }

        return tokens.Count > 0 ? [.. tokens] : throw file.Error("'vocab' is empty.");
    }

    private static JsonElement Require(JsonFile file, string component, params string[] types)
    {
        var element = file.GetObject(file.Root, component);
        var found = element is null ? "none" : TypeOf(file, element.Value) ?? "of no type";
        return types.Contains(found) ? element!.Value : throw Unsupported(file, component, found, string.Join(" or ", types));
    }

    private static string? TypeOf(JsonFile file, JsonElement element) => file.GetString(element, "type");

    private static NotSupportedException Unsupported(JsonFile file, string component, string found, string supported) =>
        new($"{file.Name}: the {component} is {found}, which is not supported here; supported is {supported}.");
}
