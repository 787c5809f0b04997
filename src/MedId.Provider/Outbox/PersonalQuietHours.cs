using System.Globalization;
using System.Text.Json;

namespace MedId.Provider;

/// <summary>The quiet hours that people chose for themselves. They win over the OP's (<see cref="OutboxOptions.QuietHours"/>), also by choosing none.</summary>
public sealed class PersonalQuietHours
{
    /// <summary>The kind of their settings; the id is the account.</summary>
    public const string SettingKind = "quiet-hours";

    private const string TimeFormat = "HH:mm";
    private readonly IProviderStore _store;
    private readonly ProviderOptions _options;

    /// <summary>Makes the service.</summary>
    /// <param name="store">The store.</param>
    /// <param name="options">The tenant.</param>
    public PersonalQuietHours(IProviderStore store, ProviderOptions options)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(options);
        (_store, _options) = (store, options);
    }

    /// <summary>What a person chose.</summary>
    /// <param name="accountId">The account.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>Whether anything was chosen, and the hours; null hours: disturbed at any time.</returns>
    public async ValueTask<(bool Chosen, QuietHours? Hours)> FindAsync(string accountId, CancellationToken cancellationToken = default)
    {
        if (await _store.FindSettingAsync(_options.Tenant, SettingKind, accountId, cancellationToken).ConfigureAwait(false) is not { Removed: false } setting)
        {
            return (false, null);
        }

        var stored = JsonSerializer.Deserialize(setting.Body, OutboxJson.Default.Stored)!;
        return (true, stored is { From: { } from, To: { } to, Zone: { } zone }
            ? new() { From = TimeOnly.ParseExact(from, TimeFormat, CultureInfo.InvariantCulture), To = TimeOnly.ParseExact(to, TimeFormat, CultureInfo.InvariantCulture), Zone = TimeZoneInfo.FromSerializedString(zone) }
            : null);
    }

    /// <summary>Keeps what a person chose, with a line in the audit trail that does not hold the hours.</summary>
    /// <param name="accountId">The account.</param>
    /// <param name="hours">The hours, to the minute; null: disturbed at any time.</param>
    /// <param name="at">Now.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>False when somebody else changed them at this moment.</returns>
    /// <exception cref="ArgumentException">They begin when they end.</exception>
    public async ValueTask<bool> ChooseAsync(string accountId, QuietHours? hours, DateTimeOffset at, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(accountId);
        if (hours is not null && hours.From == hours.To)
        {
            throw new ArgumentException("Quiet hours begin and end at different times.", nameof(hours));
        }

        var known = await _store.FindSettingAsync(_options.Tenant, SettingKind, accountId, cancellationToken).ConfigureAwait(false);
        var stored = new Stored
        {
            From = hours?.From.ToString(TimeFormat, CultureInfo.InvariantCulture),
            To = hours?.To.ToString(TimeFormat, CultureInfo.InvariantCulture),
            Zone = hours?.Zone.ToSerializedString(),
        };
        return await _store.TryPutSettingAsync(
            new()
            {
                Tenant = _options.Tenant,
                Kind = SettingKind,
                Id = accountId,
                Version = (known?.Version ?? 0) + 1,
                Body = JsonSerializer.Serialize(stored, OutboxJson.Default.Stored),
                ChangedAt = at,
            },
            new() { Event = AuditEventKind.AccountChanged, At = at, Agents = [AuditAgent.Person(accountId)], Subject = accountId, Reason = "quiet-hours-changed" },
            cancellationToken).ConfigureAwait(false);
    }

    internal sealed record Stored
    {
        public string? From { get; init; }

        public string? To { get; init; }

        public string? Zone { get; init; }
    }
}
