using System.Globalization;

namespace MLNetNlp.Cli.Models;

/// <summary>What <c>--adapter</c> can be: a kind and its settings, <c>lora:r=8,alpha=16,targets=query|value</c>.</summary>
internal static class AdapterChoice
{
    /// <summary>How the option shows what it takes.</summary>
    public const string Form = "KIND[:NAME=VALUE,...]";

    private const string LoraSettings = "r, alpha, dropout, targets, exclude, layers, pattern, bias, rslora, dora, init, fa, plus, base, block, double, save";
    private const string AdaLoraSettings = "r, target, alpha, dropout, beta1, beta2, tinit, tfinal, deltat, orthogonal, targets, exclude, layers, pattern, save";
    private const string Ia3Settings = "targets, feedforward, exclude, pattern, save";
    private const string BottleneckSettings = "kind, reduction, activation, scaling, dropout, leaveout, invertible, save";
    private const string PromptSettings = "length, init, save";
    private const string PrefixSettings = "length, projection, size, save";
    private const string PTuningSettings = "length, encoder, size, layers, dropout, save";

    private static readonly SortedDictionary<string, Func<AdapterOptions>> Kinds = new(StringComparer.Ordinal)
    {
        ["adalora"] = () => new AdaLoraOptions(),
        ["bitfit"] = () => new BitFitOptions(),
        ["bottleneck"] = () => BottleneckOptions.Pfeiffer,
        ["ia3"] = () => new Ia3Options(),
        ["lora"] = () => new LoraOptions(),
        ["prefix"] = () => new PrefixTuningOptions(),
        ["prompt"] = () => new PromptTuningOptions(),
        ["ptuning"] = () => new PTuningOptions(),
    };

    /// <summary>What can stand before the settings.</summary>
    public static IEnumerable<string> KindNames => Kinds.Keys;

    /// <summary>Reads the option.</summary>
    /// <exception cref="UsageException">An unknown kind or setting, or a value that makes no sense.</exception>
    public static AdapterOptions Parse(string text)
    {
        var colon = text.IndexOf(':');
        var kind = (colon < 0 ? text : text[..colon]).ToLowerInvariant();
        var options = Kinds.TryGetValue(kind, out var create) ? create()
            : throw new UsageException($"--adapter: there is no kind '{kind}'; one of {string.Join(", ", Kinds.Keys)} is needed.");
        var settings = colon < 0 ? [] : text[(colon + 1)..].Split(',', StringSplitOptions.RemoveEmptyEntries);
        // A preset goes before what changes it, wherever it stands.
        foreach (var setting in settings.OrderBy(setting => setting.StartsWith("kind=", StringComparison.Ordinal) ? 0 : 1))
        {
            var equals = setting.IndexOf('=');
            var (name, value) = equals < 0 ? (setting, "true") : (setting[..equals], setting[(equals + 1)..]);
            options = name == "save" ? options with { ModulesToSave = List(value) } : options switch
            {
                LoraOptions lora => Set(lora, name, value),
                AdaLoraOptions ada => Set(ada, name, value),
                Ia3Options ia3 => Set(ia3, name, value),
                BottleneckOptions bottleneck => Set(bottleneck, name, value),
                PromptTuningOptions prompt => Set(prompt, name, value),
                PrefixTuningOptions prefix => Set(prefix, name, value),
                PTuningOptions tuning => Set(tuning, name, value),
                _ => throw Unknown(kind, name, "save"),
            };
        }

        try
        {
            options.Validate();
            return options;
        }
        catch (ArgumentException e)
        {
            throw new UsageException($"--adapter: {e.Message.Split(" (Parameter")[0]}");
        }
    }

    private static LoraOptions Set(LoraOptions options, string name, string value) => name switch
    {
        "r" or "rank" => options with { Rank = Number<int>(name, value) },
        "alpha" => options with { Alpha = Number<float>(name, value) },
        "dropout" => options with { Dropout = Number<double>(name, value) },
        "targets" => options with { Targets = List(value) },
        "exclude" => options with { ExcludedTargets = List(value) },
        "layers" => options with { Layers = [.. List(value).Select(layer => Number<int>(name, layer))] },
        "pattern" => options with { TargetPattern = value },
        "bias" => options with { Bias = Choice<AdapterBias>(name, value) },
        "rslora" => options with { RankStabilized = Flag(name, value) },
        "dora" => options with { Dora = Flag(name, value) },
        "init" => options with { Initialization = Choice<LoraInitialization>(name, value) },
        "fa" => options with { FreezeA = Flag(name, value) },
        "plus" => options with { LearningRateRatio = Number<double>(name, value) },
        "base" => options with { BaseQuantization = (options.BaseQuantization ?? new()) with { Kind = Choice<QuantizationKind>(name, value) } },
        "block" => options with { BaseQuantization = (options.BaseQuantization ?? new()) with { BlockSize = Number<int>(name, value) } },
        "double" => options with { BaseQuantization = (options.BaseQuantization ?? new()) with { DoubleQuantization = Flag(name, value) } },
        _ => throw Unknown("lora", name, LoraSettings),
    };

    private static AdaLoraOptions Set(AdaLoraOptions options, string name, string value) => name switch
    {
        "r" or "rank" => options with { InitialRank = Number<int>(name, value) },
        "target" => options with { TargetRank = Number<int>(name, value) },
        "alpha" => options with { Alpha = Number<float>(name, value) },
        "dropout" => options with { Dropout = Number<double>(name, value) },
        "beta1" => options with { Beta1 = Number<double>(name, value) },
        "beta2" => options with { Beta2 = Number<double>(name, value) },
        "tinit" => options with { TInit = Number<int>(name, value) },
        "tfinal" => options with { TFinal = Number<int>(name, value) },
        "deltat" => options with { DeltaT = Number<int>(name, value) },
        "orthogonal" => options with { OrthogonalWeight = Number<double>(name, value) },
        "targets" => options with { Targets = List(value) },
        "exclude" => options with { ExcludedTargets = List(value) },
        "layers" => options with { Layers = [.. List(value).Select(layer => Number<int>(name, layer))] },
        "pattern" => options with { TargetPattern = value },
        _ => throw Unknown("adalora", name, AdaLoraSettings),
    };

    private static Ia3Options Set(Ia3Options options, string name, string value) => name switch
    {
        "targets" => options with { Targets = List(value) },
        "feedforward" => options with { FeedForwardTargets = List(value) },
        "exclude" => options with { ExcludedTargets = List(value) },
        "pattern" => options with { TargetPattern = value },
        _ => throw Unknown("ia3", name, Ia3Settings),
    };

    private static BottleneckOptions Set(BottleneckOptions options, string name, string value) => name switch
    {
        "kind" => value.ToLowerInvariant() switch
        {
            "houlsby" => BottleneckOptions.Houlsby,
            "pfeiffer" => BottleneckOptions.Pfeiffer,
            "parallel" => BottleneckOptions.Parallel,
            _ => throw new UsageException($"--adapter: 'kind' is '{value}'; one of houlsby, pfeiffer, parallel is needed."),
        },
        "reduction" => options with { ReductionFactor = Number<double>(name, value) },
        "activation" => options with { Activation = value },
        "scaling" => value == "learned" ? options with { LearnsScaling = true } : options with { Scaling = Number<float>(name, value) },
        "dropout" => options with { Dropout = Number<double>(name, value) },
        "leaveout" => options with { LeaveOut = [.. List(value).Select(layer => Number<int>(name, layer))] },
        "invertible" => options with { Invertible = Flag(name, value) },
        _ => throw Unknown("bottleneck", name, BottleneckSettings),
    };

    private static PromptTuningOptions Set(PromptTuningOptions options, string name, string value) => name switch
    {
        "length" => options with { Length = Number<int>(name, value) },
        "init" => options with { Initialization = Choice<PromptInitialization>(name, value) },
        _ => throw Unknown("prompt", name, PromptSettings),
    };

    private static PrefixTuningOptions Set(PrefixTuningOptions options, string name, string value) => name switch
    {
        "length" => options with { Length = Number<int>(name, value) },
        "projection" => options with { Projection = Flag(name, value) },
        "size" => options with { ProjectionSize = Number<int>(name, value) },
        _ => throw Unknown("prefix", name, PrefixSettings),
    };

    private static PTuningOptions Set(PTuningOptions options, string name, string value) => name switch
    {
        "length" => options with { Length = Number<int>(name, value) },
        "encoder" => options with { Encoder = Choice<PromptEncoderKind>(name, value) },
        "size" => options with { EncoderSize = Number<int>(name, value) },
        "layers" => options with { EncoderLayers = Number<int>(name, value) },
        "dropout" => options with { EncoderDropout = Number<double>(name, value) },
        _ => throw Unknown("ptuning", name, PTuningSettings),
    };

    private static string[] List(string value) => value.Split('|', StringSplitOptions.RemoveEmptyEntries);

    private static T Number<T>(string name, string value)
        where T : struct, IParsable<T> => T.TryParse(value, CultureInfo.InvariantCulture, out var number) ? number
            : throw new UsageException($"--adapter: '{name}' is '{value}'; a {(typeof(T) == typeof(int) ? "whole " : "")}number is needed.");

    private static bool Flag(string name, string value) => bool.TryParse(value, out var flag) ? flag
        : throw new UsageException($"--adapter: '{name}' is '{value}'; true or false is needed.");

    private static T Choice<T>(string name, string value)
        where T : struct, Enum
    {
        var names = Enum.GetNames<T>();
        return names.FirstOrDefault(n => n.Equals(value.Replace("_", ""), StringComparison.OrdinalIgnoreCase)) is { } found ? Enum.Parse<T>(found)
            : throw new UsageException($"--adapter: '{name}' is '{value}'; one of {string.Join(", ", names.Select(n => n.ToLowerInvariant()))} is needed.");
    }

    private static UsageException Unknown(string kind, string name, string known) =>
        new($"--adapter: {kind} has no setting '{name}'; there are {known}.");
}
