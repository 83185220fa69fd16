namespace TorchSharp;

/// <summary>Each thread's stack of dispose scopes.</summary>
internal static class DisposeScopeManager
{
    /// <summary>The calling thread's innermost open scope.</summary>
    [ThreadStatic]
    internal static DisposeScope? Current;

    internal static DisposeScope Open() => Current = new DisposeScope(Current);

    /// <summary>Takes a scope out of the calling thread's stack; scopes opened inside it stay, and then lie in the scope around it.</summary>
    internal static void Close(DisposeScope scope)
    {
        if (Current == scope)
        {
            Current = scope.Outer;
            return;
        }

        for (var inner = Current; inner is not null; inner = inner.Outer)
        {
            if (inner.Outer == scope)
                inner.Outer = scope.Outer;
        }
    }
}
