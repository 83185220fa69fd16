namespace Microsoft.ML.Runtime;

/// <summary>What components get from their surroundings: randomness, logging, and the means to load others.</summary>
public interface IHostEnvironment : IChannelProvider, IProgressChannelProvider
{
    /// <summary>A host for a component, with its own random numbers: from <paramref name="seed"/>, or drawn from the environment's.</summary>
    IHost Register(string name, int? seed = null, bool? verbose = null);

    /// <summary>The components that can be loaded.</summary>
    ComponentCatalog ComponentCatalog { get; }
}
