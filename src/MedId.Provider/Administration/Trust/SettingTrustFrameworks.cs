using System.Text;
using MedId.Cryptography;

namespace MedId.Provider;

/// <summary>Trust frameworks that operators put into the settings, before those of the configuration: an entry says all about its framework, also that it is suspended.</summary>
public sealed class SettingTrustFrameworks : ITrustFrameworkSource
{
    private readonly ITrustFrameworkSource _configured;
    private readonly SettingCache _settings;

    /// <summary>Makes a source.</summary>
    /// <param name="configured">Those of the configuration.</param>
    /// <param name="settings">The settings of the tenant.</param>
    public SettingTrustFrameworks(ITrustFrameworkSource configured, SettingCache settings)
    {
        ArgumentNullException.ThrowIfNull(configured);
        _configured = configured;
        _settings = settings;
    }

    /// <inheritdoc/>
    public async ValueTask<TrustFramework?> FindAsync(string id, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(id);
        return id.Length is > 0 and <= 256 && await _settings.FindAsync(SettingKinds.TrustFramework, id, cancellationToken).ConfigureAwait(false) is { } setting
            ? Read(setting)
            : await _configured.FindAsync(id, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<TrustFramework>> ListAsync(CancellationToken cancellationToken = default)
    {
        var settings = await _settings.ListAsync(SettingKinds.TrustFramework, cancellationToken).ConfigureAwait(false);
        var configured = await _configured.ListAsync(cancellationToken).ConfigureAwait(false);
        return [.. configured.Where(one => !settings.Any(setting => setting.Id == one.Id)), .. settings.Select(Read).OfType<TrustFramework>()];
    }

    private static TrustFramework? Read(Setting setting) =>
        StrictJson.ParseObject(Encoding.UTF8.GetBytes(setting.Body), maxBytes: TrustDesk.MaxBytes) is { Succeeded: true } json && !TrustDataJson.IsSuspended(json.Value) ? TrustDataJson.ReadFramework(json.Value) : null;
}
