namespace MedId.Cryptography;

/// <summary>Imported handles of one key, each used by one thread at a time.</summary>
/// <remarks>
/// <see cref="System.Security.Cryptography.ECDsa"/> and <see cref="System.Security.Cryptography.RSA"/> promise no thread safety. A lock would make all
/// verifications with one key wait for each other, and importing a P-256 key costs about three times a verification; so idle handles are kept: one in a slot of
/// its own, which a key used by one thread at a time never leaves, and a few beside it: more than processors, because a thread that has to give way in the middle of a verification keeps
/// its handle. Renting costs one interlocked exchange.
/// </remarks>
internal sealed class HandlePool<T>
    where T : class, IDisposable
{
    private readonly Func<T> _import;
    private T? _first;
    private T?[]? _others;

    public HandlePool(Func<T> import, T first)
    {
        _import = import;
        _first = first;
    }

    /// <summary>How many idle handles are kept beside the first.</summary>
    internal static int Beside { get; } = Math.Max(8, 2 * Environment.ProcessorCount);

    public T Rent()
    {
        var handle = Interlocked.Exchange(ref _first, null);
        if (handle is not null)
        {
            return handle;
        }

        var others = Volatile.Read(ref _others) ?? [];
        for (var i = 0; i < others.Length; i++)
        {
            handle = Interlocked.Exchange(ref others[i], null);
            if (handle is not null)
            {
                return handle;
            }
        }

        return _import();
    }

    public void Return(T handle)
    {
        if (Interlocked.CompareExchange(ref _first, handle, null) is null)
        {
            return;
        }

        var others = LazyInitializer.EnsureInitialized(ref _others, static () => new T?[Beside]);
        for (var i = 0; i < others.Length; i++)
        {
            if (Interlocked.CompareExchange(ref others[i], handle, null) is null)
            {
                return;
            }
        }

        handle.Dispose();
    }

    /// <summary>Disposes the idle handles; those rented follow by their finalizers.</summary>
    public void Drain()
    {
        Interlocked.Exchange(ref _first, null)?.Dispose();
        var others = Volatile.Read(ref _others) ?? [];
        for (var i = 0; i < others.Length; i++)
        {
            Interlocked.Exchange(ref others[i], null)?.Dispose();
        }
    }
}
