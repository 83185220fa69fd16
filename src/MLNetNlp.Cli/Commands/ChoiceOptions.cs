using System.CommandLine;
using System.Text.RegularExpressions;

namespace MLNetNlp.Cli.Commands;

/// <summary>Options that take one of a few words.</summary>
internal static partial class ChoiceOptions
{
    /// <summary>One of <paramref name="choices"/>, in any case; the first is the default.</summary>
    public static Option<string> OneOf(string name, string description, params string[] choices)
    {
        var option = new Option<string>(name)
        {
            Description = description,
            HelpName = choices.Length > 3 ? "NAME" : string.Join('|', choices),
            DefaultValueFactory = _ => choices[0],
            CustomParser = result =>
            {
                var text = result.Tokens[0].Value;
                if (choices.FirstOrDefault(choice => choice.Equals(text, StringComparison.OrdinalIgnoreCase)) is { } chosen)
                    return chosen;
                result.AddError($"{name} is '{text}'; one of {string.Join(", ", choices)} is needed.");
                return choices[0];
            },
        };
        option.CompletionSources.Add(_ => choices.Select(choice => new System.CommandLine.Completions.CompletionItem(choice)));
        return option;
    }

    /// <summary>The value that a choice stands for: its name in an enumeration, with hyphens between the words.</summary>
    public static T ValueOf<T>(string choice)
        where T : struct, Enum => Enum.Parse<T>(choice.Replace("-", ""), ignoreCase: true);

    /// <summary>Where to compute.</summary>
    public static Option<string> Device() => new("--device")
    {
        Description = "Where to compute; auto takes CUDA when it is there.",
        HelpName = "auto|cpu|cuda|cuda:N",
        DefaultValueFactory = _ => "auto",
        CustomParser = result =>
        {
            var text = result.Tokens[0].Value.ToLowerInvariant();
            if (!DeviceName().IsMatch(text))
                result.AddError($"--device is '{text}'; auto, cpu, cuda or cuda:N is needed.");
            return text;
        },
    };

    [GeneratedRegex(@"^(auto|cpu|cuda(:\d{1,3})?)$")]
    private static partial Regex DeviceName();
}
