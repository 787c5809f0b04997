using MedId.Core;
using MedId.OAuth.Server;

namespace MedId.Provider;

/// <summary>Takes orders for the kill switch: engaged by one operator at once, released by one or by two. Each is one step with its audit line, and every node is told.</summary>
public sealed class KillSwitchDesk
{
    private const string Section = "MedId walk, administration: kill switch";
    private const int Attempts = 8;

    private readonly IProviderStore _store;
    private readonly SettingCache _settings;
    private readonly IClientStore _clients;
    private readonly IClientKeySource _keys;
    private readonly ProviderOptions _options;
    private readonly OAuthServerOptions _server;
    private readonly TimeProvider _time;
    private readonly FourEyes _fourEyes;

    /// <summary>Makes the desk.</summary>
    /// <param name="store">The store.</param>
    /// <param name="settings">The settings as this node knows them.</param>
    /// <param name="clients">The clients, to find those who sign.</param>
    /// <param name="keys">Their keys.</param>
    /// <param name="options">The OP's choices.</param>
    /// <param name="rules">Whether a release needs two operators.</param>
    /// <param name="server">Issuer, policies.</param>
    /// <param name="time">The clock.</param>
    public KillSwitchDesk(
        IProviderStore store, SettingCache settings, IClientStore clients, IClientKeySource keys, ProviderOptions options, AdministrationOptions rules, OAuthServerOptions server, TimeProvider time)
    {
        _store = store;
        _settings = settings;
        _clients = clients;
        _keys = keys;
        _options = options;
        _server = server;
        _time = time;
        _fourEyes = new(store, options, rules, time);
    }

    /// <summary>The switches as the store has them now, by target.</summary>
    /// <param name="cancellationToken">Cancels.</param>
    public async ValueTask<IReadOnlyList<KillSwitch>> ListAsync(CancellationToken cancellationToken = default)
    {
        _settings.Invalidate();
        return [.. (await _settings.ListAsync(SettingKinds.Switch, cancellationToken).ConfigureAwait(false)).Select(KillSwitchJson.Read)];
    }

    /// <summary>Does what an order says.</summary>
    /// <param name="order">The signed order.</param>
    /// <param name="actor">Who calls; the order is signed by the client's key for its operator.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The line as it stands now, and until when the order waits for a second operator; null when it does not. An order that changes nothing writes nothing.</returns>
    public async ValueTask<MedIdResult<(KillSwitch Line, DateTimeOffset? WaitsUntil)>> OrderAsync(string order, AdministrationActor actor, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(order);
        ArgumentNullException.ThrowIfNull(actor);
        var now = _time.GetUtcNow();
        if (await _clients.FindClientAsync(_options.Tenant, actor.ClientId, cancellationToken).ConfigureAwait(false) is not { } signer)
        {
            return Refuse("the client is unknown");
        }

        var verified = await _keys.VerifyAsync(signer, keys => KillSwitchOrder.Verify(order, actor, keys, _server, now), cancellationToken).ConfigureAwait(false);
        if (!verified.Succeeded)
        {
            return verified.Error.Code == ProviderErrorCodes.SwitchOrderRefused ? verified.Error : Refuse(verified.Error.Code);
        }

        var wanted = verified.Value;
        if (wanted.Engage && wanted.Target == KillSwitchTarget.Client(actor.ClientId))
        {
            return Refuse("a client does not stop itself: nobody could release it");
        }

        if (!await _store.TryConsumeAsync(_options.Tenant, wanted.ReplayKey, cancellationToken).ConfigureAwait(false))
        {
            return Refuse("the order was used before");
        }

        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var stored = await _store.FindSettingAsync(_options.Tenant, SettingKinds.Switch, wanted.Target.ToString(), cancellationToken).ConfigureAwait(false);
            var before = stored is null ? null : KillSwitchJson.Read(stored);
            if (before is null && !wanted.Engage)
            {
                return new MedIdError(ProviderErrorCodes.AdministrationUnknown, ErrorCategory.State, Section, "nothing was ever stopped there");
            }

            if (before is not null && before.Engaged == wanted.Engage && before.IncludesIssued == wanted.IncludesIssued)
            {
                return (before, (DateTimeOffset?)null);
            }

            var line = new AuditLine
            {
                Event = AuditEventKind.SwitchChanged,
                At = _time.GetUtcNow(),
                Agents = actor.Agents,
                ObjectId = wanted.Target.ToString(),
                Reason = wanted.Engage ? "switch-engaged" : "switch-released",
            };

            // Less is stopped than before: a release, also of what stops tokens that are out.
            string? first = null;
            if (before is { Engaged: true } && (!wanted.Engage || !wanted.IncludesIssued))
            {
                var judged = await _fourEyes.JudgeAsync($"switch-released:{wanted.Target}", actor, line, cancellationToken).ConfigureAwait(false);
                if (!judged.IsGranted)
                {
                    return (before, judged.Until);
                }

                first = judged.FirstOperatorId;
            }

            var next = new KillSwitch
            {
                Target = wanted.Target,
                Engaged = wanted.Engage,
                IncludesIssued = wanted.IncludesIssued,
                At = line.At,
                ClientId = actor.ClientId,
                OperatorId = actor.OperatorId,
                FirstOperatorId = first,
                Reason = wanted.Reason,
                Order = order,
                Version = (stored?.Version ?? 0) + 1,
            };
            var put = await _store.TryPutSettingAsync(
                new() { Tenant = _options.Tenant, Kind = SettingKinds.Switch, Id = wanted.Target.ToString(), Version = next.Version, Body = KillSwitchJson.Write(next), ChangedAt = line.At },
                line,
                cancellationToken).ConfigureAwait(false);
            _settings.Invalidate();
            if (put)
            {
                return (next, (DateTimeOffset?)null);
            }
        }

        return new MedIdError(ProviderErrorCodes.AdministrationConflict, ErrorCategory.State, Section);
    }

    private static MedIdError Refuse(string detail) => new(ProviderErrorCodes.SwitchOrderRefused, ErrorCategory.Untrusted, Section, detail);
}
