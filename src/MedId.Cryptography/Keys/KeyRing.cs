using System.Collections.Immutable;

namespace MedId.Cryptography;

/// <summary>The signing keys of one issuer at one time: those that sign, those published before they sign, and those published because they signed.</summary>
/// <remarks>
/// An immutable snapshot; a rotation is three of them: <see cref="Publish(SigningKey, DateTimeOffset)"/> the next key, wait until every reader of the key set has
/// fetched it, <see cref="Promote(string, DateTimeOffset)"/> it, and <see cref="Forget"/> the old one when the last token it signed has expired (OpenID Connect
/// Core §10.1.1). The waiting cannot be forgotten: a key published with a time does not sign before it.
/// </remarks>
public sealed class KeyRing
{
    private readonly ImmutableArray<SigningKey> _current;
    private readonly ImmutableArray<SigningKey> _next;
    private readonly ImmutableArray<JsonWebKey> _retired;
    private readonly ImmutableDictionary<string, DateTimeOffset> _readyAt;

    /// <summary>Makes a ring, e.g. from a store.</summary>
    /// <param name="current">The keys that sign; at least one, at most one for an algorithm, the first is the default.</param>
    /// <param name="next">Keys published but not signing yet.</param>
    /// <param name="retired">Keys that signed before.</param>
    /// <param name="readyAt">For next keys by their ids, the time before which they must not sign; <see cref="ReadyAt"/> of the ring that was stored.</param>
    /// <exception cref="ArgumentException">No current key, two of one algorithm, or a key id twice.</exception>
    public KeyRing(
        IEnumerable<SigningKey> current,
        IEnumerable<SigningKey>? next = null,
        IEnumerable<JsonWebKey>? retired = null,
        IReadOnlyDictionary<string, DateTimeOffset>? readyAt = null)
    {
        _current = [.. current];
        _next = [.. next ?? []];
        _retired = [.. retired ?? []];
        if (_current.IsEmpty || _current.DistinctBy(k => k.Algorithm).Count() != _current.Length)
        {
            throw new ArgumentException("A ring has a current key, and one at most for an algorithm.", nameof(current));
        }

        JsonWebKey[] published = [.. _current.Concat(_next).Select(k => k.ToJwk()), .. _retired];
        if (published.DistinctBy(k => k.KeyId, StringComparer.Ordinal).Count() != published.Length)
        {
            throw new ArgumentException("A key id stands for one key.", nameof(current));
        }

        _readyAt = (readyAt ?? ImmutableDictionary<string, DateTimeOffset>.Empty)
            .Where(r => _next.Any(k => string.Equals(k.KeyId, r.Key, StringComparison.Ordinal)))
            .ToImmutableDictionary(StringComparer.Ordinal);
        Published = JsonWebKeySet.Of(published);
    }

    /// <summary>Every key that verifiers must know: current, next, retired.</summary>
    public JsonWebKeySet Published { get; }

    /// <summary>The keys that sign now.</summary>
    public IReadOnlyList<SigningKey> SigningKeys => _current;

    /// <summary>The keys that are published but do not sign yet.</summary>
    public IReadOnlyList<SigningKey> NextKeys => _next;

    /// <summary>The times before which next keys must not sign, by key id; a key without one may sign at once.</summary>
    public IReadOnlyDictionary<string, DateTimeOffset> ReadyAt => _readyAt;

    /// <summary>The default key that signs now.</summary>
    public SigningKey Current() => _current[0];

    /// <summary>The key that signs now with an algorithm, e.g. the one that a client registered.</summary>
    /// <param name="algorithm">The algorithm asked for; null for the default key.</param>
    /// <returns>The key; null when no current key has the algorithm.</returns>
    public SigningKey? Current(SignatureAlgorithm? algorithm) => algorithm is null ? _current[0] : _current.FirstOrDefault(k => k.Algorithm == algorithm);

    /// <summary>The ring with one more published key, which may be promoted at once; for tests and for a first key that nobody has fetched a set without.</summary>
    /// <param name="key">The key that will sign later.</param>
    public KeyRing Publish(SigningKey key) => new(_current, _next.Add(key), _retired, _readyAt);

    /// <summary>The ring with one more published key, and from when it may sign.</summary>
    /// <param name="key">The key that will sign later.</param>
    /// <param name="readyAt">When every reader has fetched the set with it: now, and the longest time that a reader keeps the set (its <c>Cache-Control: max-age</c>).</param>
    public KeyRing Publish(SigningKey key, DateTimeOffset readyAt)
    {
        ArgumentNullException.ThrowIfNull(key);
        return new(_current, _next.Add(key), _retired, _readyAt.SetItem(key.KeyId, readyAt));
    }

    /// <summary>The ring in which a published key signs, and the key of its algorithm before it is retired.</summary>
    /// <param name="keyId">The id of a next key that was published without a time.</param>
    /// <exception cref="ArgumentException">No next key has the id: a key is published before it signs. Or it was published with a time: then the time is needed.</exception>
    public KeyRing Promote(string keyId) => !_readyAt.ContainsKey(keyId)
        ? PromoteNext(keyId)
        : throw new ArgumentException("The key was published with a time; promote it with the time that it is now.", nameof(keyId));

    /// <summary>The ring in which a published key signs, and the key of its algorithm before it is retired.</summary>
    /// <param name="keyId">The id of a next key.</param>
    /// <param name="now">The time.</param>
    /// <exception cref="ArgumentException">No next key has the id: a key is published before it signs.</exception>
    /// <exception cref="InvalidOperationException">Too early: some reader may still hold a set without the key.</exception>
    public KeyRing Promote(string keyId, DateTimeOffset now) => !_readyAt.TryGetValue(keyId, out var readyAt) || now >= readyAt
        ? PromoteNext(keyId)
        : throw new InvalidOperationException("Readers of the key set may not have fetched the key yet.");

    /// <summary>The ring without a retired key; what it signed no longer verifies.</summary>
    /// <param name="keyId">The id of a retired key.</param>
    /// <exception cref="ArgumentException">No retired key has the id.</exception>
    public KeyRing Forget(string keyId)
    {
        var kept = _retired.RemoveAll(k => string.Equals(k.KeyId, keyId, StringComparison.Ordinal));
        return kept.Length < _retired.Length ? new(_current, _next, kept, _readyAt) : throw new ArgumentException("No retired key has this id.", nameof(keyId));
    }

    private KeyRing PromoteNext(string keyId)
    {
        var key = _next.FirstOrDefault(k => string.Equals(k.KeyId, keyId, StringComparison.Ordinal))
            ?? throw new ArgumentException("Publish a key before it signs.", nameof(keyId));
        var before = _current.FirstOrDefault(k => k.Algorithm == key.Algorithm);
        return before is null
            ? new(_current.Add(key), _next.Remove(key), _retired, _readyAt)
            : new(_current.Replace(before, key), _next.Remove(key), _retired.Add(before.ToJwk()), _readyAt);
    }
}
