using System.Globalization;
using System.Text.Json;

namespace MLNetNlp.Tokenizers.Files;

/// <summary>What tokenizer_config.json, special_tokens_map.json and added_tokens.json say; null where they say nothing.</summary>
internal sealed record TokenizerConfig
{
    /// <summary>The main file's name.</summary>
    public const string Name = "tokenizer_config.json";

    /// <summary>The name of the file of special tokens.</summary>
    public const string SpecialTokensName = "special_tokens_map.json";

    /// <summary>The name of the file of further tokens that older models have.</summary>
    public const string AddedTokensName = "added_tokens.json";

    /// <summary>transformers' class of the tokenizer.</summary>
    public string? TokenizerClass { get; private init; }

    /// <summary>do_lower_case.</summary>
    public bool? LowerCase { get; private init; }

    /// <summary>strip_accents.</summary>
    public bool? StripAccents { get; private init; }

    /// <summary>tokenize_chinese_chars.</summary>
    public bool? SeparateIdeographs { get; private init; }

    /// <summary>model_max_length, unless it is the huge number that stands for none.</summary>
    public int? ModelMaxLength { get; private init; }

    /// <summary>unk_token.</summary>
    public string? UnknownToken { get; private init; }

    /// <summary>cls_token.</summary>
    public string? ClassificationToken { get; private init; }

    /// <summary>sep_token.</summary>
    public string? SeparatorToken { get; private init; }

    /// <summary>pad_token.</summary>
    public string? PaddingToken { get; private init; }

    /// <summary>mask_token.</summary>
    public string? MaskToken { get; private init; }

    /// <summary>added_tokens_decoder, or the tokens of added_tokens.json.</summary>
    public IReadOnlyList<AddedToken> AddedTokens { get; private init; } = [];

    /// <summary>Reads the files, each of which may be absent.</summary>
    public static TokenizerConfig Read(Func<string, Stream?> openFile, string description)
    {
        using var config = JsonFile.TryOpen(openFile, Name, description);
        using var map = JsonFile.TryOpen(openFile, SpecialTokensName, description);
        using var added = JsonFile.TryOpen(openFile, AddedTokensName, description);
        var result = new TokenizerConfig
        {
            UnknownToken = Token("unk_token"),
            ClassificationToken = Token("cls_token"),
            SeparatorToken = Token("sep_token"),
            PaddingToken = Token("pad_token"),
            MaskToken = Token("mask_token"),
            AddedTokens = [.. ReadAddedTokens(added), .. ReadDecoder(config)],
        };
        return config is null ? result : result with
        {
            TokenizerClass = config.GetString(config.Root, "tokenizer_class"),
            LowerCase = config.GetBoolean(config.Root, "do_lower_case"),
            StripAccents = config.GetBoolean(config.Root, "strip_accents"),
            SeparateIdeographs = config.GetBoolean(config.Root, "tokenize_chinese_chars"),
            ModelMaxLength = ReadMaxLength(config),
        };

        string? Token(string property) => config?.GetToken(config.Root, property) ?? map?.GetToken(map.Root, property);
    }

    private static int? ReadMaxLength(JsonFile config) => JsonFile.Get(config.Root, "model_max_length") switch
    {
        null => null,
        { ValueKind: JsonValueKind.Number } value when value.TryGetDouble(out var length) && length >= 1 => length <= int.MaxValue ? (int)length : null,
        { } value => throw config.Error($"'model_max_length' must be a number from 1 on, but is {value.GetRawText()}."),
    };

    private static IEnumerable<AddedToken> ReadDecoder(JsonFile? config)
    {
        if (config?.GetObject(config.Root, "added_tokens_decoder") is not { } decoder)
            yield break;
        foreach (var property in decoder.EnumerateObject())
        {
            if (!int.TryParse(property.Name, NumberStyles.None, CultureInfo.InvariantCulture, out var id))
                throw config.Error($"'added_tokens_decoder' has the key '{property.Name}', which is no token id.");
            yield return config.GetAddedToken(property.Value, id);
        }
    }

    private static IEnumerable<AddedToken> ReadAddedTokens(JsonFile? added)
    {
        if (added is null)
            yield break;
        foreach (var property in added.Root.EnumerateObject())
        {
            yield return new AddedToken
            {
                Content = property.Name,
                Id = added.GetCount(added.Root, property.Name) ?? throw added.Error($"'{property.Name}' has no id."),
                Special = false,
                Normalized = true,
            };
        }
    }
}
