using System.Text;
using System.Text.Json;
using MedId.Core;
using MedId.Cryptography;

namespace MedId.Provider;

/// <summary>Puts trust data into the settings and takes it out: whom this OP believes about doctors and about services. Each act is one step with its audit line.</summary>
public sealed class TrustDesk
{
    /// <summary>The longest entry, in bytes.</summary>
    public const int MaxBytes = 256 * 1024;

    private const string Section = "MedId walk, administration: trust data";

    private readonly ISettingStore _store;
    private readonly SettingCache _settings;
    private readonly ProviderOptions _options;
    private readonly TimeProvider _time;
    private readonly bool _fetchesKeys;

    /// <summary>Makes the desk.</summary>
    /// <param name="store">The settings.</param>
    /// <param name="settings">The same as this node knows them.</param>
    /// <param name="options">The OP's choices.</param>
    /// <param name="time">The clock.</param>
    /// <param name="fetchesKeys">Whether somebody fetches published keys; otherwise entries bring theirs.</param>
    public TrustDesk(ISettingStore store, SettingCache settings, ProviderOptions options, TimeProvider time, bool fetchesKeys)
    {
        _store = store;
        _settings = settings;
        _options = options;
        _time = time;
        _fetchesKeys = fetchesKeys;
    }

    /// <summary>Lists entries, those that were removed too, by id.</summary>
    /// <param name="kind">The kind.</param>
    /// <param name="after">The last id of the page before; null for the first.</param>
    /// <param name="limit">1 to 1,000.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async ValueTask<IReadOnlyList<TrustEntry>> ListAsync(string kind, string? after, int limit, CancellationToken cancellationToken = default) =>
        [.. (await _store.ListSettingsAsync(_options.Tenant, kind, after, limit, cancellationToken).ConfigureAwait(false)).Select(Read)];

    /// <summary>Finds an entry.</summary>
    /// <param name="kind">The kind.</param>
    /// <param name="id">Its identifier.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>Null when there never was one.</returns>
    public async ValueTask<TrustEntry?> FindAsync(string kind, string id, CancellationToken cancellationToken = default) =>
        await _store.FindSettingAsync(_options.Tenant, kind, id, cancellationToken).ConfigureAwait(false) is { } setting ? Read(setting) : null;

    /// <summary>Puts an entry in the place of what was there, of the configuration too.</summary>
    /// <param name="kind">The kind.</param>
    /// <param name="id">Its identifier; the content names it too.</param>
    /// <param name="content">The content.</param>
    /// <param name="version">The version that is replaced; 0 for a new one.</param>
    /// <param name="actor">Who.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async ValueTask<MedIdResult<TrustEntry>> PutAsync(string kind, string id, JsonElement content, long version, AdministrationActor actor, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(id);
        ArgumentNullException.ThrowIfNull(actor);
        if (Judge(kind, id, content) is { } wrong)
        {
            return new MedIdError(ProviderErrorCodes.TrustRefused, ErrorCategory.Policy, Section, wrong);
        }

        var stored = await FindAsync(kind, id, cancellationToken).ConfigureAwait(false);
        return stored is { IsRemoved: false } && JsonElement.DeepEquals(stored.Content, content) ? stored
            : (stored?.Version ?? 0) != version ? Conflict()
            : await StoreAsync(new() { Kind = kind, Id = id, Content = content, Version = version + 1, ChangedAt = _time.GetUtcNow() }, actor, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Takes an entry out: what the configuration says counts again.</summary>
    /// <param name="kind">The kind.</param>
    /// <param name="id">Its identifier.</param>
    /// <param name="version">The version that is removed.</param>
    /// <param name="actor">Who.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async ValueTask<MedIdResult<TrustEntry>> RemoveAsync(string kind, string id, long version, AdministrationActor actor, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(actor);
        return await FindAsync(kind, id, cancellationToken).ConfigureAwait(false) is not { } stored ? new MedIdError(ProviderErrorCodes.AdministrationUnknown, ErrorCategory.State, Section)
            : stored.IsRemoved ? stored
            : stored.Version != version ? Conflict()
            : await StoreAsync(stored with { IsRemoved = true, Version = version + 1, ChangedAt = _time.GetUtcNow() }, actor, cancellationToken).ConfigureAwait(false);
    }

    private static MedIdError Conflict() => new(ProviderErrorCodes.AdministrationConflict, ErrorCategory.State, Section);

    private static TrustEntry Read(Setting setting) => new()
    {
        Kind = setting.Kind,
        Id = setting.Id,
        Content = StrictJson.ParseObject(Encoding.UTF8.GetBytes(setting.Body), maxBytes: MaxBytes) is { Succeeded: true } json ? json.Value : throw new InvalidDataException("Trust data in the settings is not of the form that was written."),
        Version = setting.Version,
        ChangedAt = setting.ChangedAt,
        IsRemoved = setting.Removed,
    };

    private string? Judge(string kind, string id, JsonElement content)
    {
        if (content.ValueKind != JsonValueKind.Object || id.Length is 0 or > 256)
        {
            return "an object, and an identifier of at most 256 characters";
        }

        switch (kind)
        {
            case SettingKinds.PractitionerIssuer:
                return TrustDataJson.ReadIssuer(content) is not { } issuer ? "issuer, and one of jwks and jwks_uri"
                    : issuer.Issuer != id ? "issuer is another than in the path"
                    : issuer.JwksUri is not null && !_fetchesKeys ? "jwks_uri, and nobody fetches keys here"
                    : null;
            case SettingKinds.TrustFramework:
                return TrustDataJson.ReadFramework(content) is not { } framework ? "id, name, name#ja, assessors"
                    : framework.Id != id ? "id is another than in the path"
                    : framework.Validate(_fetchesKeys) is [var wrong, ..] ? wrong
                    : null;
            default:
                return "no such kind of trust data";
        }
    }

    private async ValueTask<MedIdResult<TrustEntry>> StoreAsync(TrustEntry entry, AdministrationActor actor, CancellationToken cancellationToken)
    {
        var put = await _store.TryPutSettingAsync(
            new()
            {
                Tenant = _options.Tenant,
                Kind = entry.Kind,
                Id = entry.Id,
                Version = entry.Version,
                Body = entry.Content.GetRawText(),
                ChangedAt = entry.ChangedAt,
                Removed = entry.IsRemoved,
            },
            new() { Event = AuditEventKind.TrustChanged, At = entry.ChangedAt, Agents = actor.Agents, ObjectId = entry.Id, Reason = $"{entry.Kind}-{(entry.IsRemoved ? "removed" : "put")}" },
            cancellationToken).ConfigureAwait(false);
        _settings.Invalidate();
        return put ? entry : Conflict();
    }
}
