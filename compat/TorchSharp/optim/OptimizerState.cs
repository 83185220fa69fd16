using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>What an optimiser remembers of one parameter.</summary>
public abstract class OptimizerState
{
    /// <summary>The parameter.</summary>
    protected Parameter _parameter;

    protected OptimizerState(Parameter parameter) => _parameter = parameter;

    /// <summary>Sets the state to that before the first step.</summary>
    public abstract void Initialize(OptimizerOptions options);

    /// <summary>Takes over another's values (copies).</summary>
    public abstract void LoadStateDict(OptimizerState source);

    /// <summary>Reads what <see cref="SaveStateDict"/> wrote.</summary>
    public abstract void LoadStateDict(BinaryReader reader);

    /// <summary>Writes the values.</summary>
    public abstract void SaveStateDict(BinaryWriter writer);

    /// <summary>Whether both hold about the same values.</summary>
    public virtual bool ApproximatelyEquals(OptimizerState other) => false;

    /// <summary>Moves the tensors to a device.</summary>
    public virtual void to(Device device)
    {
    }

    // A tensor of the parameter's shape and type, as raw bytes with their number before them; 0 for none.
    private protected static void Write(BinaryWriter writer, Tensor? tensor)
    {
        if (tensor is null)
        {
            writer.Write(0L);
            return;
        }

        using var scope = NewDisposeScope();
        var bytes = tensor.detach().cpu().contiguous().bytes;
        writer.Write((long)bytes.Length);
        writer.Write(bytes);
    }

    private protected Tensor? Read(BinaryReader reader)
    {
        var length = reader.ReadInt64();
        if (length == 0)
            return null;
        using var scope = NewDisposeScope();
        var tensor = empty(_parameter.shape, _parameter.dtype);
        var bytes = tensor.bytes;
        if (bytes.Length != length)
            throw new InvalidDataException($"The state has {length} bytes for a parameter of {bytes.Length} bytes: it was saved for other parameters.");
        reader.BaseStream.ReadExactly(bytes);
        return tensor.to(_parameter.device).DetachFromDisposeScope();
    }

    private protected static Tensor? Copy(Tensor? tensor)
    {
        if (tensor is null)
            return null;
        using var _ = no_grad();
        return tensor.detach().clone().DetachFromDisposeScope();
    }
}
