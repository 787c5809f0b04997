using MedId.Core;
using MedId.Cryptography;

namespace MedId.Provider;

/// <summary>
/// The signing keys of a tenant as one setting, with the steps of a rotation as pure functions: publish, promote, retire, revoke (OpenID Connect Core §10.1.1). A key signs only when every node publishes it and
/// every reader has had the time to fetch it.
/// </summary>
/// <param name="Keys">The keys; of one algorithm at most one is current, and the first current one is the default.</param>
internal sealed record StoredKeyRing(IReadOnlyList<StoredKey> Keys)
{
    public const string SettingId = "ring";
    public const int MaxKeys = 32;
    private const string Section = "MedId walk, administration: signing keys";

    public static StoredKeyRing Empty { get; } = new([]);

    public StoredKey? Find(string keyId) => Keys.FirstOrDefault(key => string.Equals(key.KeyId, keyId, StringComparison.Ordinal));

    public StoredKey? CurrentOf(SignatureAlgorithm algorithm) => Keys.FirstOrDefault(key => key.State == StoredKeyState.Current && key.Algorithm == algorithm);

    public IEnumerable<StoredKey> NextOf(SignatureAlgorithm algorithm) => Keys.Where(key => key.State == StoredKeyState.Next && key.Algorithm == algorithm).OrderBy(static key => key.ReadyAt);

    /// <summary>Adds a key: the first of all signs at once, because nobody fetched a set without it.</summary>
    public MedIdResult<StoredKeyRing> Publish(LocalSigningKey key, bool imported, DateTimeOffset now, KeyRotationOptions options)
    {
        if (Find(key.KeyId) is { } known)
        {
            return known.State == StoredKeyState.Revoked ? State(known, "a revoked key does not come back") : this;
        }

        if (Keys.Count(static one => one.State != StoredKeyState.Revoked) >= MaxKeys)
        {
            return new MedIdError(ProviderErrorCodes.KeyRefused, ErrorCategory.Policy, Section, $"a ring has at most {MaxKeys} keys");
        }

        var first = !Keys.Any(static one => one.State != StoredKeyState.Revoked);
        return this with
        {
            Keys =
            [
                .. Keys,
                new()
                {
                    KeyId = key.KeyId,
                    Algorithm = key.Algorithm,
                    State = first ? StoredKeyState.Current : StoredKeyState.Next,
                    Public = key.ToJwk(),
                    Pkcs8 = key.ExportPkcs8(),
                    PublishedAt = now,
                    ReadyAt = first ? now : now + options.PublishWait,
                    CurrentAt = first ? now : null,
                    Imported = imported,
                },
            ],
        };
    }

    /// <summary>Has a next key sign, and retires the key of its algorithm before it.</summary>
    public MedIdResult<StoredKeyRing> Promote(string keyId, DateTimeOffset now, KeyRotationOptions options)
    {
        if (Find(keyId) is not { } key)
        {
            return Unknown();
        }

        return key.State == StoredKeyState.Current ? this
            : key.State != StoredKeyState.Next ? State(key, "only a next key becomes the current one")
            : now < key.ReadyAt ? NotReady(key)
            : Put(key, CurrentOf(key.Algorithm), StoredKeyState.Retired, now, options);
    }

    /// <summary>Takes a key out of use: a next key is forgotten, a current one signs no more where another algorithm's key is left.</summary>
    public MedIdResult<StoredKeyRing> Retire(string keyId, DateTimeOffset now, KeyRotationOptions options)
    {
        if (Find(keyId) is not { } key)
        {
            return Unknown();
        }

        return key.State switch
        {
            StoredKeyState.Retired => this,
            StoredKeyState.Next => this with { Keys = [.. Keys.Where(one => one != key)] },
            StoredKeyState.Revoked => State(key, "it is revoked"),
            _ when Keys.Count(static one => one.State == StoredKeyState.Current) == 1 => Without(),
            _ => Replace(key, End(key, StoredKeyState.Retired, now, options)),
        };
    }

    /// <summary>
    /// Takes a key away from verifiers: what it signed is refused from now on. In the place of a current key comes a next one that every node publishes; readers that have not fetched it yet do when they meet its id.
    /// </summary>
    public MedIdResult<StoredKeyRing> Revoke(string keyId, DateTimeOffset now, KeyRotationOptions options)
    {
        if (Find(keyId) is not { } key)
        {
            return Unknown();
        }

        if (key.State == StoredKeyState.Revoked)
        {
            return this;
        }

        if (key.State != StoredKeyState.Current)
        {
            return Replace(key, End(key, StoredKeyState.Revoked, now, options));
        }

        var successor = NextOf(key.Algorithm).FirstOrDefault(next => now >= next.PublishedAt + options.NodeWait);
        return successor is not null ? Put(successor, key, StoredKeyState.Revoked, now, options)
            : NextOf(key.Algorithm).FirstOrDefault() is { } waiting ? NotReady(waiting)
            : Without();
    }

    /// <summary>What rotation by age does now; null when nothing is due.</summary>
    /// <param name="options">The rules.</param>
    /// <param name="now">Now.</param>
    /// <param name="generate">Makes a key; disposed of by the caller.</param>
    /// <returns>The ring after one step, and what the step was.</returns>
    public (StoredKeyRing Ring, string Step, string KeyId)? Rotate(KeyRotationOptions options, DateTimeOffset now, Func<SignatureAlgorithm, LocalSigningKey> generate)
    {
        if (Keys.FirstOrDefault(key => key.State == StoredKeyState.Retired && now >= key.PublishedUntil + options.ClockTolerance) is { } over)
        {
            return (this with { Keys = [.. Keys.Where(one => one != over)] }, "key-forgotten", over.KeyId);
        }

        if (options.Age is not { } age)
        {
            return null;
        }

        foreach (var algorithm in options.Algorithms)
        {
            var current = CurrentOf(algorithm);
            var next = NextOf(algorithm).FirstOrDefault();
            if (next is null)
            {
                var key = generate(algorithm);
                return Publish(key, imported: false, now, options) is { Succeeded: true } published ? (published.Value, "key-generated", key.KeyId) : null;
            }

            if (now >= next.ReadyAt && (current is null || now >= current.CurrentAt + age))
            {
                return (Promote(next.KeyId, now, options).Value!, "key-promoted", next.KeyId);
            }
        }

        return null;
    }

    private static MedIdError Unknown() => new(ProviderErrorCodes.AdministrationUnknown, ErrorCategory.State, Section, "no such key");

    private static MedIdError State(StoredKey key, string detail) => new(ProviderErrorCodes.KeyState, ErrorCategory.State, Section, $"{key.State}: {detail}");

    private static MedIdError NotReady(StoredKey key) => new(ProviderErrorCodes.KeyNotReady, ErrorCategory.State, Section, $"ready at {key.ReadyAt:O}");

    private static MedIdError Without() => new(ProviderErrorCodes.KeyWithoutSuccessor, ErrorCategory.State, Section, "publish a next key first");

    private static StoredKey End(StoredKey key, StoredKeyState state, DateTimeOffset now, KeyRotationOptions options) => key with
    {
        State = state,
        Pkcs8 = null,
        EndedAt = now,
        PublishedUntil = state == StoredKeyState.Retired ? now + options.Retention : null,
    };

    private StoredKeyRing Put(StoredKey next, StoredKey? before, StoredKeyState state, DateTimeOffset now, KeyRotationOptions options)
    {
        // In the place of the one before, so that the default algorithm stays the default.
        var current = next with { State = StoredKeyState.Current, CurrentAt = now };
        return before is null
            ? Replace(next, current)
            : this with { Keys = [.. Keys.Where(one => one != next).SelectMany(one => one == before ? (StoredKey[])[current, End(before, state, now, options)] : [one])] };
    }

    private StoredKeyRing Replace(StoredKey key, StoredKey by) => this with { Keys = [.. Keys.Select(one => one == key ? by : one)] };
}
