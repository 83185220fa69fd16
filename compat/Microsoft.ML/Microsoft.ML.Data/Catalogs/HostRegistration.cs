using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>Registers components with an environment for the sake of its random numbers alone.</summary>
internal static class HostRegistration
{
    /// <summary>
    /// Draws the numbers of a host that nobody needs here. ML.NET's component would have one, and each host that is registered changes what the next one
    /// draws: without this, a seed would train another model than it does there.
    /// </summary>
    internal static void RegisterUnused(this IHostEnvironment environment, string component) => environment.Register(component);
}
