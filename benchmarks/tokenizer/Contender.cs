using System.Diagnostics;

namespace MLNetNlp.Benchmarks.Tokenizer;

/// <summary>A tokenizer and the times that it took.</summary>
/// <param name="name">What the table calls it.</param>
/// <param name="count">Tokenizes texts and returns how many tokens they have.</param>
/// <param name="chunks">How many chunks of texts a pass has.</param>
internal sealed class Contender(string name, Func<string[], long> count, int chunks)
{
    private readonly List<double> _passes = [];
    private readonly double[] _fastest = [.. Enumerable.Repeat(double.PositiveInfinity, chunks)];
    private long _tokens;
    private long _allocated;

    /// <summary>How many passes there were.</summary>
    public int Passes => _passes.Count;

    /// <summary>Goes through all texts once and notes the time of each chunk.</summary>
    public void Run(string[][] texts)
    {
        _tokens = 0;
        var before = GC.GetAllocatedBytesForCurrentThread();
        var pass = 0.0;
        for (var i = 0; i < texts.Length; i++)
        {
            var start = Stopwatch.GetTimestamp();
            _tokens += count(texts[i]);
            var time = Stopwatch.GetElapsedTime(start).TotalSeconds;
            _fastest[i] = Math.Min(_fastest[i], time);
            pass += time;
        }

        _passes.Add(pass);
        _allocated = GC.GetAllocatedBytesForCurrentThread() - before;
    }

    /// <summary>A row of the table.</summary>
    public override string ToString()
    {
        var passes = _passes.Order().ToArray();
        var rates = $"{Rate(passes[0])} | {Rate(passes[passes.Length / 2])} | {Rate(_fastest.Sum())}";
        return FormattableString.Invariant($"| {name} | {_tokens:N0} | {rates} | {passes.Length} | {(double)_allocated / _tokens:F2} |");

        string Rate(double time) => FormattableString.Invariant($"{_tokens / time / 1e6:F1}");
    }
}
