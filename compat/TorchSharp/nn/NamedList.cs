using System.Collections;

namespace TorchSharp;

/// <summary>Values by name, in the order they were added.</summary>
internal sealed class NamedList<T> : IEnumerable<(string Name, T Value)>
{
    private readonly List<(string Name, T Value)> _items = [];
    private readonly Dictionary<string, int> _places = [];

    public bool Contains(string name) => _places.ContainsKey(name);

    public T? Find(string name) => _places.TryGetValue(name, out var place) ? _items[place].Value : default;

    public void Add(string name, T value)
    {
        _places.Add(name, _items.Count);
        _items.Add((name, value));
    }

    /// <summary>Puts a value in place of the one of that name, or adds it; null takes the one of that name away.</summary>
    public void Set(string name, T? value)
    {
        if (value is null)
            Remove(name);
        else if (_places.TryGetValue(name, out var place))
            _items[place] = (name, value);
        else
            Add(name, value);
    }

    public void Remove(string name)
    {
        if (!_places.Remove(name, out var place))
            return;
        _items.RemoveAt(place);
        for (var i = place; i < _items.Count; i++)
            _places[_items[i].Name] = i;
    }

    public void Clear()
    {
        _items.Clear();
        _places.Clear();
    }

    public IEnumerator<(string Name, T Value)> GetEnumerator() => ((IEnumerable<(string, T)>)_items).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
