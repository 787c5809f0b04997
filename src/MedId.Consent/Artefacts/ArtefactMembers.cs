using System.Collections.Frozen;

namespace MedId.Consent;

/// <summary>The names of everything that a <see cref="ConsentArtefact"/> says, and how two artefacts differ by them.</summary>
/// <remarks>
/// Names are stable, lower case with underscores. A member of clauses is one name for all clauses; it differs when it differs in one of them. Where the number of clauses is not the same,
/// <c>clauses</c> differs and no member of a clause is compared.
/// </remarks>
public static class ArtefactMembers
{
    private static readonly Member[] Table =
    [
        new("id", false, a => a.Id),
        new("request_id", false, a => a.RequestId),
        new("issued_at", false, a => a.IssuedAt),
        new("valid_from", true, a => a.ValidFrom),
        new("expires_at", true, a => a.ExpiresAt),
        new("status", true, a => a.Status),
        new("status_at", false, a => a.StatusAt),
        new("history", false, a => a.History),
        new("revocable", false, a => a.Revocable),
        new("revoker", false, a => a.Revoker),
        new("subject", false, a => a.Subject?.Id),
        new("subject_type", false, a => a.Subject?.IdType),
        new("subject_name", false, a => a.Subject?.Name),
        new("subject_issuer", false, a => a.Subject?.Issuer),
        new("subject_local_ids", false, a => (a.Subject?.AtProvider, a.Subject?.AtRecipient, a.Subject?.AtCollector)),
        new("proxy", false, a => a.Proxy),
        .. Party("provider", a => a.Provider),
        .. Party("recipient", a => a.Recipient),
        new("requester", false, a => a.Requester),
        .. Party("collector", a => a.Collector),
        new("controllers", false, a => a.Controllers),
        new("care_contexts", true, a => a.CareContexts),
        new("clauses", true, a => a.Clauses.Count),
        Clause("service", false, c => c.Service),
        Clause("purpose", true, c => c.Purposes),
        Clause("data", true, c => c.Data.Count),
        DataClass("data_class", true, d => (d.Code, d.System)),
        DataClass("data_text", false, d => d.Text),
        DataClass("data_optional", false, d => d.Optional),
        DataClass("data_sensitive", false, d => d.Sensitive),
        DataClass("data_special", false, d => d.Special),
        Clause("data_kinds", true, c => c.Kinds),
        Clause("data_codes", true, c => c.Codes),
        Clause("data_references", true, c => c.References),
        Clause("labels", true, c => c.Labels),
        Clause("filters", true, c => c.Filters),
        Clause("data_range", true, c => (c.DataFrom, c.DataUntil)),
        Clause("actions", true, c => c.Actions),
        Clause("frequency", true, c => c.Frequency),
        Clause("one_time", true, c => c.OneTime),
        Clause("retention", true, c => c.Retention),
        Clause("clause_valid", true, c => (c.ValidFrom, c.ValidUntil)),
        Clause("clause_recipient", true, c => c.Recipient),
        Clause("disclosed", true, c => c.Disclosed),
        Clause("clause_law_basis", false, c => c.LawBasis),
        Clause("clause_jurisdiction", false, c => c.Jurisdiction),
        Clause("primary", false, c => c.Primary),
        Clause("storage_locations", true, c => c.StorageLocations),
        new("exceptions", true, a => a.Exceptions),
        new("permit_by_default", true, a => a.PermitByDefault),
        new("scopes_asked", false, a => a.ScopesAsked),
        new("scopes_shown", false, a => a.ScopesShown),
        new("scopes_granted", true, a => a.ScopesGranted),
        new("notice", false, a => a.Notice?.Uri),
        new("notice_version", false, a => a.Notice?.Version),
        new("notice_language", false, a => a.Notice?.Language),
        new("law_basis", false, a => a.LawBasis),
        new("jurisdiction", false, a => a.Jurisdiction),
        new("acr", false, a => a.Acr),
        new("amr", false, a => a.Amr),
        new("auth_time", false, a => a.AuthTime),
        new("collection_method", false, a => a.CollectionMethod),
        new("sensitive", false, a => a.Sensitive),
        new("use_log", false, a => a.UseLog),
        new("access_log", false, a => a.AccessLog),
        new("aside", false, a => a.Aside),
    ];

    private static readonly FrozenSet<string> Limits = Table.Where(m => m.IsLimit).Select(m => m.Name).ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Every name, in the order of the model.</summary>
    public static IReadOnlyList<string> All { get; } = [.. Table.Select(m => m.Name)];

    /// <summary>Whether a member limits what is allowed, so that an artefact without it may be taken for a wider consent.</summary>
    /// <param name="name">A name of <see cref="All"/>; any other is no limit.</param>
    public static bool IsLimit(string name) => Limits.Contains(name);

    /// <summary>The names of the members that are not the same, in the order of the model.</summary>
    /// <param name="first">One artefact.</param>
    /// <param name="second">The other.</param>
    public static IReadOnlyList<string> Differences(ConsentArtefact first, ConsentArtefact second)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        var sameClauses = first.Clauses.Count == second.Clauses.Count;
        var sameData = sameClauses && first.Clauses.Zip(second.Clauses).All(c => c.First.Data.Count == c.Second.Data.Count);
        return [.. Table.Where(m => (sameClauses || !m.OfClauses) && (sameData || !m.OfData) && !Equals(m.Read(first), m.Read(second))).Select(m => m.Name)];
    }

    private static Member[] Party(string name, Func<ConsentArtefact, ArtefactParty?> read) =>
    [
        new(name, name == "recipient", a => read(a)?.Id),
        new(name + "_type", false, a => read(a)?.IdType),
        new(name + "_name", false, a => read(a)?.Name),
        new(name + "_details", false, a => read(a) is { } p ? (p.Role, p.OnBehalf, p.Address, p.Contact, p.Email, p.Phone, p.Url) : default),
        new(name + "_notify", false, a => read(a)?.Notify ?? []),
    ];

    private static Member Clause(string name, bool isLimit, Func<ConsentClause, object?> read) =>
        new(name, isLimit, a => ArtefactList.Create<object?>([.. a.Clauses.Select(read)])) { OfClauses = true };

    private static Member DataClass(string name, bool isLimit, Func<ArtefactDataClass, object?> read) =>
        Clause(name, isLimit, c => ArtefactList.Create<object?>([.. c.Data.Select(read)])) with { OfData = true };

    private sealed record Member(string Name, bool IsLimit, Func<ConsentArtefact, object?> Read)
    {
        public bool OfClauses { get; init; }

        public bool OfData { get; init; }
    }
}
