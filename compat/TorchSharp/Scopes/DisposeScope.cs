namespace TorchSharp;

/// <summary>
/// Disposes of the tensors that its thread makes while it is open, when it is closed. Made by <see cref="torch.NewDisposeScope"/>; scopes nest.
/// </summary>
public sealed class DisposeScope : IDisposable
{
    // A tensor knows its place here, so that taking it out costs the same however many there are.
    private readonly List<IDisposable> _disposables = [];
    private bool _closed;

    internal DisposeScope(DisposeScope? outer) => Outer = outer;

    /// <summary>How many objects the scope will dispose of.</summary>
    public int DisposablesCount => _disposables.Count;

    /// <summary>The objects that the scope will dispose of, in no set order.</summary>
    public IReadOnlyList<IDisposable> DisposablesView => _disposables;

    internal DisposeScope? Outer { get; set; }

    /// <summary>Whether the scope will dispose of the object.</summary>
    public bool Contains(IDisposable disposable) => IndexOf(disposable) >= 0;

    /// <summary>Makes the scope dispose of an object; takes a tensor out of the scope it was in.</summary>
    public void Attach(IDisposable disposable)
    {
        if (disposable is torch.Tensor tensor)
        {
            if (tensor.OwningDisposeScope == this || tensor.IsInvalid)
                return;
            tensor.OwningDisposeScope?.Remove(tensor);
            Add(tensor);
        }
        else if (!Contains(disposable))
        {
            _disposables.Add(disposable);
        }
    }

    /// <summary>Makes the scope dispose of objects.</summary>
    public void Attach(params IDisposable[] disposables) => Attach((IEnumerable<IDisposable>)disposables);

    /// <summary>Makes the scope dispose of objects.</summary>
    public IReadOnlyList<IDisposable> Attach(IEnumerable<IDisposable> disposables)
    {
        IDisposable[] all = [.. disposables];
        foreach (var disposable in all)
            Attach(disposable);
        return all;
    }

    /// <summary>Takes an object out of the scope, so that no scope disposes of it.</summary>
    public T Detach<T>(T disposable)
        where T : IDisposable
    {
        Remove(disposable);
        return disposable;
    }

    /// <inheritdoc cref="Detach{T}(T)"/>
    public (T1 first, T2 second) Detach<T1, T2>(T1 first, T2 second)
        where T1 : IDisposable
        where T2 : IDisposable => (Detach(first), Detach(second));

    /// <inheritdoc cref="Detach{T}(T)"/>
    public (T1 first, T2 second, T3 third) Detach<T1, T2, T3>(T1 first, T2 second, T3 third)
        where T1 : IDisposable
        where T2 : IDisposable
        where T3 : IDisposable => (Detach(first), Detach(second), Detach(third));

    /// <summary>Takes objects out of the scope, so that no scope disposes of them.</summary>
    public void Detach(params IDisposable[] disposables) => Detach((IEnumerable<IDisposable>)disposables);

    /// <summary>Takes objects out of the scope, so that no scope disposes of them.</summary>
    public void Detach(IEnumerable<IDisposable> disposables)
    {
        foreach (var disposable in disposables)
            Remove(disposable);
    }

    /// <summary>Hands an object to the scope around this one; to none when there is none.</summary>
    public T MoveToOuter<T>(T disposable)
        where T : IDisposable => MoveToOther(Outer, disposable);

    /// <inheritdoc cref="MoveToOuter{T}(T)"/>
    public (T1 first, T2 second) MoveToOuter<T1, T2>(T1 first, T2 second)
        where T1 : IDisposable
        where T2 : IDisposable => (MoveToOuter(first), MoveToOuter(second));

    /// <inheritdoc cref="MoveToOuter{T}(T)"/>
    public (T1 first, T2 second, T3 third) MoveToOuter<T1, T2, T3>(T1 first, T2 second, T3 third)
        where T1 : IDisposable
        where T2 : IDisposable
        where T3 : IDisposable => (MoveToOuter(first), MoveToOuter(second), MoveToOuter(third));

    /// <summary>Hands objects to the scope around this one; to none when there is none.</summary>
    public void MoveToOuter(params IDisposable[] disposables) => MoveToOuter((IEnumerable<IDisposable>)disposables);

    /// <summary>Hands objects to the scope around this one; to none when there is none.</summary>
    public void MoveToOuter(IEnumerable<IDisposable> disposables) => MoveToOther(Outer, disposables);

    /// <summary>Hands an object to another scope; to none when that is null.</summary>
    public T MoveToOther<T>(DisposeScope? scope, T disposable)
        where T : IDisposable
    {
        Remove(disposable);
        scope?.Attach(disposable);
        return disposable;
    }

    /// <summary>Hands objects to another scope; to none when that is null.</summary>
    public void MoveToOther(DisposeScope? scope, params IDisposable[] disposables) => MoveToOther(scope, (IEnumerable<IDisposable>)disposables);

    /// <summary>Hands objects to another scope; to none when that is null.</summary>
    public void MoveToOther(DisposeScope? scope, IEnumerable<IDisposable> disposables)
    {
        foreach (var disposable in disposables)
            MoveToOther(scope, disposable);
    }

    /// <summary>Disposes of all objects now; the scope stays open.</summary>
    public void DisposeEverything()
    {
        // From the end: an object's own Dispose takes it out of the list.
        while (_disposables.Count > 0)
        {
            var disposable = _disposables[^1];
            Remove(disposable);
            disposable.Dispose();
        }
    }

    /// <summary>Disposes of all objects now but one, which stays in the scope.</summary>
    public T DisposeEverythingBut<T>(T keep)
        where T : IDisposable
    {
        DisposeEverythingBut([keep]);
        return keep;
    }

    /// <summary>Disposes of all objects now but some, which stay in the scope.</summary>
    public void DisposeEverythingBut(params IDisposable[] keep) => DisposeEverythingBut((IEnumerable<IDisposable>)keep);

    /// <summary>Disposes of all objects now but some, which stay in the scope.</summary>
    public void DisposeEverythingBut(IEnumerable<IDisposable> inKeep)
    {
        IDisposable[] kept = [.. inKeep.Where(Contains)];
        foreach (var disposable in kept)
            Remove(disposable);
        DisposeEverything();
        foreach (var disposable in kept)
            Attach(disposable);
    }

    /// <summary>Forgets an object that was disposed by other means.</summary>
    public void MarkAsDisposed(IDisposable disposable) => Remove(disposable);

    /// <summary>Disposes of all objects and closes the scope.</summary>
    public void Dispose()
    {
        if (_closed)
            return;
        _closed = true;
        DisposeEverything();
        DisposeScopeManager.Close(this);
    }

    internal void Add(torch.Tensor tensor)
    {
        tensor.OwningDisposeScope = this;
        tensor.ScopeIndex = _disposables.Count;
        _disposables.Add(tensor);
    }

    private int IndexOf(IDisposable disposable) => disposable switch
    {
        torch.Tensor tensor => tensor.OwningDisposeScope == this ? tensor.ScopeIndex : -1,
        _ => _disposables.FindIndex(d => ReferenceEquals(d, disposable)),
    };

    private void Remove(IDisposable disposable)
    {
        var index = IndexOf(disposable);
        if (index < 0)
            return;
        var last = _disposables.Count - 1;
        if (index != last)
        {
            _disposables[index] = _disposables[last];
            if (_disposables[index] is torch.Tensor moved)
                moved.ScopeIndex = index;
        }

        _disposables.RemoveAt(last);
        if (disposable is torch.Tensor tensor)
            tensor.OwningDisposeScope = null;
    }
}
