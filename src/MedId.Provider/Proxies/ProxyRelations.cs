using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using MedId.Core;

namespace MedId.Provider;

/// <summary>A person's own view of their relations, as the one who is decided for and as the one who decides: list, end, and name an agent who was registered at a desk (row A14).</summary>
public sealed class ProxyRelations
{
    private const string Section = ProxyTransitions.Section;
    private readonly IProviderStore _store;
    private readonly ProviderOptions _options;
    private readonly DeviceActs _acts;
    private readonly TimeProvider _time;
    private readonly DeviceAccess _access;
    private readonly ProxyAppointments _appointments;
    private readonly ProxyEnding _ending;

    /// <summary>Makes the service.</summary>
    /// <param name="store">The store.</param>
    /// <param name="options">The OP's choices.</param>
    /// <param name="acts">The UAF acts.</param>
    /// <param name="reach">Tells everybody of consents that end.</param>
    /// <param name="time">The clock.</param>
    public ProxyRelations(IProviderStore store, ProviderOptions options, DeviceActs acts, WithdrawalReach reach, TimeProvider time)
    {
        (_store, _options, _acts, _time) = (store, options, acts, time);
        _access = new(store, options, time);
        _appointments = new(store, options);
        _ending = new(store, reach);
    }

    /// <summary>The relations of the person who holds the device, the last registered first.</summary>
    /// <param name="deviceToken">The token from the sign-in act.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>Each relation with whether the person is the proxy in it.</returns>
    public async ValueTask<MedIdResult<IReadOnlyList<OwnProxyRelation>>> ListAsync(string? deviceToken, CancellationToken cancellationToken = default)
    {
        var account = await _access.JudgeAsync(deviceToken, requestId: null, cancellationToken).ConfigureAwait(false);
        if (!account.Succeeded)
        {
            return account.Error;
        }

        return (await _store.ListProxyRelationsAsync(_options.Tenant, account.Value, cancellationToken).ConfigureAwait(false))
            .Select(relation => new OwnProxyRelation(relation, string.Equals(relation.Proxy, account.Value, StringComparison.Ordinal))).ToList();
    }

    /// <summary>What happened to the person's relations, oldest first.</summary>
    /// <param name="deviceToken">The token from the sign-in act.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The lines.</returns>
    public async ValueTask<MedIdResult<IReadOnlyList<LifeCycleEntry>>> HistoryAsync(string? deviceToken, CancellationToken cancellationToken = default)
    {
        var account = await _access.JudgeAsync(deviceToken, requestId: null, cancellationToken).ConfigureAwait(false);
        return account.Succeeded
            ? (await _store.ListLifeCycleAsync(_options.Tenant, account.Value, cancellationToken).ConfigureAwait(false)).Where(line => line.RelationId is not null).ToList()
            : account.Error;
    }

    /// <summary>Ends a relation, and with it every consent given under it.</summary>
    /// <param name="deviceToken">The token from the sign-in act, of the person's device or the proxy's.</param>
    /// <param name="relationId">The relation.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>
    /// The relation as it is now; refused when it has ended, is none of this person's, or is one that the person may not end alone: the OP's policy says which, and a parent's can be ended by the
    /// child from the day on which the child decides alone.
    /// </returns>
    public async ValueTask<MedIdResult<ProxyRelation>> EndAsync(string? deviceToken, string relationId, CancellationToken cancellationToken = default)
    {
        var token = await _access.JudgeTokenAsync(deviceToken, requestId: null, cancellationToken).ConfigureAwait(false);
        if (!token.Succeeded)
        {
            return token.Error;
        }

        var (account, now) = (token.Value.AccountId, _time.GetUtcNow());
        var relation = await _store.FindProxyRelationAsync(_options.Tenant, relationId, cancellationToken).ConfigureAwait(false);
        var asProxy = string.Equals(relation?.Proxy, account, StringComparison.Ordinal);
        if (relation is null || (!asProxy && !string.Equals(relation.Patient, account, StringComparison.Ordinal)))
        {
            return ProxyRules.UnknownRelation();
        }

        if (!asProxy && !(_options.Proxies?.EndedByThePerson.Contains(relation.Relationship) == true && !(relation.ConsentsAloneAt > now)))
        {
            return new MedIdError(ProviderErrorCodes.ProxyNotEntitled, ErrorCategory.Policy, Section, "this relation is ended at a desk");
        }

        return await _ending.ChangeAsync(
            relation,
            new()
            {
                Tenant = _options.Tenant,
                RelationId = relationId,
                Event = ProxyEvent.End,
                Actor = asProxy ? LifeCycleActor.Proxy(token.Value.DeviceId) : LifeCycleActor.Person(token.Value.DeviceId),
                At = now,
            },
            token.Value.DeviceId,
            cancellationToken).ConfigureAwait(false);
    }

    /// <summary>What the person signs to name an agent.</summary>
    /// <param name="deviceToken">The token from the sign-in act of the person's device.</param>
    /// <param name="relationId">The relation.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The notice; refused when the relation does not wait for this person.</returns>
    public async ValueTask<MedIdResult<OpenedRequest>> ReadAppointmentAsync(string? deviceToken, string relationId, CancellationToken cancellationToken = default)
    {
        var waiting = await FindWaitingAsync(deviceToken, relationId, cancellationToken).ConfigureAwait(false);
        return waiting.Then<OpenedRequest>(static found => new OpenedRequest(found.Notice, Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes(found.Notice)))));
    }

    /// <summary>Asks for the act by which the person names the agent; nothing stands yet.</summary>
    /// <param name="deviceToken">The token from the sign-in act of the person's device.</param>
    /// <param name="relationId">The relation.</param>
    /// <param name="confirmed">Whether the person ticked the confirmation box.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The act to perform.</returns>
    public async ValueTask<MedIdResult<ActRequest>> AppointAsync(string? deviceToken, string relationId, bool confirmed, CancellationToken cancellationToken = default)
    {
        var waiting = await FindWaitingAsync(deviceToken, relationId, cancellationToken).ConfigureAwait(false);
        if (!waiting.Succeeded)
        {
            return waiting.Error;
        }

        // An agent is named as registered or not at all.
        var (relation, notice) = waiting.Value;
        var choice = ConsentChoice.Make(relation.Scopes, confirmed, relation.Scopes);
        if (!choice.Succeeded)
        {
            return choice.Error;
        }

        var canonical = choice.Value.ToCanonicalJson();
        return await _acts.BeginAppointmentAsync(relation, canonical, ConsentDigest.Compute(notice, canonical), cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask<MedIdResult<(ProxyRelation Relation, string Notice)>> FindWaitingAsync(string? deviceToken, string relationId, CancellationToken cancellationToken)
    {
        var account = await _access.JudgeAsync(deviceToken, requestId: null, cancellationToken).ConfigureAwait(false);
        if (!account.Succeeded)
        {
            return account.Error;
        }

        var relation = await _store.FindProxyRelationAsync(_options.Tenant, relationId, cancellationToken).ConfigureAwait(false);
        if (relation is null || !string.Equals(relation.Patient, account.Value, StringComparison.Ordinal) || _options.Proxies is null)
        {
            return ProxyRules.UnknownRelation();
        }

        var person = await _store.FindAccountAsync(_options.Tenant, account.Value, cancellationToken).ConfigureAwait(false);
        // Who does not decide alone cannot have somebody decide in their place either.
        if (await new ProxyRing(_store, _options).RefuseOwnAsync(account.Value, _time.GetUtcNow(), cancellationToken).ConfigureAwait(false) is { } notAlone)
        {
            return notAlone;
        }

        var may = ProxyRules.Decide(relation, ProxyEvent.Appoint, _time.GetUtcNow());
        return may.Succeeded ? (relation, _appointments.Notice(relation, person!.Language)) : may.Error;
    }
}
