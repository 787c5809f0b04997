using MedId.Core;
using MedId.Cryptography;

namespace MedId.OAuth.Server;

/// <summary>One ring for every tenant, replaceable while the server runs.</summary>
public sealed class SingleKeyRing : IKeyRingSource
{
    private KeyRing _current;

    /// <summary>Takes the first ring.</summary>
    /// <param name="current">The ring.</param>
    public SingleKeyRing(KeyRing current)
    {
        ArgumentNullException.ThrowIfNull(current);
        _current = current;
    }

    /// <summary>The ring in use; setting it is one step of a rotation (<see cref="KeyRing.Publish(SigningKey)"/>, <see cref="KeyRing.Promote(string)"/>, <see cref="KeyRing.Forget"/>).</summary>
    public KeyRing Current
    {
        get => Volatile.Read(ref _current);
        set
        {
            ArgumentNullException.ThrowIfNull(value);
            Volatile.Write(ref _current, value);
        }
    }

    /// <inheritdoc/>
    public ValueTask<KeyRing> GetKeyRingAsync(TenantId tenant, CancellationToken cancellationToken = default) => ValueTask.FromResult(Current);
}
