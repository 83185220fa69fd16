using Microsoft.ML;
using Microsoft.ML.Runtime;

namespace MLNetNlp.Cli.Models;

/// <summary>Makes ML.NET contexts whose warnings the user sees.</summary>
internal static class MlContexts
{
    /// <summary>A context that writes warnings to <paramref name="warnings"/>, and everything when <paramref name="verbose"/>.</summary>
    public static MLContext Create(int? seed, TextWriter warnings, bool verbose)
    {
        var ml = new MLContext(seed);
        ml.Log += (_, message) =>
        {
            if (message.Kind == ChannelMessageKind.Warning)
                warnings.WriteLine($"warning: {message.RawMessage}");
            else if (verbose)
                warnings.WriteLine(message.Message);
        };
        return ml;
    }
}
