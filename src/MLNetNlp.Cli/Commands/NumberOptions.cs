using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace MLNetNlp.Cli.Commands;

/// <summary>Options that take a number and say by name what is wrong with one that does not fit.</summary>
internal static class NumberOptions
{
    /// <summary>A whole number from <paramref name="least"/> up.</summary>
    public static Option<int> Whole(string name, string description, int least, int byDefault) => new(name)
    {
        Description = description,
        HelpName = "N",
        DefaultValueFactory = _ => byDefault,
        CustomParser = result => ParseWhole(result, name, least) ?? byDefault,
    };

    /// <summary>A whole number from <paramref name="least"/> up, or null when it is not given.</summary>
    public static Option<int?> WholeOrNone(string name, string description, int least) => new(name)
    {
        Description = description,
        HelpName = "N",
        CustomParser = result => ParseWhole(result, name, least),
    };

    /// <summary>A number for which <paramref name="fits"/> holds.</summary>
    /// <param name="needed">What such a number is, in words.</param>
    public static Option<double> Real(string name, string description, Predicate<double> fits, string needed, double byDefault) => new(name)
    {
        Description = description,
        HelpName = "X",
        DefaultValueFactory = _ => byDefault,
        CustomParser = result => ParseReal(result, name, fits, needed) ?? byDefault,
    };

    /// <summary>A number for which <paramref name="fits"/> holds, or null when it is not given.</summary>
    public static Option<double?> RealOrNone(string name, string description, Predicate<double> fits, string needed) => new(name)
    {
        Description = description,
        HelpName = "X",
        CustomParser = result => ParseReal(result, name, fits, needed),
    };

    private static int? ParseWhole(ArgumentResult result, string name, int least)
    {
        var text = result.Tokens[0].Value;
        if (int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) && value >= least)
            return value;
        result.AddError($"{name} is '{text}'; a whole number of {least} or more is needed.");
        return null;
    }

    private static double? ParseReal(ArgumentResult result, string name, Predicate<double> fits, string needed)
    {
        var text = result.Tokens[0].Value;
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value) && fits(value))
            return value;
        result.AddError($"{name} is '{text}'; {needed} is needed.");
        return null;
    }
}
