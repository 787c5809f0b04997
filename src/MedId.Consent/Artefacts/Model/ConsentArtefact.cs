namespace MedId.Consent;

/// <summary>What was agreed, without a format: every format of <see cref="ArtefactFormat"/> is read into this and written from it. Two artefacts are equal when every member is.</summary>
/// <remarks>
/// A member that is null or empty means that nobody said it, never that it is allowed. Times have whole seconds or less and any offset; they are equal when they are the same instant.
/// Signatures are no part of it: <see cref="ArtefactVerifier"/> says who signed the bytes that it was read from.
/// </remarks>
public sealed record ConsentArtefact
{
    /// <summary>The identifier of the artefact, as the party that made it gave it out.</summary>
    public required string Id { get; init; }

    /// <summary>The identifier of the request that it answers (ABDM consentRequestId, account-aggregator txnid).</summary>
    public string? RequestId { get; init; }

    /// <summary>When it was made, which is when the person consented unless <see cref="AuthTime"/> says more.</summary>
    public DateTimeOffset? IssuedAt { get; init; }

    /// <summary>From when on it holds; null: from <see cref="IssuedAt"/> on.</summary>
    public DateTimeOffset? ValidFrom { get; init; }

    /// <summary>The first moment at which it no longer holds.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>Its state; null where the format has none (MeitY, Kantara: withdrawal is another document).</summary>
    public ArtefactStatus? Status { get; init; }

    /// <summary>Since when <see cref="Status"/> is so, where that is later than <see cref="IssuedAt"/>.</summary>
    public DateTimeOffset? StatusAt { get; init; }

    /// <summary>The states before <see cref="Status"/>, oldest first.</summary>
    public ArtefactList<ArtefactEvent> History { get; init; } = [];

    /// <summary>Whether it can be taken back.</summary>
    public bool? Revocable { get; init; }

    /// <summary>Where it is taken back.</summary>
    public ArtefactAddress? Revoker { get; init; }

    /// <summary>The person whose data it is.</summary>
    public ArtefactSubject? Subject { get; init; }

    /// <summary>Who consented for the person: parent or legal representative; null: the person.</summary>
    public string? Proxy { get; init; }

    /// <summary>Who holds the data and hands it out; the first controller where a format knows controllers only (Kantara).</summary>
    public ArtefactParty? Provider { get; init; }

    /// <summary>Who receives the data.</summary>
    public ArtefactParty? Recipient { get; init; }

    /// <summary>The natural person at the recipient who asks: the doctor.</summary>
    public ArtefactRequester? Requester { get; init; }

    /// <summary>Who collected the consent: consent manager, account aggregator, OP.</summary>
    public ArtefactParty? Collector { get; init; }

    /// <summary>Further controllers (ISO/IEC TS 27560 pii_controllers, Kantara piiControllers after the first).</summary>
    public ArtefactList<ArtefactParty> Controllers { get; init; } = [];

    /// <summary>The records at the provider that it opens (ABDM care contexts).</summary>
    public ArtefactList<ArtefactCareContext> CareContexts { get; init; } = [];

    /// <summary>What is agreed: data, purposes, actions and their limits. Clauses that differ in nothing but the data are one.</summary>
    public ArtefactList<ConsentClause> Clauses { get; init; } = [];

    /// <summary>What is excepted from <see cref="Clauses"/> (FHIR provisions of type deny).</summary>
    public ArtefactList<ConsentClause> Exceptions { get; init; } = [];

    /// <summary>True when everything is agreed but the <see cref="Exceptions"/> (FHIR policyRule OPTIN); formats that cannot say so refuse to be written.</summary>
    public bool PermitByDefault { get; init; }

    /// <summary>Resource scopes that the recipient asked for.</summary>
    public ArtefactList<string> ScopesAsked { get; init; } = [];

    /// <summary>Resource scopes that were shown to the person.</summary>
    public ArtefactList<string> ScopesShown { get; init; } = [];

    /// <summary>Resource scopes that the person kept.</summary>
    public ArtefactList<string> ScopesGranted { get; init; } = [];

    /// <summary>The notice that was shown.</summary>
    public ArtefactNotice? Notice { get; init; }

    /// <summary>The legal basis of all clauses that name none of their own, in the format's words.</summary>
    public string? LawBasis { get; init; }

    /// <summary>The jurisdiction of all clauses that name none of their own, e.g. <c>JP</c>.</summary>
    public string? Jurisdiction { get; init; }

    /// <summary>The authentication context class of the person's act.</summary>
    public string? Acr { get; init; }

    /// <summary>The methods of the person's act (RFC 8176).</summary>
    public ArtefactList<string> Amr { get; init; } = [];

    /// <summary>When the person was authenticated for it.</summary>
    public DateTimeOffset? AuthTime { get; init; }

    /// <summary>How the consent was collected, in words.</summary>
    public string? CollectionMethod { get; init; }

    /// <summary>Whether it opens special-care (sensitive) data.</summary>
    public bool? Sensitive { get; init; }

    /// <summary>Where uses of the consent are logged.</summary>
    public ArtefactAddress? UseLog { get; init; }

    /// <summary>Where accesses to the data are logged.</summary>
    public ArtefactAddress? AccessLog { get; init; }

    /// <summary>What the format has and this model does not, by place; written back into the same format only. Whoever decides by the artefact looks at it, or refuses what has any.</summary>
    public ArtefactList<ArtefactAside> Aside { get; init; } = [];

    /// <inheritdoc/>
    public override string ToString() => $"consent artefact, {Clauses.Count} clause(s), {Status?.ToString() ?? "no status"}";
}
