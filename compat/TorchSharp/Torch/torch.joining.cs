using TorchSharp.Interop;

namespace TorchSharp;

// Functions of several tensors.
public static partial class torch
{
    /// <summary>Tensors one after the other along a dimension they have.</summary>
    public static Tensor cat(IList<Tensor> tensors, long dim = 0) => Ops.Cat.Call(Value.List(tensors), dim);

    /// <inheritdoc cref="cat"/>
    public static Tensor concat(IList<Tensor> tensors, long dim = 0) => cat(tensors, dim);

    /// <inheritdoc cref="cat"/>
    public static Tensor concatenate(IList<Tensor> tensors, long axis = 0) => cat(tensors, axis);

    /// <summary>Tensors of one shape along a new dimension.</summary>
    public static Tensor stack(IEnumerable<Tensor> tensors, long dim = 0) => Ops.Stack.Call(Value.List(tensors), dim);

    /// <summary>Sums of products by Einstein's convention, such as "bij,bjk->bik".</summary>
    public static Tensor einsum(string equation, params Tensor[] tensors) => Ops.Einsum.Call(equation, Value.List(tensors));

    /// <summary><paramref name="x"/> where the condition holds, else <paramref name="y"/>.</summary>
    public static Tensor where(Tensor condition, Tensor x, Tensor y) => Ops.Where.Call(condition, x, y);

    /// <summary>The indices of the elements that are not zero, one vector a dimension.</summary>
    public static Tensor[] where(Tensor condition) => Ops.WhereIndices.CallForList(condition);
}
