using System.Security.Cryptography;
using System.Text;
using static TorchSharp.torch;

namespace MLNetNlp.Transformers.Adapters;

/// <summary>Tells base models apart: a SHA-256 over names, shapes and values of their weights, the task's head left out.</summary>
internal static class BaseModelHash
{
    public static string Compute(ModelAdapter adapter)
    {
        if (adapter.OriginalHash is { } known)
            return known;
        using var noGradients = no_grad();
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var (name, value) in adapter.BaseWeights().OrderBy(p => p.Name, StringComparer.Ordinal))
        {
            using var scope = NewDisposeScope();
            hash.AppendData(Encoding.UTF8.GetBytes($"{name}:{string.Join(',', value.shape)};"));
            hash.AppendData(value.detach().to(float32).cpu().contiguous().bytes);
        }

        return Convert.ToHexString(hash.GetHashAndReset()).ToLowerInvariant();
    }
}
