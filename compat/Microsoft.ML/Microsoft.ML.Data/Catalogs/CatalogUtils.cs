using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>For the extension methods on catalogs.</summary>
internal static class CatalogUtils
{
    internal static IHostEnvironment GetEnvironment(this IInternalCatalog catalog) => (catalog ?? throw new ArgumentNullException(nameof(catalog))).Environment;
}
