namespace MLNetNlp.Tokenizers.Files;

/// <summary>Finds out which kind of tokenizer a model's files hold, and loads it.</summary>
internal static class TokenizerLoader
{
    private const string Supported =
        "Supported are WordPiece tokenizers: vocab.txt with tokenizer_config.json (BertTokenizer and its relatives), or a tokenizer.json of WordPiece kind.";

    /// <summary>Classes of transformers that are BERT's tokenizer under another name; "Fast" at the end is left off.</summary>
    private static readonly HashSet<string> BertClasses = new(StringComparer.Ordinal)
    {
        "BertTokenizer", "DistilBertTokenizer", "ElectraTokenizer", "MobileBertTokenizer", "ConvBertTokenizer", "SqueezeBertTokenizer", "RetriBertTokenizer",
        "FunnelTokenizer", "LayoutLMTokenizer", "LxmertTokenizer", "RealmTokenizer", "SplinterTokenizer", "DPRQuestionEncoderTokenizer",
        "DPRContextEncoderTokenizer", "DPRReaderTokenizer", "NystromformerTokenizer", "VisualBertTokenizer", "MegatronBertTokenizer", "MraTokenizer",
    };

    /// <summary>Classes that say nothing about the kind.</summary>
    private static readonly HashSet<string> GeneralClasses = new(StringComparer.Ordinal) { "PreTrainedTokenizer", "TokenizersBackend", "AutoTokenizer" };

    /// <summary>Files that give another kind of tokenizer away.</summary>
    private static readonly (string File, string Family)[] OtherFamilies =
    [
        ("merges.txt", "byte-level BPE"),
        ("spiece.model", "SentencePiece"),
        ("sentencepiece.bpe.model", "SentencePiece"),
        ("tokenizer.model", "SentencePiece"),
        ("spm.model", "SentencePiece"),
    ];

    /// <inheritdoc cref="TextTokenizer.Load"/>
    public static TextTokenizer Load(Func<string, Stream?> openFile, string description)
    {
        var config = TokenizerConfig.Read(openFile, description);
        using var json = JsonFile.TryOpen(openFile, WordPieceJson.Name, description);
        ThrowIfOtherFamily(config, json, openFile, description);

        var vocabulary = VocabularyFile.TryRead(openFile, description);
        if (vocabulary is null && json is null)
            throw new FileNotFoundException($"There is no tokenizer in {description}: neither {VocabularyFile.Name} nor {WordPieceJson.Name}. {Supported}");

        var fromJson = json is null ? null : WordPieceJson.Read(json, withVocabulary: vocabulary is null);
        try
        {
            return new WordPieceTokenizer(
                vocabulary ?? fromJson!.Vocabulary!,
                Options(config, fromJson?.Options),
                [.. fromJson?.AddedTokens ?? [], .. config.AddedTokens]);
        }
        catch (ArgumentException e)
        {
            throw new InvalidDataException($"{(vocabulary is null ? WordPieceJson.Name : VocabularyFile.Name)} of {description}: {e.Message}", e);
        }
    }

    /// <summary>What tokenizer_config.json states goes before tokenizer.json, and that before BERT's defaults.</summary>
    private static WordPieceTokenizerOptions Options(TokenizerConfig config, WordPieceTokenizerOptions? json)
    {
        var options = json ?? new WordPieceTokenizerOptions();
        return options with
        {
            LowerCase = config.LowerCase ?? options.LowerCase,
            StripAccents = config.StripAccents ?? options.StripAccents,
            SeparateIdeographs = config.SeparateIdeographs ?? options.SeparateIdeographs,
            ModelMaxLength = config.ModelMaxLength,
            UnknownToken = config.UnknownToken ?? options.UnknownToken,
            ClassificationToken = config.ClassificationToken ?? options.ClassificationToken,
            SeparatorToken = config.SeparatorToken ?? options.SeparatorToken,
            PaddingToken = config.PaddingToken ?? options.PaddingToken,
            MaskToken = config.MaskToken ?? options.MaskToken,
        };
    }

    private static void ThrowIfOtherFamily(TokenizerConfig config, JsonFile? json, Func<string, Stream?> openFile, string description)
    {
        var modelType = json is null ? null : WordPieceJson.ModelType(json);
        if (modelType is not (null or "WordPiece"))
            throw new NotSupportedException($"The tokenizer of {description} is of the {modelType} family{ClassNote(config)}. {Supported}");

        foreach (var (file, family) in OtherFamilies)
        {
            if (json is null && Exists(openFile, file) && !Exists(openFile, VocabularyFile.Name))
                throw new NotSupportedException($"The tokenizer of {description} is of the {family} family, as {file} shows{ClassNote(config)}. {Supported}");
        }

        // A tokenizer.json states what it does, so its class does not matter.
        if (json is null && config.TokenizerClass is { } name && !BertClasses.Contains(WithoutFast(name)) && !GeneralClasses.Contains(WithoutFast(name)))
        {
            throw new NotSupportedException(
                $"The tokenizer of {description} is a {name}, and there is no {WordPieceJson.Name} to show that it is of WordPiece kind. {Supported}");
        }
    }

    private static string ClassNote(TokenizerConfig config) => config.TokenizerClass is { } name ? $" (tokenizer_class {name})" : "";

    private static string WithoutFast(string name) => name.EndsWith("Fast", StringComparison.Ordinal) ? name[..^4] : name;

    private static bool Exists(Func<string, Stream?> openFile, string file)
    {
        using var stream = openFile(file);
        return stream is not null;
    }
}
