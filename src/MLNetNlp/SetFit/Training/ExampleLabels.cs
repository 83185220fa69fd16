namespace MLNetNlp;

/// <summary>The labels of few-shot examples: one class each, or any number of labels each.</summary>
/// <param name="names">Text of each class or label.</param>
/// <param name="areSeveral">Whether an example may have several.</param>
internal sealed class ExampleLabels(IReadOnlyList<string> names, bool areSeveral)
{
    private readonly List<int> _classes = [];
    private readonly List<bool> _targets = [];

    public IReadOnlyList<string> Names => names;

    public bool AreSeveral => areSeveral;

    public int Count => areSeveral ? _targets.Count / names.Count : _classes.Count;

    /// <summary>The class of each example, from 0; empty where examples have several labels.</summary>
    public int[] Classes => [.. _classes];

    /// <summary>[examples, labels], row by row; empty where examples have one class.</summary>
    public bool[] Targets => [.. _targets];

    public void Add(int classNumber) => _classes.Add(classNumber);

    public void Add(ReadOnlySpan<bool> labels) => _targets.AddRange(labels);

    public void Clear()
    {
        _classes.Clear();
        _targets.Clear();
    }

    /// <summary>Whether two examples are a positive pair: of one class, or with a label in common.</summary>
    public bool Alike(int first, int second)
    {
        if (!areSeveral)
            return _classes[first] == _classes[second];
        for (var k = 0; k < names.Count; k++)
        {
            if (_targets[first * names.Count + k] && _targets[second * names.Count + k])
                return true;
        }

        return false;
    }

    /// <summary>Examples of each class, or with each label.</summary>
    public int[] Counts()
    {
        var counts = new int[names.Count];
        foreach (var c in _classes)
            counts[c]++;
        for (var i = 0; i < _targets.Count; i++)
            counts[i % names.Count] += _targets[i] ? 1 : 0;
        return counts;
    }

    /// <summary>An example's labels as text.</summary>
    public string Describe(int example) => areSeveral
        ? string.Join('+', names.Where((_, k) => _targets[example * names.Count + k])) is { Length: > 0 } on ? on : "(none)"
        : names[_classes[example]];

    /// <summary>The weights of classes; null: all 1, as where examples have several labels.</summary>
    public float[]? Weights(ClassWeights weights) => areSeveral ? null : weights.Compute(names, Counts());
}
