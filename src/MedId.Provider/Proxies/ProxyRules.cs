using MedId.Core;
using MedId.Heart.Fhir.Scopes;

namespace MedId.Provider;

/// <summary>What the stores decide about relations beside <see cref="ProxyTransitions"/>, as pure functions, so that every store decides alike.</summary>
internal static class ProxyRules
{
    /// <summary>The name of a consent's history line when the relation behind it ended.</summary>
    public const string ConsentEnded = "proxy-ended";

    private const string Section = ProxyTransitions.Section;

    public static void CheckNew(ProxyRelation relation)
    {
        ArgumentNullException.ThrowIfNull(relation);
        if (string.Equals(relation.Patient, relation.Proxy, StringComparison.Ordinal))
        {
            throw new ArgumentException("Nobody is their own proxy.", nameof(relation));
        }

        if (relation.State is not (ProxyState.Registered or ProxyState.Active))
        {
            throw new ArgumentException("A relation begins registered or active.", nameof(relation));
        }
    }

    public static void CheckChange(ProxyChange change)
    {
        ArgumentNullException.ThrowIfNull(change);
        if ((change.Event == ProxyEvent.Appoint) != (change.Appointment is not null) || (change.Appointment is null) != (change.Device is null))
        {
            throw new ArgumentException("An appointment has the person's consent and device, and nothing else has.", nameof(change));
        }
    }

    /// <summary>Decides by the table. What came by time is decided from the stored state, everything else from the state now.</summary>
    public static MedIdResult<ProxyState> Decide(ProxyRelation relation, ProxyEvent happened, DateTimeOffset at) =>
        ProxyTransitions.Decide(happened is ProxyEvent.Expire or ProxyEvent.ComeOfAge ? relation.State : relation.StateAt(at), happened);

    /// <summary>What ends a relation whose time has come.</summary>
    public static ProxyEvent EndOf(ProxyRelation relation) => relation.ComesOfAgeAt is { } age && age <= relation.ValidUntil ? ProxyEvent.ComeOfAge : ProxyEvent.Expire;

    /// <summary>Whether a consent is one that the proxy may give by this relation: of these two, by a device of the proxy's, within scopes and purposes, while it stands.</summary>
    public static bool Allows(ProxyRelation? relation, Approval approval) =>
        relation is not null && approval.Consent is var consent && consent.Proxy is { } proxy
        && relation.IsActive(approval.At)
        && string.Equals(relation.Patient, consent.Subject, StringComparison.Ordinal)
        && string.Equals(relation.Proxy, proxy.Subject, StringComparison.Ordinal)
        && string.Equals(approval.Device?.AccountId, proxy.Subject, StringComparison.Ordinal)
        && relation.Purposes.Contains(consent.Purpose.Code, StringComparer.Ordinal)
        && consent.AccessUntil <= relation.EndsAt
        && Covered(relation, consent.ScopesGranted).Count == consent.ScopesGranted.Count;

    /// <summary>The scopes that a relation covers, in their order.</summary>
    public static IReadOnlyList<string> Covered(ProxyRelation relation, IEnumerable<string> scopes)
    {
        var covering = ScopeSet.Of(Parse(relation.Scopes));
        return [.. Parse(scopes).Where(covering.Covers).Select(scope => scope.Value)];
    }

    public static MedIdError UnknownRelation() => new(ProviderErrorCodes.ProxyUnknown, ErrorCategory.State, Section);

    public static MedIdError AccountNotActive() => new(ProviderErrorCodes.AccountSuspended, ErrorCategory.State, Section, "a relation is of two active accounts");

    public static MedIdError Exists() => new(ProviderErrorCodes.ProxyExists, ErrorCategory.State, Section, "end the relation that stands first");

    public static MedIdError CounterMoved() => new(ProviderErrorCodes.CounterMoved, ErrorCategory.State, Section);

    /// <summary>The lines of a registration, for the person's and the proxy's history.</summary>
    public static IEnumerable<LifeCycleEntry> FirstLines(ProxyRelation relation) =>
        Lines(relation, LifeCycleEntry.ProxyRegistered, before: null, relation.State, relation.RegisteredBy, relation.RegisteredAt);

    /// <summary>The lines of an event, for the person's and the proxy's history.</summary>
    public static IEnumerable<LifeCycleEntry> Lines(ProxyRelation relation, ProxyEvent happened, ProxyState to, LifeCycleActor actor, DateTimeOffset at) =>
        Lines(relation, "Proxy" + happened, relation.State, to, actor, at);

    private static IEnumerable<LifeCycleEntry> Lines(ProxyRelation relation, string happened, ProxyState? before, ProxyState to, LifeCycleActor actor, DateTimeOffset at) =>
        from account in (string[])[relation.Patient, relation.Proxy]
        select new LifeCycleEntry
        {
            At = at,
            AccountId = account,
            RelationId = relation.Id,
            Event = happened,
            From = before?.ToString(),
            To = to.ToString(),
            Actor = actor,
        };

    private static IEnumerable<FhirScope> Parse(IEnumerable<string> scopes) =>
        scopes.Select(FhirScope.Parse).Where(scope => scope.Succeeded).Select(scope => scope.Value!);
}
