using System.Reflection;
using MedId.Provider;

namespace MedId.Storage.TestSupport;

/// <summary>Two stores that are one to the caller: every verb goes to the other node than the verb before.</summary>
public class TwoNodes : DispatchProxy
{
    private IProviderStore[] _nodes = [];
    private int _next;

    public static IProviderStore Over(params IProviderStore[] nodes)
    {
        var store = Create<IProviderStore, TwoNodes>();
        ((TwoNodes)store)._nodes = nodes;
        return store;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        var node = _nodes[(uint)Interlocked.Increment(ref _next) % (uint)_nodes.Length];
        return targetMethod!.Invoke(node, BindingFlags.DoNotWrapExceptions, binder: null, args, culture: null);
    }
}
