using MedId.Core;

namespace MedId.Consent;

/// <summary>What terms have to say before anybody is asked, and whether a grant stays within them.</summary>
internal static class ConsentTerms
{
    /// <summary>Whether all parties and an end are named, and data life goes with STORE and with nothing else (account aggregator tests).</summary>
    public static MedIdError? Check(ConsentArtefact terms, DateTimeOffset now)
    {
        var complete = terms is { Subject: not null, Provider.Id: not null, Recipient.Id: not null, Collector.Id: not null, PermitByDefault: false, Exceptions.Count: 0, Clauses.Count: > 0 }
            && terms.ExpiresAt > now && terms.Clauses.All(c => c.Data.Count > 0 && c.Actions.Count > 0 && c.Purposes.Count > 0 && c.DataFrom <= c.DataUntil && c.Data.All(d => d.Code is not null));
        return !complete ? Error("a party, an end, data, an action or a purpose is missing")
            : terms.Clauses.Any(c => c.Actions.Contains(ArtefactAction.Store) != Lasts(c.Retention)) ? Error("data life with an action other than STORE, or none with it")
            : null;
    }

    /// <summary>Whether a grant is nothing wider than the terms: each clause lies within one that was asked for.</summary>
    public static bool Cover(ConsentArtefact terms, ConsentArtefact grant) =>
        terms.Subject == grant.Subject && terms.Provider?.Id == grant.Provider?.Id && terms.Recipient?.Id == grant.Recipient?.Id && terms.Collector?.Id == grant.Collector?.Id
        && grant.ExpiresAt <= terms.ExpiresAt && grant is { PermitByDefault: false, Aside.Count: 0 } && grant.Clauses.All(g => terms.Clauses.Any(t => Cover(t, g)));

    private static bool Cover(ConsentClause terms, ConsentClause grant) =>
        grant.Data.All(g => terms.Data.Any(t => t.Code == g.Code && t.System == g.System)) && grant.Actions.All(terms.Actions.Contains)
        && grant.Purposes.All(terms.Purposes.Contains) && terms.DataFrom <= grant.DataFrom && grant.DataUntil <= terms.DataUntil
        && (terms.OneTime != true || grant.OneTime == true) && (terms.Frequency is null || Cover(terms.Frequency, grant.Frequency))
        && (terms.Retention is null || grant.Retention == terms.Retention || !grant.Actions.Contains(ArtefactAction.Store)
            || (terms.Retention.Until is { } until && grant.Retention?.Until <= until) || (terms.Retention.Unit is { } unit && grant.Retention?.Unit == unit && grant.Retention.Value <= terms.Retention.Value))
        && (grant.Recipient is null || grant.Recipient == terms.Recipient)
        && terms.Labels.All(grant.Labels.Contains) && terms.Filters.All(grant.Filters.Contains) && terms.Codes.All(grant.Codes.Contains) && terms.References.All(grant.References.Contains)
        && (terms.Kinds.Count == 0 || (grant.Kinds.Count > 0 && grant.Kinds.All(terms.Kinds.Contains))) && (terms.ValidUntil is null || grant.ValidUntil <= terms.ValidUntil);

    private static bool Cover(ArtefactFrequency terms, ArtefactFrequency? grant) =>
        grant is not null && grant.Unit == terms.Unit && grant.Value <= terms.Value && (terms.Repeats is null || grant.Repeats <= terms.Repeats);

    private static bool Lasts(ArtefactRetention? retention) => retention is { Until: not null } or { Text: not null } or { Unit: ArtefactTimeUnit.Unlimited } or { Value: > 0 };

    private static MedIdError Error(string detail) => new(ConsentErrorCodes.Terms, ErrorCategory.Protocol, "MedIdSdk consent manager", detail);
}
