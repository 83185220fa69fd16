using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>A catalog that has an environment for the components it makes.</summary>
internal interface IInternalCatalog
{
    IHostEnvironment Environment { get; }
}
