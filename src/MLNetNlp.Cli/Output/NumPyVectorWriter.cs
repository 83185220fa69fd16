using System.Runtime.InteropServices;
using System.Text;

namespace MLNetNlp.Cli.Output;

/// <summary>Vectors alone as NumPy's array file: float32, [rows, dimension].</summary>
/// <remarks>Format version 1.0: magic, version, length of the header, the header as a Python literal, then the numbers, little-endian.</remarks>
internal sealed class NumPyVectorWriter : VectorWriter
{
    // A multiple of 64 with room for any number of rows.
    private const int HeaderSize = 128;
    private readonly Stream _stream;
    private readonly int _dimension;
    private long _rows;

    public NumPyVectorWriter(Stream stream, int dimension)
    {
        _stream = stream;
        _dimension = dimension;
        WriteHeader();
    }

    public override void Write(IReadOnlyList<string> fields, string json, ReadOnlySpan<float> vector)
    {
        _stream.Write(MemoryMarshal.AsBytes(vector));
        _rows++;
    }

    /// <summary>Puts the number of rows into the header, which is known only now.</summary>
    public override void Dispose()
    {
        _stream.Position = 0;
        WriteHeader();
        _stream.Position = _stream.Length;
    }

    private void WriteHeader()
    {
        var literal = FormattableString.Invariant($"{{'descr': '<f4', 'fortran_order': False, 'shape': ({_rows}, {_dimension}), }}");
        _stream.Write([0x93, .. "NUMPY"u8, 1, 0, HeaderSize - 10, 0]);
        _stream.Write(Encoding.ASCII.GetBytes(literal.PadRight(HeaderSize - 11) + "\n"));
    }
}
