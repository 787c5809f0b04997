using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using MedId.Core;
using MedId.Provider;

namespace MedId.Provider.Tests;

/// <summary>A store in which another act of the same authenticator comes in between judging and storing.</summary>
[SuppressMessage("Performance", "CA1852", Justification = "DispatchProxy derives from it at run time.")]
internal class CounterMovingStore : DispatchProxy
{
    private IProviderStore _inner = null!;
    private Device _device = null!;

    public static IProviderStore Around(IProviderStore inner, Device device)
    {
        var proxy = Create<IProviderStore, CounterMovingStore>();
        ((CounterMovingStore)(object)proxy)._inner = inner;
        ((CounterMovingStore)(object)proxy)._device = device;
        return proxy;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        if (targetMethod!.Name == nameof(IDeviceStore.TryAdvanceCounterAsync))
        {
            var moved = _inner.TryAdvanceCounterAsync(((CounterAdvance)args![0]!) with { Model = _device.Model, KeyId = _device.KeyId, Expected = _device.SignCounter, Next = _device.SignCounter + 1000 });
            Assert.True(moved.AsTask().GetAwaiter().GetResult());
        }

        return targetMethod.Invoke(_inner, args);
    }
}
