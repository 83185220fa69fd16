using System.Numerics;

namespace Microsoft.ML;

/// <summary>MurmurHash3, 32 bits (Appleby), as ML.NET applies it to numbers and text.</summary>
internal static class MurmurHash
{
    internal static uint OfWord(uint seed, uint word) => Finish(Round(seed, word) ^ sizeof(uint));

    internal static uint OfWords(uint seed, ulong words) => Finish(Round(Round(seed, (uint)words), (uint)(words >> 32)) ^ sizeof(ulong));

    /// <summary>The hash of a text's UTF-8 bytes, surrogates taken one by one.</summary>
    /// <remarks>
    /// ML.NET puts the bytes of a character beyond ASCII in order by turning round the lowest bytes of all that is waiting, not only of the character, so that
    /// the order is another than UTF-8's unless the character starts a block of four. That is kept, for equal hashes.
    /// </remarks>
    internal static uint OfText(uint seed, ReadOnlySpan<char> text)
    {
        uint hash = seed;
        ulong waiting = 0;
        int bits = 0;
        int length = 0;
        foreach (uint c in text)
        {
            if (c <= 0x7F)
            {
                waiting |= (ulong)c << bits;
                bits += 8;
            }
            else if (c <= 0x7FF)
            {
                waiting |= (ulong)(0xC080 | ((c >> 6) << 8) | (c & 0x3F)) << bits;
                waiting = ((waiting & 0xFF) << 8) | (waiting >> 8);
                bits += 16;
            }
            else
            {
                waiting |= (ulong)(0xE08080 | ((c >> 12) << 16) | (((c >> 6) & 0x3F) << 8) | (c & 0x3F)) << bits;
                waiting = ((waiting & 0xFF) << 16) | (((waiting >> 8) & 0xFF) << 8) | (waiting >> 16);
                bits += 24;
            }

            if (bits >= 32)
            {
                hash = Round(hash, (uint)waiting);
                waiting >>= 32;
                bits -= 32;
                length += 4;
            }
        }

        length += bits / 8;
        int tail = length & 3;
        if (tail > 0)
        {
            hash ^= Scramble((uint)waiting & ((1u << (8 * tail)) - 1));
        }

        return Finish(hash ^ (uint)length);
    }

    internal static uint Round(uint hash, uint word) => (BitOperations.RotateLeft(hash ^ Scramble(word), 13) * 5) + 0xE6546B64;

    internal static uint Finish(uint hash)
    {
        hash = (hash ^ (hash >> 16)) * 0x85ebca6b;
        hash = (hash ^ (hash >> 13)) * 0xc2b2ae35;
        return hash ^ (hash >> 16);
    }

    private static uint Scramble(uint word) => BitOperations.RotateLeft(word * 0xCC9E2D51, 15) * 0x1B873593;
}
