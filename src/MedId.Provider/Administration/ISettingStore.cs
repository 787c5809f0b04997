using MedId.Core;

namespace MedId.Provider;

/// <summary>Settings by atomic verbs.</summary>
public interface ISettingStore
{
    /// <summary>Stores a version.</summary>
    /// <param name="setting">Its <see cref="Setting.Version"/> is one more than the stored one, or 1.</param>
    /// <param name="line">The line of the audit trail, in the same transaction; null when this is no act.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>False when somebody else was first; nothing changed then.</returns>
    ValueTask<bool> TryPutSettingAsync(Setting setting, AuditLine? line, CancellationToken cancellationToken = default);

    /// <summary>Finds one.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="kind">The kind.</param>
    /// <param name="id">The id.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>Its newest version, also when it was removed; null when there never was one.</returns>
    ValueTask<Setting?> FindSettingAsync(TenantId tenant, string kind, string id, CancellationToken cancellationToken = default);

    /// <summary>Lists the newest versions of a kind, removed ones too, by id (ordinal).</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="kind">The kind.</param>
    /// <param name="after">The last id of the page before; null for the first.</param>
    /// <param name="limit">1 to 1,000.</param>
    /// <param name="cancellationToken">Cancels.</param>
    ValueTask<IReadOnlyList<Setting>> ListSettingsAsync(TenantId tenant, string kind, string? after, int limit, CancellationToken cancellationToken = default);
}
