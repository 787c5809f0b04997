using MedId.Ciba.Server;
using MedId.Core;
using MedId.Cryptography;

namespace MedId.Provider;

/// <summary>What operators, and the OP by its own rule, do with the signing keys that stand in the settings. Each act is one step with its audit line.</summary>
public sealed class SigningKeyDesk
{
    private const string Section = "MedId walk, administration: signing keys";
    private const int Attempts = 8;

    private readonly ISettingStore _store;
    private readonly SettingCache _settings;
    private readonly ProviderOptions _options;
    private readonly KeyRotationOptions _rotation;
    private readonly TimeProvider _time;
    private readonly CibaProfile? _profile;

    /// <summary>Makes the desk.</summary>
    /// <param name="store">The settings.</param>
    /// <param name="settings">The same as this node knows them.</param>
    /// <param name="options">The OP's choices.</param>
    /// <param name="rotation">How keys are rotated.</param>
    /// <param name="time">The clock.</param>
    /// <param name="profile">The profile that the OP keeps; null where it keeps none.</param>
    public SigningKeyDesk(ISettingStore store, SettingCache settings, ProviderOptions options, KeyRotationOptions rotation, TimeProvider time, CibaProfile? profile = null)
    {
        _profile = profile;
        _store = store;
        _settings = settings;
        _options = options;
        _rotation = rotation;
        _time = time;
    }

    /// <summary>The keys, and the version of the ring.</summary>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>Version 0 where there is none yet.</returns>
    public async ValueTask<(IReadOnlyList<StoredKey> Keys, long Version)> ListAsync(CancellationToken cancellationToken = default)
    {
        var (ring, version) = await LoadAsync(cancellationToken).ConfigureAwait(false);
        return (ring.Keys, version);
    }

    /// <summary>Generates a key and publishes it.</summary>
    /// <param name="algorithm">What it signs with.</param>
    /// <param name="actor">Who asks.</param>
    /// <param name="version">The version that the caller saw; null: whatever it is.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The key as it stands.</returns>
    public async ValueTask<MedIdResult<StoredKey>> GenerateAsync(SignatureAlgorithm algorithm, AdministrationActor actor, long? version = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(algorithm);
        ArgumentNullException.ThrowIfNull(actor);
        if (!SigningAlgorithms.IsUsable(algorithm) || !IsAllowed(algorithm))
        {
            return new MedIdError(ProviderErrorCodes.KeyRefused, ErrorCategory.Unsupported, Section, "the algorithm is not one that this OP signs with");
        }

        using var key = LocalSigningKey.Generate(algorithm);
        return await ChangeAsync(ring => ring.Publish(key, imported: false, _time.GetUtcNow(), _rotation), key.KeyId, "key-generated", actor, version, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Imports a key and publishes it.</summary>
    /// <param name="pkcs8">PKCS#8 in DER; the caller clears it.</param>
    /// <param name="algorithm">What it signs with.</param>
    /// <param name="actor">Who asks.</param>
    /// <param name="version">The version that the caller saw; null: whatever it is.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The key as it stands; the same again for a key that is there.</returns>
    public async ValueTask<MedIdResult<StoredKey>> ImportAsync(
        ReadOnlyMemory<byte> pkcs8, SignatureAlgorithm algorithm, AdministrationActor actor, long? version = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(algorithm);
        ArgumentNullException.ThrowIfNull(actor);
        if (!SigningAlgorithms.IsUsable(algorithm) || !IsAllowed(algorithm) || Read(pkcs8, algorithm) is not { } key)
        {
            return new MedIdError(ProviderErrorCodes.KeyRefused, ErrorCategory.Malformed, Section, "not a PKCS#8 key of an algorithm that this OP signs with");
        }

        using (key)
        {
            return await ChangeAsync(ring => ring.Publish(key, imported: true, _time.GetUtcNow(), _rotation), key.KeyId, "key-imported", actor, version, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Makes a published key the one that signs; refused before its time.</summary>
    /// <param name="keyId">The key.</param>
    /// <param name="actor">Who asks.</param>
    /// <param name="version">The version that the caller saw; null: whatever it is.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The key as it stands.</returns>
    public ValueTask<MedIdResult<StoredKey>> PromoteAsync(string keyId, AdministrationActor actor, long? version = null, CancellationToken cancellationToken = default) =>
        ChangeAsync(ring => ring.Promote(keyId, _time.GetUtcNow(), _rotation), keyId, "key-promoted", actor, version, cancellationToken);

    /// <summary>Takes a key out of use; what it signed stays good.</summary>
    /// <param name="keyId">The key.</param>
    /// <param name="actor">Who asks.</param>
    /// <param name="version">The version that the caller saw; null: whatever it is.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The key as it stood or stands.</returns>
    public ValueTask<MedIdResult<StoredKey>> RetireAsync(string keyId, AdministrationActor actor, long? version = null, CancellationToken cancellationToken = default) =>
        ChangeAsync(ring => ring.Retire(keyId, _time.GetUtcNow(), _rotation), keyId, "key-retired", actor, version, cancellationToken);

    /// <summary>Revokes a key: what it signed is refused from now on. A next key that every node publishes takes the place of a current one.</summary>
    /// <param name="keyId">The key.</param>
    /// <param name="actor">Who asks.</param>
    /// <param name="version">The version that the caller saw; null: whatever it is.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The key as it stands.</returns>
    public ValueTask<MedIdResult<StoredKey>> RevokeAsync(string keyId, AdministrationActor actor, long? version = null, CancellationToken cancellationToken = default) =>
        ChangeAsync(ring => ring.Revoke(keyId, _time.GetUtcNow(), _rotation), keyId, "key-revoked", actor, version, cancellationToken);

    /// <summary>Does what rotation by age asks for now. Of several nodes one does each step.</summary>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>How many steps were done.</returns>
    public async ValueTask<int> RotateAsync(CancellationToken cancellationToken = default)
    {
        var steps = 0;
        for (var attempt = 0; attempt < Attempts * 2; attempt++)
        {
            var (ring, version) = await LoadAsync(cancellationToken).ConfigureAwait(false);
            var made = new List<LocalSigningKey>();
            try
            {
                if (ring.Rotate(_rotation, _time.GetUtcNow(), algorithm => Keep(made, LocalSigningKey.Generate(algorithm))) is not { } due)
                {
                    return steps;
                }

                steps += await TryPutAsync(due.Ring, version, due.KeyId, due.Step, AdministrationActor.Op, cancellationToken).ConfigureAwait(false) ? 1 : 0;
            }
            finally
            {
                made.ForEach(static key => key.Dispose());
            }
        }

        return steps;
    }

    /// <summary>What stands against the algorithms of the rotation.</summary>
    internal IEnumerable<string> RefuseRotation() =>
        _rotation.Algorithms.Where(algorithm => !IsAllowed(algorithm)).Select(algorithm => $"KeyRotationOptions: Algorithms: the profile {_profile} forbids that tokens are signed with {algorithm}.");

    private bool IsAllowed(SignatureAlgorithm algorithm) => _profile is not { Algorithms.Count: > 0 } || _profile.Algorithms.Contains(algorithm);

    private static LocalSigningKey Keep(List<LocalSigningKey> made, LocalSigningKey key)
    {
        made.Add(key);
        return key;
    }

    private static LocalSigningKey? Read(ReadOnlyMemory<byte> pkcs8, SignatureAlgorithm algorithm)
    {
        try
        {
            return LocalSigningKey.FromPkcs8(pkcs8.Span, algorithm);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    private async ValueTask<MedIdResult<StoredKey>> ChangeAsync(
        Func<StoredKeyRing, MedIdResult<StoredKeyRing>> step, string keyId, string reason, AdministrationActor actor, long? expected, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(keyId);
        ArgumentNullException.ThrowIfNull(actor);
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var (ring, version) = await LoadAsync(cancellationToken).ConfigureAwait(false);
            if (expected is { } seen && seen != version)
            {
                break;
            }

            var after = step(ring);
            if (!after.Succeeded)
            {
                return after.Error;
            }

            // Done before, by this or another call: nothing is written.
            if (ReferenceEquals(after.Value, ring) || await TryPutAsync(after.Value, version, keyId, reason, actor, cancellationToken).ConfigureAwait(false))
            {
                return after.Value.Find(keyId) ?? ring.Find(keyId)! with { State = StoredKeyState.Retired, Pkcs8 = null };
            }
        }

        return new MedIdError(ProviderErrorCodes.AdministrationConflict, ErrorCategory.State, Section);
    }

    private async ValueTask<(StoredKeyRing Ring, long Version)> LoadAsync(CancellationToken cancellationToken)
    {
        var setting = await _store.FindSettingAsync(_options.Tenant, SettingKinds.Key, StoredKeyRing.SettingId, cancellationToken).ConfigureAwait(false);
        return setting is { Removed: false } ? (StoredKeyRingJson.Read(setting.Body), setting.Version) : (StoredKeyRing.Empty, setting?.Version ?? 0);
    }

    private async ValueTask<bool> TryPutAsync(StoredKeyRing ring, long version, string keyId, string reason, AdministrationActor actor, CancellationToken cancellationToken)
    {
        var now = _time.GetUtcNow();
        var put = await _store.TryPutSettingAsync(
            new() { Tenant = _options.Tenant, Kind = SettingKinds.Key, Id = StoredKeyRing.SettingId, Version = version + 1, Body = StoredKeyRingJson.Write(ring), ChangedAt = now },
            new() { Event = AuditEventKind.KeyChanged, At = now, Agents = actor.Agents, ObjectId = keyId, Reason = reason },
            cancellationToken).ConfigureAwait(false);
        _settings.Invalidate();
        return put;
    }
}
