using MedId.Core;
using MedId.Cryptography;
using MedId.Heart.Fhir.Scopes;

namespace MedId.Provider;

/// <summary>
/// Where relations are registered, suspended and ended by a clerk who has seen the evidence (row A14). A parent's and a guardian's relation stand from then on; an agent's waits for the person's own act,
/// unless the person signed on paper at the desk. The caller has authenticated the desk and its clerk.
/// </summary>
/// <param name="store">The store.</param>
/// <param name="options">The OP's choices.</param>
/// <param name="reach">Tells everybody of consents that end.</param>
/// <param name="time">The clock.</param>
public sealed class ProxyDesk(IProviderStore store, ProviderOptions options, WithdrawalReach reach, TimeProvider time)
{
    /// <summary>The longest name, in characters as people count them (Unicode text elements): a kanji with its variation selector is one.</summary>
    public const int LongestName = 128;

    private const int MostItems = 64;
    private const string Section = ProxyTransitions.Section;

    /// <summary>Registers a relation.</summary>
    /// <param name="order">The relation with its evidence.</param>
    /// <param name="clerk">The clerk, by an identifier of their own.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The relation; refused with <c>provider.proxy_refused</c>, whose detail names what is not accepted, with <c>provider.proxy_exists</c>, or when an account is unknown or not active.</returns>
    /// <exception cref="ArgumentException">The actor is no clerk.</exception>
    public async ValueTask<MedIdResult<ProxyRelation>> RegisterAsync(ProxyOrder order, LifeCycleActor clerk, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(order);
        Require(clerk);
        if (options.Proxies is not { } policy)
        {
            return Refuse("this OP knows no proxies");
        }

        var now = time.GetUtcNow();
        var (alone, ofAge) = Ages(order, policy);
        if (Fault(order, policy, ofAge, now) is { } fault)
        {
            return Refuse(fault);
        }

        var onPaper = order.Evidence.Any(static one => one.Kind == ProxyOptions.PaperConsent);
        var relation = new ProxyRelation
        {
            Tenant = options.Tenant,
            Id = SecretGenerator.Base64Url(),
            Patient = order.Patient,
            Proxy = order.Proxy,
            Relationship = order.Relationship,
            PatientName = order.PatientName,
            ProxyName = order.ProxyName,
            Evidence = [.. order.Evidence],
            LegalBasis = order.LegalBasis,
            Scopes = [.. order.Scopes.Distinct(StringComparer.Ordinal)],
            Purposes = [.. order.Purposes.Distinct(StringComparer.Ordinal)],
            ValidFrom = order.ValidFrom ?? now,
            ValidUntil = order.ValidUntil,
            ConsentsAloneAt = alone,
            ComesOfAgeAt = ofAge,
            RegisteredBy = clerk,
            RegisteredAt = now,
            State = order.Relationship == ProxyRelationship.Agent && !onPaper ? ProxyState.Registered : ProxyState.Active,
        };
        var added = await store.AddProxyRelationAsync(relation, cancellationToken).ConfigureAwait(false);
        return added.Succeeded ? relation : added.Error;
    }

    /// <summary>Suspends, resumes or ends a relation.</summary>
    /// <param name="relationId">The relation; one of the clerk's institution.</param>
    /// <param name="happened"><see cref="ProxyEvent.Suspend"/>, <see cref="ProxyEvent.Resume"/> or <see cref="ProxyEvent.End"/>.</param>
    /// <param name="clerk">The clerk, or an administrator, who may change every relation.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The relation as it is now; refused with the table's code, or unknown to this institution.</returns>
    /// <exception cref="ArgumentOutOfRangeException">Another event.</exception>
    /// <exception cref="ArgumentException">The actor is neither clerk nor administrator.</exception>
    public async ValueTask<MedIdResult<ProxyRelation>> ChangeAsync(string relationId, ProxyEvent happened, LifeCycleActor clerk, CancellationToken cancellationToken = default)
    {
        if (happened is not (ProxyEvent.Suspend or ProxyEvent.Resume or ProxyEvent.End))
        {
            throw new ArgumentOutOfRangeException(nameof(happened));
        }

        if (clerk is not { Kind: LifeCycleActorKind.Administrator })
        {
            Require(clerk);
        }

        var known = await store.FindProxyRelationAsync(options.Tenant, relationId, cancellationToken).ConfigureAwait(false);
        if (known is null || (clerk.Kind == LifeCycleActorKind.Clerk && !string.Equals(known.RegisteredBy.InstitutionId, clerk.InstitutionId, StringComparison.Ordinal)))
        {
            return ProxyRules.UnknownRelation();
        }

        return await new ProxyEnding(store, reach).ChangeAsync(
            known, new() { Tenant = options.Tenant, RelationId = relationId, Event = happened, Actor = clerk, At = time.GetUtcNow() }, actingDevice: null, cancellationToken).ConfigureAwait(false);
    }

    private static (DateTimeOffset? Alone, DateTimeOffset? OfAge) Ages(ProxyOrder order, ProxyOptions policy)
    {
        if (order.BornOn is { } born)
        {
            return (policy.ReachedAt(born, policy.ConsentAge), policy.ReachedAt(born, policy.MajorityAge));
        }

        return order.ComesOfAgeOn is { } day && day.Year > policy.MajorityAge
            ? (policy.ReachedAt(day.AddYears(-policy.MajorityAge), policy.ConsentAge), policy.ReachedAt(day, 0))
            : (null, null);
    }

    /// <summary>What is not accepted, in words without personal data; null when all is.</summary>
    private static string? Fault(ProxyOrder order, ProxyOptions policy, DateTimeOffset? ofAge, DateTimeOffset now)
    {
        var from = order.ValidFrom ?? now;
        var minor = policy.IsOfMinors(order.Relationship, order.LegalBasis);
        if (string.Equals(order.Patient, order.Proxy, StringComparison.Ordinal))
        {
            return "nobody is their own proxy";
        }

        if (!PersonName.IsOne(order.PatientName) || !PersonName.IsOne(order.ProxyName))
        {
            return "names: 1 to 128 characters that can be shown";
        }

        if (order.Evidence.Count is 0 or > MostItems
            || order.Evidence.Any(one => policy.FindEvidence(one.Kind, order.Relationship) is null || string.IsNullOrWhiteSpace(one.Issuer) || StrictBase64Url.Decode(one.Digest, 32) is not { Succeeded: true, Value.Length: 32 }))
        {
            return "evidence: at least one of an accepted kind, with its issuer and the SHA-256 of what was shown";
        }

        if (policy.FindBasis(order.LegalBasis, order.Relationship) is null)
        {
            return "legal_basis: not one for this relationship";
        }

        if (order.Scopes.Count is 0 or > MostItems || order.Scopes.Any(static scope => FhirScope.Parse(scope) is not { Succeeded: true, Value.Kind: not FhirScopeKind.Other }))
        {
            return "scopes: FHIR scopes";
        }

        if (order.Purposes.Count is 0 or > MostItems || order.Purposes.Any(static code => NoticeTexts.FindPurpose(code, "ja") is null))
        {
            return "purposes: those that have words for patients";
        }

        if (order is { BornOn: not null, ComesOfAgeOn: not null } || (minor && ofAge is null) || (order.Relationship == ProxyRelationship.Agent && ofAge is not null))
        {
            return "born_on or comes_of_age_on: one for a minor, none for an agent's principal";
        }

        if (ofAge <= now)
        {
            return "the person is of age";
        }

        return order.ValidUntil > from && order.ValidUntil > now && order.ValidUntil - from <= policy.Longest[order.Relationship] && from - now <= policy.Longest[order.Relationship]
            ? null
            : "valid_until: after valid_from and now, within the longest term of the relationship";
    }

    private static MedIdError Refuse(string detail) => new(ProviderErrorCodes.ProxyRefused, ErrorCategory.Policy, Section, detail);

    private static void Require(LifeCycleActor clerk)
    {
        ArgumentNullException.ThrowIfNull(clerk);
        if (clerk is not { Kind: LifeCycleActorKind.Clerk, Id.Length: > 0, InstitutionId.Length: > 0 })
        {
            throw new ArgumentException("A relation is registered by a clerk of an institution.", nameof(clerk));
        }
    }
}
