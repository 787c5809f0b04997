using System.Collections.Concurrent;
using MedId.Core;
using MedId.Cryptography;
using MedId.OAuth.Server;

namespace MedId.Provider;

/// <summary>The ring of signing keys that stands in the settings. A node that cannot read them any more neither signs nor publishes, rather than with keys of yesterday.</summary>
public sealed class SettingKeyRing : IKeyRingSource
{
    private readonly SettingCache _settings;
    private readonly TenantId _tenant;
    private readonly ConcurrentDictionary<string, LocalSigningKey> _keys = new(StringComparer.Ordinal);
    private Loaded? _loaded;

    /// <summary>Makes a source.</summary>
    /// <param name="settings">The settings of the tenant.</param>
    /// <param name="options">The OP's choices.</param>
    public SettingKeyRing(SettingCache settings, ProviderOptions options)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(options);
        _settings = settings;
        _tenant = options.Tenant;
    }

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">There is no key yet.</exception>
    /// <exception cref="ArgumentException">Another tenant.</exception>
    public async ValueTask<KeyRing> GetKeyRingAsync(TenantId tenant, CancellationToken cancellationToken = default)
    {
        if (tenant != _tenant)
        {
            throw new ArgumentException("The ring is of another tenant.", nameof(tenant));
        }

        var setting = await _settings.FindAsync(SettingKinds.Key, StoredKeyRing.SettingId, cancellationToken).ConfigureAwait(false);
        if (setting is null)
        {
            // Another node may just have made the first key.
            _settings.Invalidate();
            setting = await _settings.FindAsync(SettingKinds.Key, StoredKeyRing.SettingId, cancellationToken).ConfigureAwait(false)
                ?? throw new InvalidOperationException("There is no signing key yet: generate one (POST /admin/v1/keys), or name an age in KeyRotationOptions.");
        }

        var loaded = Volatile.Read(ref _loaded);
        if (loaded?.Version != setting.Version)
        {
            loaded = new(setting.Version, Make(StoredKeyRingJson.Read(setting.Body)));

            // Of two readers the later version stays.
            var before = Volatile.Read(ref _loaded);
            if (before is null || before.Version < loaded.Version)
            {
                Volatile.Write(ref _loaded, loaded);
            }
        }

        return loaded.Ring;
    }

    private KeyRing Make(StoredKeyRing stored)
    {
        var ring = new KeyRing(
            stored.Keys.Where(static key => key.State == StoredKeyState.Current).Select(Import),
            stored.Keys.Where(static key => key.State == StoredKeyState.Next).Select(Import),
            stored.Keys.Where(static key => key.State == StoredKeyState.Retired).Select(static key => key.Public),
            stored.Keys.Where(static key => key.State == StoredKeyState.Next).ToDictionary(static key => key.KeyId, static key => key.ReadyAt, StringComparer.Ordinal));

        // What may not sign any more leaves the memory; a signature in progress ends first.
        foreach (var gone in _keys.Keys.Where(id => stored.Find(id) is not { Pkcs8: not null }).ToList())
        {
            _keys.TryRemove(gone, out _);
        }

        return ring;
    }

    private LocalSigningKey Import(StoredKey key) => _keys.GetOrAdd(key.KeyId, static (id, stored) => LocalSigningKey.FromPkcs8(stored.Pkcs8!, stored.Algorithm, id), key);

    private sealed record Loaded(long Version, KeyRing Ring);
}
