using System.Reflection;
using MedId.Provider;

namespace MedId.AspNetCore.Provider.Tests;

/// <summary>A store in which something comes in between: a hook that sees each verb before it runs.</summary>
[System.Diagnostics.CodeAnalysis.SuppressMessage("Performance", "CA1852", Justification = "DispatchProxy derives from it at run time.")]
internal class InterceptedStore : DispatchProxy
{
    private IProviderStore _inner = null!;
    private Action<string, IProviderStore> _before = null!;

    public static IProviderStore Around(IProviderStore inner, Action<string, IProviderStore> before)
    {
        var proxy = Create<IProviderStore, InterceptedStore>();
        ((InterceptedStore)(object)proxy)._inner = inner;
        ((InterceptedStore)(object)proxy)._before = before;
        return proxy;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        _before(targetMethod!.Name, _inner);
        return targetMethod.Invoke(_inner, args);
    }
}
