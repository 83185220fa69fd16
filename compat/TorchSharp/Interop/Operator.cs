using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

namespace TorchSharp.Interop;

/// <summary>One operator of libtorch's dispatcher, found by its schema name on first use and kept.</summary>
internal sealed unsafe class Operator(string name, string overload = "")
{
    private const int MaxArguments = 16;

    // Words (8 bytes) on the stack for the lists in the arguments; longer ones go to the heap.
    private const int StackWords = 64;

    private nint _handle;
    private bool _missing;

    /// <summary>Whether this libtorch has the operator.</summary>
    public bool Exists
    {
        get
        {
            if (_handle == 0 && !_missing)
            {
                _handle = Native.tb_find(name, overload);
                _missing = _handle == 0;
            }

            return !_missing;
        }
    }

    /// <summary>Calls an operator that returns a tensor.</summary>
    public torch.Tensor Call(params ReadOnlySpan<Value> arguments)
    {
        NativeValue result;
        Invoke(arguments, &result, 1);
        return Take(result);
    }

    /// <summary>Calls an operator whose tensor result is one of its arguments or does not matter.</summary>
    public void Run(params ReadOnlySpan<Value> arguments) => Invoke(arguments, null, 0);

    /// <summary>Calls an operator that returns a number or a truth value; gives its bits.</summary>
    public long CallForBits(params ReadOnlySpan<Value> arguments)
    {
        NativeValue result;
        Invoke(arguments, &result, 1);
        return result.Tag is ValueTag.Int or ValueTag.Double or ValueTag.Bool ? result.Bits : throw Unexpected(result.Tag);
    }

    /// <summary>Calls an operator that returns a number of any type.</summary>
    public Scalar CallForScalar(params ReadOnlySpan<Value> arguments)
    {
        NativeValue result;
        Invoke(arguments, &result, 1);
        return result.Tag switch
        {
            ValueTag.Int => result.Bits,
            ValueTag.Double => BitConverter.Int64BitsToDouble(result.Bits),
            ValueTag.Bool => result.Bits != 0,
            _ => throw Unexpected(result.Tag),
        };
    }

    /// <summary>Calls an operator that returns two tensors.</summary>
    public (torch.Tensor First, torch.Tensor Second) CallForTwo(params ReadOnlySpan<Value> arguments)
    {
        var results = stackalloc NativeValue[2];
        Invoke(arguments, results, 2);
        return (Take(results[0]), Take(results[1]));
    }

    /// <summary>Calls an operator that returns three tensors.</summary>
    public (torch.Tensor First, torch.Tensor Second, torch.Tensor Third) CallForThree(params ReadOnlySpan<Value> arguments)
    {
        var results = stackalloc NativeValue[3];
        Invoke(arguments, results, 3);
        return (Take(results[0]), Take(results[1]), Take(results[2]));
    }

    /// <summary>Calls an operator that returns a list of tensors.</summary>
    public torch.Tensor[] CallForList(params ReadOnlySpan<Value> arguments)
    {
        NativeValue result;
        Invoke(arguments, &result, 1);
        if (result.Tag != ValueTag.Tensors)
            throw Unexpected(result.Tag);
        var handles = (nint*)result.Bits;
        var tensors = new torch.Tensor[result.Length];
        for (var i = 0; i < tensors.Length; i++)
            tensors[i] = new torch.Tensor(handles[i]);
        Native.tb_free_list(handles);
        return tensors;
    }

    private torch.Tensor Take(in NativeValue result) =>
        result.Tag == ValueTag.Tensor ? new torch.Tensor((nint)result.Bits, result.Length) : throw Unexpected(result.Tag);

    private InvalidOperationException Unexpected(ValueTag tag) => new($"{name}.{overload} returned {tag}, which the caller did not expect.");

    [SkipLocalsInit]
    private void Invoke(ReadOnlySpan<Value> arguments, NativeValue* results, int capacity)
    {
        var handle = _handle;
        if (handle == 0)
            handle = Find();

        var values = stackalloc NativeValue[MaxArguments];
        var words = 0;
        for (var i = 0; i < arguments.Length; i++)
        {
            ref readonly var argument = ref arguments[i];
            values[i].Tag = argument.Tag;
            values[i].Length = argument.Length;
            values[i].Bits = argument.Bits;
            if (argument.Tag is ValueTag.Ints or ValueTag.Tensors or ValueTag.OptionalTensors)
                words += argument.Length;
            else if (argument.Tag == ValueTag.String)
                words += 1 + Encoding.UTF8.GetByteCount((string)argument.Owner!) / sizeof(long);
        }

        int written;
        if (words == 0)
        {
            written = Native.tb_call(handle, values, arguments.Length, results, capacity);
        }
        else
        {
            var stack = stackalloc long[StackWords];
            var lists = words <= StackWords ? stack : (long*)NativeMemory.Alloc((nuint)words, sizeof(long));
            try
            {
                WriteLists(arguments, values, lists);
                written = Native.tb_call(handle, values, arguments.Length, results, capacity);
            }
            finally
            {
                if (lists != stack)
                    NativeMemory.Free(lists);
            }
        }

        // The tensors behind the arguments must outlive the call.
        foreach (ref readonly var argument in arguments)
            GC.KeepAlive(argument.Owner);
        if (written < 0)
            throw Native.Error();
        if (written < capacity)
            throw new InvalidOperationException($"{name}.{overload} returned {written} values, {capacity} were expected.");
    }

    private static void WriteLists(ReadOnlySpan<Value> arguments, NativeValue* values, long* lists)
    {
        for (var i = 0; i < arguments.Length; i++)
        {
            ref readonly var argument = ref arguments[i];
            if (argument.Tag is not (ValueTag.Ints or ValueTag.Tensors or ValueTag.OptionalTensors or ValueTag.String))
                continue;
            values[i].Bits = (long)lists;
            switch (argument.Owner)
            {
                case long[] numbers:
                    numbers.CopyTo(new Span<long>(lists, numbers.Length));
                    lists += numbers.Length;
                    break;
                case torch.Tensor?[] tensors:
                    for (var k = 0; k < tensors.Length; k++)
                    {
                        if (tensors[k] is null && argument.Tag == ValueTag.Tensors)
                            throw new ArgumentNullException(nameof(tensors), $"Tensor {k} of the list is null.");
                        lists[k] = tensors[k]?.Handle ?? 0;
                    }

                    lists += tensors.Length;
                    break;
                case string text:
                    var bytes = new Span<byte>(lists, (1 + Encoding.UTF8.GetByteCount(text) / sizeof(long)) * sizeof(long));
                    bytes[Encoding.UTF8.GetBytes(text, bytes)] = 0;
                    lists += bytes.Length / sizeof(long);
                    break;
            }
        }
    }

    private nint Find() => _handle = Native.Check(Native.tb_find(name, overload), "TorchSharp");
}
