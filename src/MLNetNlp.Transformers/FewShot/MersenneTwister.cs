namespace MLNetNlp.Transformers.FewShot;

/// <summary>The generator MT19937, seeded and drawn from as NumPy's <c>RandomState</c> or Python's <c>random.Random</c> do, number for number.</summary>
/// <remarks>
/// For what must equal a Python run: the order of SetFit's pairs, the samples of published few-shot figures. Everything else draws from
/// <see cref="Inputs.SeededRandom"/>. Matsumoto and Nishimura 1998, "Mersenne Twister".
/// </remarks>
public sealed class MersenneTwister
{
    private const int Size = 624;
    private const int Shift = 397;
    private readonly uint[] _state = new uint[Size];
    private int _next = Size;

    private MersenneTwister(uint seed)
    {
        _state[0] = seed;
        for (var i = 1; i < Size; i++)
            _state[i] = 1812433253u * (_state[i - 1] ^ (_state[i - 1] >> 30)) + (uint)i;
    }

    /// <summary>As <c>numpy.random.RandomState(seed)</c>.</summary>
    public static MersenneTwister AsNumPy(uint seed) => new(seed);

    /// <summary>As <c>random.Random(seed)</c> for an integer of 0 or more.</summary>
    public static MersenneTwister AsPython(uint seed)
    {
        // init_by_array with the one word that the seed is.
        var twister = new MersenneTwister(19650218u);
        var state = twister._state;
        var i = 1;
        for (var k = 0; k < Size; k++)
        {
            state[i] = (state[i] ^ ((state[i - 1] ^ (state[i - 1] >> 30)) * 1664525u)) + seed;
            Advance();
        }

        for (var k = 0; k < Size - 1; k++)
        {
            state[i] = (state[i] ^ ((state[i - 1] ^ (state[i - 1] >> 30)) * 1566083941u)) - (uint)i;
            Advance();
        }

        state[0] = 0x80000000u;
        return twister;

        void Advance()
        {
            if (++i < Size)
                return;
            state[0] = state[Size - 1];
            i = 1;
        }
    }

    /// <summary>32 random bits.</summary>
    public uint NextBits()
    {
        if (_next == Size)
            Refill();
        var y = _state[_next++];
        y ^= y >> 11;
        y ^= (y << 7) & 0x9D2C5680u;
        y ^= (y << 15) & 0xEFC60000u;
        return y ^ (y >> 18);
    }

    /// <summary>The numbers from 0 to below <paramref name="count"/> in random order, as <c>RandomState.permutation(count)</c>.</summary>
    public int[] Permutation(int count)
    {
        var items = new int[count];
        for (var i = 0; i < count; i++)
            items[i] = i;
        for (var i = count - 1; i > 0; i--)
        {
            // Numbers under the next mask of ones, until one is not too high.
            var mask = uint.MaxValue >> System.Numerics.BitOperations.LeadingZeroCount((uint)i);
            uint j;
            do
                j = NextBits() & mask;
            while (j > (uint)i);
            (items[i], items[(int)j]) = (items[(int)j], items[i]);
        }

        return items;
    }

    /// <summary>Positions of <paramref name="size"/> of <paramref name="count"/> items, each at most once, as <c>Random.sample(range(count), size)</c>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">More are asked for than there are.</exception>
    public int[] Sample(int count, int size)
    {
        if (size < 0 || size > count)
            throw new ArgumentOutOfRangeException(nameof(size), size, $"A sample of {size} is asked for, but there are {count} items.");
        var result = new int[size];
        // Python keeps a list of what is left where that is smaller than a set of what was drawn.
        var limit = 21.0;
        if (size > 5)
            limit += Math.Pow(4, Math.Ceiling(Math.Log(size * 3) / Math.Log(4)));
        if (count <= limit)
        {
            var left = Enumerable.Range(0, count).ToArray();
            for (var i = 0; i < size; i++)
            {
                var j = Below(count - i);
                result[i] = left[j];
                left[j] = left[count - i - 1];
            }

            return result;
        }

        HashSet<int> drawn = [];
        for (var i = 0; i < size; i++)
        {
            int j;
            do
                j = Below(count);
            while (!drawn.Add(j));
            result[i] = j;
        }

        return result;
    }

    private int Below(int limit)
    {
        var bits = 32 - System.Numerics.BitOperations.LeadingZeroCount((uint)limit);
        uint value;
        do
            value = NextBits() >> (32 - bits);
        while (value >= (uint)limit);
        return (int)value;
    }

    private void Refill()
    {
        for (var i = 0; i < Size; i++)
        {
            var y = (_state[i] & 0x80000000u) | (_state[(i + 1) % Size] & 0x7FFFFFFFu);
            _state[i] = _state[(i + Shift) % Size] ^ (y >> 1) ^ ((y & 1) == 0 ? 0 : 0x9908B0DFu);
        }

        _next = 0;
    }
}
