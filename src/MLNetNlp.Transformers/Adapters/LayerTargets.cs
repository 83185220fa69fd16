using System.Globalization;
using System.Text.RegularExpressions;
using MLNetNlp.Transformers.Encoders;

namespace MLNetNlp.Transformers.Adapters;

/// <summary>Which layers an adapter changes, by PEFT's rules for <c>target_modules</c> and what belongs to it.</summary>
/// <param name="Names">Full names, ends of names after a dot, or "all-linear".</param>
/// <param name="Expression">Instead of names: a regular expression for the whole name.</param>
internal sealed partial record LayerTargets(IReadOnlyList<string> Names, string? Expression)
{
    // Patterns can come from a downloaded file: one that takes for ever must end.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    /// <summary>Whether the names are ours, of which every family has a few, and not the user's.</summary>
    public bool AreDefaults { get; init; }

    /// <summary>Full names or ends of names that are left out.</summary>
    public IReadOnlyList<string> Excluded { get; init; } = [];

    /// <summary>Numbers of encoder layers; none: all.</summary>
    public IReadOnlyList<int> Layers { get; init; } = [];

    private bool IsAllLinear => Expression is null && Names is [LoraOptions.AllLinear];

    /// <summary>The value of the first pattern that matches the end of a layer's name; null when none does.</summary>
    public static T? Pattern<T>(IReadOnlyDictionary<string, T> values, string name)
        where T : struct
    {
        foreach (var (pattern, value) in values)
        {
            if (IsMatch($@"(.*\.)?({pattern})", name))
                return value;
        }

        return null;
    }

    /// <summary>Checks names and expression.</summary>
    /// <exception cref="ArgumentException">Nothing is named, or the expression is none.</exception>
    public void Validate(string options)
    {
        if (Expression is null && (Names.Count == 0 || Names.Any(string.IsNullOrWhiteSpace)))
            throw new ArgumentException($"{options}.{nameof(LoraOptions.Targets)} has no name, or an empty one; at least one target layer is needed.", options);
        if (Expression is not null && !AreDefaults)
        {
            throw new ArgumentException($"{options}.{nameof(LoraOptions.Targets)} and {nameof(LoraOptions.TargetPattern)} are both given; one of them is needed.",
                options);
        }

        if (Expression is not null && Layers.Count > 0)
        {
            throw new ArgumentException($"{options}.{nameof(LoraOptions.Layers)} and {nameof(LoraOptions.TargetPattern)} are both given; a pattern has to pick the layers itself.",
                options);
        }

        CheckPattern(Expression ?? "", $"{options}.{nameof(LoraOptions.TargetPattern)}");
    }

    /// <summary>Checks a regular expression.</summary>
    /// <exception cref="ArgumentException">It is none; the message names the option.</exception>
    public static void CheckPattern(string pattern, string option)
    {
        try
        {
            _ = new Regex(pattern);
        }
        catch (RegexParseException e)
        {
            throw new ArgumentException($"{option} '{pattern}' is no regular expression: {e.Message}", option, e);
        }
    }

    /// <summary>The first of <see cref="Layers"/> that the model does not have; null when it has each.</summary>
    public int? UnusedLayer(IReadOnlyCollection<string> names)
    {
        var known = names.Select(NumberOf).ToHashSet();
        return Layers.Where(layer => !known.Contains(layer)).Select(layer => (int?)layer).FirstOrDefault();
    }

    /// <summary>Whether a layer is one of them.</summary>
    public bool Matches(string name, IAdaptableLayer layer)
    {
        if (Excluded.Any(end => Ends(name, end)))
            return false;
        if (Expression is not null)
            return IsMatch(Expression, name);
        if (IsAllLinear)
            return layer is Dense && IsInLayers(name);
        return Names.Contains(name) || (Names.Any(end => Ends(name, end)) && IsInLayers(name));
    }

    /// <summary>The first of the user's names that is in none of the layers; null when each is, or when they are not names.</summary>
    public string? Unused(IReadOnlyCollection<string> layers) =>
        AreDefaults || Expression is not null || IsAllLinear ? null : Names.FirstOrDefault(end => !layers.Any(name => Ends(name, end)));

    /// <summary>The names as PEFT's file has them: without the defaults that this model does not have, and with what "all-linear" stood for.</summary>
    public IEnumerable<string> Resolve(IReadOnlyCollection<string> matched) =>
        IsAllLinear ? matched : AreDefaults ? Names.Where(end => matched.Any(name => Ends(name, end))) : Names;

    private bool IsInLayers(string name) => Layers.Count == 0 || (NumberOf(name) is { } number && Layers.Contains(number));

    private static int? NumberOf(string name) =>
        LayerNumber().Match(name) is { Success: true } match ? int.Parse(match.Groups[1].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture) : null;

    private static bool Ends(string name, string end) => name == end || name.EndsWith('.' + end, StringComparison.Ordinal);

    private static bool IsMatch(string pattern, string name)
    {
        try
        {
            return Regex.IsMatch(name, $@"\A(?:{pattern})\z", RegexOptions.CultureInvariant, Patience);
        }
        catch (RegexMatchTimeoutException e)
        {
            throw new ArgumentException($"The pattern '{pattern}' takes more than {Patience.TotalSeconds} s to match against the layer '{name}'.", nameof(LoraOptions.TargetPattern), e);
        }
    }

    // As PEFT: the last number between dots that follows a name.
    [GeneratedRegex(@"^.*\.[^.]*\.(\d+)\.", RegexOptions.CultureInvariant)]
    private static partial Regex LayerNumber();
}
