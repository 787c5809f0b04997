using System.Collections.Frozen;
using System.Text.Json;
using MedId.Core;
using MedId.Cryptography;
using MedId.OAuth.Server;

namespace MedId.Provider;

/// <summary>Registers, changes, suspends and removes clients and resource servers. Each act is one step with its audit line; what changes nothing writes nothing.</summary>
public sealed class ClientDesk
{
    /// <summary>The longest time for which an old secret is still taken.</summary>
    public static readonly TimeSpan LongestOverlap = TimeSpan.FromDays(30);

    private const string Section = "MedId walk, administration: clients";

    // Of the answers alone, and client_id, which is written first.
    private static readonly FrozenSet<string> Own = FrozenSet.Create(StringComparer.Ordinal, "client_id", "client_secret_expires_at", "status", "secrets", "version", "changed_at", "problems");

    private readonly ISettingStore _store;
    private readonly SettingCache _settings;
    private readonly RegisteredClients _clients;
    private readonly ProviderOptions _options;
    private readonly TimeProvider _time;
    private readonly ClientAdmission _admission;

    /// <summary>Makes the desk.</summary>
    /// <param name="store">The settings.</param>
    /// <param name="settings">The same as this node knows them.</param>
    /// <param name="clients">The clients, to find those of the configuration.</param>
    /// <param name="options">The OP's choices.</param>
    /// <param name="time">The clock.</param>
    /// <param name="admission">What this OP asks of a client.</param>
    public ClientDesk(ISettingStore store, SettingCache settings, RegisteredClients clients, ProviderOptions options, TimeProvider time, ClientAdmission admission)
    {
        ArgumentNullException.ThrowIfNull(admission);
        _store = store;
        _settings = settings;
        _clients = clients;
        _options = options;
        _time = time;
        _admission = admission;
    }

    /// <summary>Lists registered clients, those that were removed too, by id.</summary>
    /// <param name="after">The last id of the page before; null for the first.</param>
    /// <param name="limit">1 to 1,000.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async ValueTask<IReadOnlyList<RegisteredClient>> ListAsync(string? after, int limit, CancellationToken cancellationToken = default) =>
        [.. (await _store.ListSettingsAsync(_options.Tenant, SettingKinds.Client, after, limit, cancellationToken).ConfigureAwait(false)).Select(RegisteredClientJson.Read)];

    /// <summary>Finds a registered client, however it stands.</summary>
    /// <param name="clientId">Its id.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>Null when it never was.</returns>
    public async ValueTask<RegisteredClient?> FindAsync(string clientId, CancellationToken cancellationToken = default) =>
        await _store.FindSettingAsync(_options.Tenant, SettingKinds.Client, clientId, cancellationToken).ConfigureAwait(false) is { } setting ? RegisteredClientJson.Read(setting) : null;

    /// <summary>What stands against a registered client as things are now: a key was retired since, the profile or a law changed. It stays registered until an operator acts.</summary>
    /// <param name="client">The client.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>Empty when it stands, and for one that was removed.</returns>
    public async ValueTask<IReadOnlyList<MedIdError>> ProblemsAsync(RegisteredClient client, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(client);
        if (client.IsRemoved)
        {
            return [];
        }

        var registration = client.ToRegistration(_options.Tenant, _time.GetUtcNow());
        return registration.Succeeded ? await _admission.ReasonsAsync(registration.Value, cancellationToken).ConfigureAwait(false) : [Unreadable(registration.Error)];
    }

    /// <summary>Registers or replaces a registration.</summary>
    /// <param name="clientId">Its id: 1 to 128 letters, digits, or any of <c>-._~</c>.</param>
    /// <param name="registration">The standards' members, without a secret: where the method has one, it is made here.</param>
    /// <param name="version">The version that is replaced; 0 for a new one.</param>
    /// <param name="actor">Who.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async ValueTask<MedIdResult<ClientChange>> PutAsync(string clientId, JsonElement registration, long version, AdministrationActor actor, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(actor);
        if (!IsClientId(clientId) || registration.ValueKind != JsonValueKind.Object || registration.TryGetProperty("client_secret", out _))
        {
            return Refused("client_id is 1 to 128 unreserved characters, and client_secret is made here");
        }

        if (await _clients.IsConfiguredAsync(clientId, cancellationToken).ConfigureAwait(false))
        {
            return new MedIdError(ProviderErrorCodes.AdministrationConfigured, ErrorCategory.Policy, Section);
        }

        if (Whole(clientId, registration) is not { } whole)
        {
            return Refused("client_id is another than in the path");
        }

        var stored = await FindAsync(clientId, cancellationToken).ConfigureAwait(false);
        if (stored is { IsRemoved: false } && Same(stored.Registration, whole))
        {
            // RFC 9110 §13.1.1: what is as it was asked for is a success, whatever version was named.
            return new ClientChange(stored, null);
        }

        if ((stored?.Version ?? 0) != version)
        {
            return Conflict();
        }

        if (await _clients.IsServerStoppedAsync(clientId, cancellationToken).ConfigureAwait(false))
        {
            return Stopped();
        }

        var (next, secret) = WithSecret(
            (stored is { IsRemoved: false } ? stored : new() { ClientId = clientId, Registration = whole, AgainSince = stored is null ? null : _time.GetUtcNow() }) with { Registration = whole, IsRemoved = false }, anew: false);
        return await JudgeAsync(next, cancellationToken).ConfigureAwait(false) is { } wrong ? wrong : await StoreAsync(next, version, stored is { IsRemoved: false } ? "client-changed" : "client-registered", actor, secret, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Suspends, or resumes what still stands by the rules.</summary>
    /// <param name="clientId">The client.</param>
    /// <param name="suspended">Which.</param>
    /// <param name="actor">Who.</param>
    /// <param name="version">The version that the caller saw; null: whatever it is.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public ValueTask<MedIdResult<ClientChange>> SuspendAsync(string clientId, bool suspended, AdministrationActor actor, long? version = null, CancellationToken cancellationToken = default) =>
        ChangeAsync(clientId, version, client => client.IsSuspended == suspended ? client : client with { IsSuspended = suspended }, suspended ? "client-suspended" : "client-resumed", actor, cancellationToken, judged: !suspended);

    /// <summary>Removes. Its id is not given to anybody else by itself: registering it again names the version of the removed one.</summary>
    /// <param name="clientId">The client.</param>
    /// <param name="actor">Who.</param>
    /// <param name="version">The version that the caller saw; null: whatever it is.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async ValueTask<MedIdResult<ClientChange>> RemoveAsync(string clientId, AdministrationActor actor, long? version = null, CancellationToken cancellationToken = default) =>
        await FindAsync(clientId, cancellationToken).ConfigureAwait(false) is { IsRemoved: true } gone ? new ClientChange(gone, null)
            : await _clients.IsServerStoppedAsync(clientId, cancellationToken).ConfigureAwait(false) ? Stopped()
            : await ChangeAsync(clientId, version, static client => client with { IsRemoved = true, Secrets = [], SharedSecret = null }, "client-removed", actor, cancellationToken).ConfigureAwait(false);

    /// <summary>Makes a new secret.</summary>
    /// <param name="clientId">The client.</param>
    /// <param name="overlap">How long the old one is still taken; zero: not any more. At most <see cref="LongestOverlap"/>; where the method computes with the secret there is no overlap.</param>
    /// <param name="actor">Who.</param>
    /// <param name="version">The version that the caller saw: so an answer that was lost is not followed by a second secret unseen.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async ValueTask<MedIdResult<ClientChange>> RotateSecretAsync(string clientId, TimeSpan overlap, AdministrationActor actor, long version, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(actor);
        if (await FindAsync(clientId, cancellationToken).ConfigureAwait(false) is not { IsRemoved: false } client)
        {
            return await UnknownAsync(clientId, cancellationToken).ConfigureAwait(false);
        }

        if (!RegisteredClientJson.UsesSecret(client.Registration) || overlap < TimeSpan.Zero || overlap > LongestOverlap || (overlap > TimeSpan.Zero && client.SharedSecret is not null))
        {
            return Refused("the client has a secret, and the old one is taken for 30 days at most");
        }

        if (client.Version != version)
        {
            return Conflict();
        }

        var now = _time.GetUtcNow();
        var kept = overlap == TimeSpan.Zero ? [] : client.Secrets.Where(secret => secret.Until is null || now < secret.Until).TakeLast(1).Select(secret => secret with { Until = Earlier(secret.Until, now + overlap) });
        var (next, made) = WithSecret(client with { Secrets = [.. kept] }, anew: true);
        return await StoreAsync(next, version, "secret-rotated", actor, made, cancellationToken).ConfigureAwait(false);
    }

    private static DateTimeOffset Earlier(DateTimeOffset? one, DateTimeOffset other) => one is { } end && end < other ? end : other;

    private static bool IsClientId(string? id) => id is { Length: > 0 and <= 128 } && id.All(static c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.' or '_' or '~');

    private static bool Same(JsonElement one, JsonElement other) => JsonElement.DeepEquals(one, other);

    private static MedIdError Refused(string detail) => new(ProviderErrorCodes.ClientRefused, ErrorCategory.Policy, Section, detail);

    private static MedIdError Stopped() => new(ProviderErrorCodes.AdministrationStopped, ErrorCategory.State, Section, "release the kill switch first");

    private static MedIdError Conflict() => new(ProviderErrorCodes.AdministrationConflict, ErrorCategory.State, Section);

    /// <summary>The registration with its client id, and without what the desk itself says about it, so that what was read can be changed and sent back; null when it names another id.</summary>
    private static JsonElement? Whole(string clientId, JsonElement registration)
    {
        if (registration.TryGetProperty("client_id", out var named) && (named.ValueKind != JsonValueKind.String || named.GetString() != clientId))
        {
            return null;
        }

        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("client_id", clientId);
            foreach (var member in registration.EnumerateObject().Where(static member => !Own.Contains(member.Name)))
            {
                member.WriteTo(json);
            }

            json.WriteEndObject();
        }

        return StrictJson.ParseObject(buffer.ToArray()).Value;
    }

    /// <summary>Gives a client the secret that its method needs, and takes away what it does not.</summary>
    private static (RegisteredClient Client, string? Secret) WithSecret(RegisteredClient client, bool anew)
    {
        if (!RegisteredClientJson.UsesSecret(client.Registration))
        {
            return (client with { Secrets = [], SharedSecret = null }, null);
        }

        var computes = RegisteredClientJson.ComputesWithSecret(client.Registration);
        if (!anew && (computes ? client.SharedSecret is not null : client.Secrets.Any(static one => one.Until is null)))
        {
            return (client, null);
        }

        var secret = SecretGenerator.Base64Url(48);
        return computes
            ? (client with { Secrets = [], SharedSecret = secret }, secret)
            : (client with { Secrets = [.. client.Secrets, new(ClientSecret.Digest(secret), null)], SharedSecret = null }, secret);
    }

    private async ValueTask<MedIdError?> JudgeAsync(RegisteredClient client, CancellationToken cancellationToken)
    {
        var registration = client.ToRegistration(_options.Tenant, _time.GetUtcNow());
        return registration.Succeeded ? await _admission.RefuseAsync(registration.Value, cancellationToken).ConfigureAwait(false) : Unreadable(registration.Error);
    }

    private static MedIdError Unreadable(MedIdError error) => new(ProviderErrorCodes.ClientRefused, error.Category, error.Section, error.Detail ?? error.Code);

    private async ValueTask<MedIdError> UnknownAsync(string clientId, CancellationToken cancellationToken) =>
        new(await _clients.IsConfiguredAsync(clientId, cancellationToken).ConfigureAwait(false) ? ProviderErrorCodes.AdministrationConfigured : ProviderErrorCodes.AdministrationUnknown, ErrorCategory.State, Section);

    private async ValueTask<MedIdResult<ClientChange>> ChangeAsync(
        string clientId, long? version, Func<RegisteredClient, RegisteredClient> change, string reason, AdministrationActor actor, CancellationToken cancellationToken, bool judged = false)
    {
        ArgumentNullException.ThrowIfNull(actor);
        while (true)
        {
            if (await FindAsync(clientId, cancellationToken).ConfigureAwait(false) is not { IsRemoved: false } client)
            {
                return await UnknownAsync(clientId, cancellationToken).ConfigureAwait(false);
            }

            var next = change(client);
            if (ReferenceEquals(next, client))
            {
                return new ClientChange(client, null);
            }

            if (version is { } seen && seen != client.Version)
            {
                return Conflict();
            }

            if (judged && await JudgeAsync(next, cancellationToken).ConfigureAwait(false) is { } wrong)
            {
                return wrong;
            }

            var done = await StoreAsync(next, client.Version, reason, actor, null, cancellationToken).ConfigureAwait(false);
            if (done.Succeeded || version is not null)
            {
                return done;
            }
        }
    }

    private async ValueTask<MedIdResult<ClientChange>> StoreAsync(RegisteredClient client, long before, string reason, AdministrationActor actor, string? secret, CancellationToken cancellationToken)
    {
        var now = _time.GetUtcNow();
        var next = client with { Version = before + 1, ChangedAt = now };
        var put = await _store.TryPutSettingAsync(
            new() { Tenant = _options.Tenant, Kind = SettingKinds.Client, Id = next.ClientId, Version = next.Version, Body = RegisteredClientJson.Write(next), ChangedAt = now, Removed = next.IsRemoved },
            new() { Event = AuditEventKind.ClientChanged, At = now, Agents = actor.Agents, ObjectId = next.ClientId, Reason = reason },
            cancellationToken).ConfigureAwait(false);
        _settings.Invalidate();
        return put ? new ClientChange(next, secret) : Conflict();
    }
}
