namespace Microsoft.ML;

/// <summary>The texts of one component's part of a model file, each kept once.</summary>
internal sealed class StringTable
{
    private readonly Dictionary<string, int> _ids = [];
    private readonly List<string> _texts = [];

    internal IReadOnlyList<string> Texts => _texts;

    internal int Add(string text)
    {
        if (!_ids.TryGetValue(text, out int id))
        {
            id = _texts.Count;
            _ids.Add(text, id);
            _texts.Add(text);
        }

        return id;
    }
}
