using MedId.Consent;

namespace MedId.Consent.Tests.Artefacts;

/// <summary>What each neutral name means, said once more and independently: how to take that member, and no other, over from another artefact.</summary>
internal static class NeutralMembers
{
    private static readonly ArtefactSubject NoSubject = new() { Id = string.Empty };

    public static readonly IReadOnlyDictionary<string, Func<ConsentArtefact, ConsentArtefact, ConsentArtefact>> Take = new Dictionary<string, Func<ConsentArtefact, ConsentArtefact, ConsentArtefact>>(StringComparer.Ordinal)
    {
        ["id"] = (a, b) => a with { Id = b.Id },
        ["request_id"] = (a, b) => a with { RequestId = b.RequestId },
        ["issued_at"] = (a, b) => a with { IssuedAt = b.IssuedAt },
        ["valid_from"] = (a, b) => a with { ValidFrom = b.ValidFrom },
        ["expires_at"] = (a, b) => a with { ExpiresAt = b.ExpiresAt },
        ["status"] = (a, b) => a with { Status = b.Status },
        ["status_at"] = (a, b) => a with { StatusAt = b.StatusAt },
        ["history"] = (a, b) => a with { History = b.History },
        ["revocable"] = (a, b) => a with { Revocable = b.Revocable },
        ["revoker"] = (a, b) => a with { Revoker = b.Revoker },
        ["subject"] = (a, b) => Subject(a, b, (x, y) => x with { Id = y.Id }),
        ["subject_type"] = (a, b) => Subject(a, b, (x, y) => x with { IdType = y.IdType }),
        ["subject_name"] = (a, b) => Subject(a, b, (x, y) => x with { Name = y.Name }),
        ["subject_issuer"] = (a, b) => Subject(a, b, (x, y) => x with { Issuer = y.Issuer }),
        ["subject_local_ids"] = (a, b) => Subject(a, b, (x, y) => x with { AtProvider = y.AtProvider, AtRecipient = y.AtRecipient, AtCollector = y.AtCollector }),
        ["proxy"] = (a, b) => a with { Proxy = b.Proxy },
        ["requester"] = (a, b) => a with { Requester = b.Requester },
        ["controllers"] = (a, b) => a with { Controllers = b.Controllers },
        ["care_contexts"] = (a, b) => a with { CareContexts = b.CareContexts },
        ["clauses"] = (a, b) => a with { Clauses = b.Clauses },
        ["service"] = (a, b) => Clauses(a, b, (x, y) => x with { Service = y.Service }),
        ["purpose"] = (a, b) => Clauses(a, b, (x, y) => x with { Purposes = y.Purposes }),
        ["data"] = (a, b) => Clauses(a, b, (x, y) => x with { Data = y.Data }),
        ["data_class"] = (a, b) => Data(a, b, (x, y) => x with { Code = y.Code, System = y.System }),
        ["data_text"] = (a, b) => Data(a, b, (x, y) => x with { Text = y.Text }),
        ["data_optional"] = (a, b) => Data(a, b, (x, y) => x with { Optional = y.Optional }),
        ["data_sensitive"] = (a, b) => Data(a, b, (x, y) => x with { Sensitive = y.Sensitive }),
        ["data_special"] = (a, b) => Data(a, b, (x, y) => x with { Special = y.Special }),
        ["data_kinds"] = (a, b) => Clauses(a, b, (x, y) => x with { Kinds = y.Kinds }),
        ["data_codes"] = (a, b) => Clauses(a, b, (x, y) => x with { Codes = y.Codes }),
        ["data_references"] = (a, b) => Clauses(a, b, (x, y) => x with { References = y.References }),
        ["labels"] = (a, b) => Clauses(a, b, (x, y) => x with { Labels = y.Labels }),
        ["filters"] = (a, b) => Clauses(a, b, (x, y) => x with { Filters = y.Filters }),
        ["data_range"] = (a, b) => Clauses(a, b, (x, y) => x with { DataFrom = y.DataFrom, DataUntil = y.DataUntil }),
        ["actions"] = (a, b) => Clauses(a, b, (x, y) => x with { Actions = y.Actions }),
        ["frequency"] = (a, b) => Clauses(a, b, (x, y) => x with { Frequency = y.Frequency }),
        ["one_time"] = (a, b) => Clauses(a, b, (x, y) => x with { OneTime = y.OneTime }),
        ["retention"] = (a, b) => Clauses(a, b, (x, y) => x with { Retention = y.Retention }),
        ["clause_valid"] = (a, b) => Clauses(a, b, (x, y) => x with { ValidFrom = y.ValidFrom, ValidUntil = y.ValidUntil }),
        ["clause_recipient"] = (a, b) => Clauses(a, b, (x, y) => x with { Recipient = y.Recipient }),
        ["disclosed"] = (a, b) => Clauses(a, b, (x, y) => x with { Disclosed = y.Disclosed }),
        ["clause_law_basis"] = (a, b) => Clauses(a, b, (x, y) => x with { LawBasis = y.LawBasis }),
        ["clause_jurisdiction"] = (a, b) => Clauses(a, b, (x, y) => x with { Jurisdiction = y.Jurisdiction }),
        ["primary"] = (a, b) => Clauses(a, b, (x, y) => x with { Primary = y.Primary }),
        ["storage_locations"] = (a, b) => Clauses(a, b, (x, y) => x with { StorageLocations = y.StorageLocations }),
        ["exceptions"] = (a, b) => a with { Exceptions = b.Exceptions },
        ["permit_by_default"] = (a, b) => a with { PermitByDefault = b.PermitByDefault },
        ["scopes_asked"] = (a, b) => a with { ScopesAsked = b.ScopesAsked },
        ["scopes_shown"] = (a, b) => a with { ScopesShown = b.ScopesShown },
        ["scopes_granted"] = (a, b) => a with { ScopesGranted = b.ScopesGranted },
        ["notice"] = (a, b) => Notice(a, b, (x, y) => x with { Uri = y.Uri }),
        ["notice_version"] = (a, b) => Notice(a, b, (x, y) => x with { Version = y.Version }),
        ["notice_language"] = (a, b) => Notice(a, b, (x, y) => x with { Language = y.Language }),
        ["law_basis"] = (a, b) => a with { LawBasis = b.LawBasis },
        ["jurisdiction"] = (a, b) => a with { Jurisdiction = b.Jurisdiction },
        ["acr"] = (a, b) => a with { Acr = b.Acr },
        ["amr"] = (a, b) => a with { Amr = b.Amr },
        ["auth_time"] = (a, b) => a with { AuthTime = b.AuthTime },
        ["collection_method"] = (a, b) => a with { CollectionMethod = b.CollectionMethod },
        ["sensitive"] = (a, b) => a with { Sensitive = b.Sensitive },
        ["use_log"] = (a, b) => a with { UseLog = b.UseLog },
        ["access_log"] = (a, b) => a with { AccessLog = b.AccessLog },
        ["aside"] = (a, b) => a with { Aside = b.Aside },
        ["provider"] = (a, b) => a with { Provider = PartyId(a.Provider, b.Provider) },
        ["provider_type"] = (a, b) => a with { Provider = Party(a.Provider, b.Provider, (x, y) => x with { IdType = y.IdType }) },
        ["provider_name"] = (a, b) => a with { Provider = Party(a.Provider, b.Provider, (x, y) => x with { Name = y.Name }) },
        ["provider_details"] = (a, b) => a with { Provider = Party(a.Provider, b.Provider, Details) },
        ["provider_notify"] = (a, b) => a with { Provider = Party(a.Provider, b.Provider, (x, y) => x with { Notify = y.Notify }) },
        ["recipient"] = (a, b) => a with { Recipient = PartyId(a.Recipient, b.Recipient) },
        ["recipient_type"] = (a, b) => a with { Recipient = Party(a.Recipient, b.Recipient, (x, y) => x with { IdType = y.IdType }) },
        ["recipient_name"] = (a, b) => a with { Recipient = Party(a.Recipient, b.Recipient, (x, y) => x with { Name = y.Name }) },
        ["recipient_details"] = (a, b) => a with { Recipient = Party(a.Recipient, b.Recipient, Details) },
        ["recipient_notify"] = (a, b) => a with { Recipient = Party(a.Recipient, b.Recipient, (x, y) => x with { Notify = y.Notify }) },
        ["collector"] = (a, b) => a with { Collector = PartyId(a.Collector, b.Collector) },
        ["collector_type"] = (a, b) => a with { Collector = Party(a.Collector, b.Collector, (x, y) => x with { IdType = y.IdType }) },
        ["collector_name"] = (a, b) => a with { Collector = Party(a.Collector, b.Collector, (x, y) => x with { Name = y.Name }) },
        ["collector_details"] = (a, b) => a with { Collector = Party(a.Collector, b.Collector, Details) },
        ["collector_notify"] = (a, b) => a with { Collector = Party(a.Collector, b.Collector, (x, y) => x with { Notify = y.Notify }) },
    };

    /// <summary>Empty shells and no shells are the same; parts stay to be taken one by one.</summary>
    public static ConsentArtefact Normal(ConsentArtefact a) => a with
    {
        Subject = a.Subject == NoSubject ? null : a.Subject,
        Notice = a.Notice == new ArtefactNotice(null) ? null : a.Notice,
        Provider = a.Provider == new ArtefactParty() ? null : a.Provider,
        Recipient = a.Recipient == new ArtefactParty() ? null : a.Recipient,
        Collector = a.Collector == new ArtefactParty() ? null : a.Collector,
    };

    private static ConsentArtefact Subject(ConsentArtefact a, ConsentArtefact b, Func<ArtefactSubject, ArtefactSubject, ArtefactSubject> take) =>
        a with { Subject = take(a.Subject ?? NoSubject, b.Subject ?? NoSubject) };

    private static ConsentArtefact Notice(ConsentArtefact a, ConsentArtefact b, Func<ArtefactNotice, ArtefactNotice, ArtefactNotice> take) =>
        a with { Notice = take(a.Notice ?? new(null), b.Notice ?? new(null)) };

    // The identifier of a party without one is its name, so only the identifier itself moves here.
    private static ArtefactParty PartyId(ArtefactParty? a, ArtefactParty? b) => (a ?? new()) with { Id = b?.Id };

    private static ArtefactParty Party(ArtefactParty? a, ArtefactParty? b, Func<ArtefactParty, ArtefactParty, ArtefactParty> take) => take(a ?? new(), b ?? new());

    private static ArtefactParty Details(ArtefactParty x, ArtefactParty y) =>
        x with { Role = y.Role, OnBehalf = y.OnBehalf, Address = y.Address, Contact = y.Contact, Email = y.Email, Phone = y.Phone, Url = y.Url };

    private static ConsentArtefact Clauses(ConsentArtefact a, ConsentArtefact b, Func<ConsentClause, ConsentClause, ConsentClause> take) =>
        a with { Clauses = [.. a.Clauses.Select((c, i) => i < b.Clauses.Count ? take(c, b.Clauses[i]) : c)] };

    private static ConsentArtefact Data(ConsentArtefact a, ConsentArtefact b, Func<ArtefactDataClass, ArtefactDataClass, ArtefactDataClass> take) =>
        Clauses(a, b, (x, y) => x with { Data = [.. x.Data.Select((d, i) => i < y.Data.Count ? take(d, y.Data[i]) : d)] });
}
