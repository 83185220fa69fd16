using System.Globalization;

namespace MLNetNlp.Benchmarks.Adapters;

/// <summary>The arguments of the form NAME=VALUE.</summary>
internal sealed class Settings(IEnumerable<string> arguments)
{
    private readonly Dictionary<string, string> _values = arguments.Select(a => a.Split('=', 2)).ToDictionary(a => a[0], a => a[1]);

    public string Text(string name, string otherwise) => _values.GetValueOrDefault(name, otherwise);

    public int Whole(string name, int otherwise) => _values.TryGetValue(name, out var text) ? int.Parse(text, CultureInfo.InvariantCulture) : otherwise;

    public double Real(string name, double otherwise) => _values.TryGetValue(name, out var text) ? double.Parse(text, CultureInfo.InvariantCulture) : otherwise;
}
