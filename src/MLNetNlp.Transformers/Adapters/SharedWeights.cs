using System.Security.Cryptography;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace MLNetNlp.Transformers.Adapters;

/// <summary>Weights that several models of this process have in common, in memory once: found by their content, whatever the models are.</summary>
/// <remarks>Whoever shares gives up writing to them. Thread-safe.</remarks>
internal sealed class SharedWeights : IDisposable
{
    /// <summary>Numbers below which a tensor is not worth an entry.</summary>
    private const int Least = 1024;

    private static readonly Dictionary<string, Entry> Entries = new(StringComparer.Ordinal);
    private readonly List<string> _keys = [];
    private bool _isDisposed;

    private SharedWeights()
    {
    }

    /// <summary>Not disposed by its owner: the entries go all the same.</summary>
    ~SharedWeights() => Release();

    /// <summary>Gives parameters the memory that an equal tensor of another model has already.</summary>
    /// <param name="parameters">The parameters, on their device. They keep their objects.</param>
    /// <returns>To be disposed after the model.</returns>
    public static SharedWeights Share(IEnumerable<Parameter> parameters)
    {
        var shared = new SharedWeights();
        using var noGradients = no_grad();
        foreach (var parameter in parameters.Where(p => p.numel() >= Least))
        {
            using var scope = NewDisposeScope();
            var key = Key(parameter);
            lock (Entries)
            {
                if (Entries.TryGetValue(key, out var entry))
                    parameter.set_(entry.Tensor);
                else
                    Entries.Add(key, entry = new Entry(parameter.detach().DetachFromDisposeScope()));
                entry.Users++;
                shared._keys.Add(key);
            }
        }

        return shared;
    }

    /// <summary>The models have no more use for them.</summary>
    public void Dispose()
    {
        Release();
        GC.SuppressFinalize(this);
    }

    private static string Key(Parameter parameter)
    {
        var bytes = parameter.detach().cpu().contiguous().bytes;
        return $"{parameter.dtype} {parameter.device} {string.Join(',', parameter.shape)} {Convert.ToHexString(SHA256.HashData(bytes))}";
    }

    private void Release()
    {
        if (_isDisposed)
            return;
        _isDisposed = true;
        lock (Entries)
        {
            foreach (var key in _keys)
            {
                var entry = Entries[key];
                if (--entry.Users > 0)
                    continue;
                entry.Tensor.Dispose();
                Entries.Remove(key);
            }
        }
    }

    private sealed class Entry(Tensor tensor)
    {
        public Tensor Tensor { get; } = tensor;

        public int Users { get; set; }
    }
}
