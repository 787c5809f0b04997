namespace MedId.Consent;

/// <summary>One agreement of an artefact: which data, for which purposes, what may be done with it, and within which limits.</summary>
public sealed record ConsentClause
{
    /// <summary>The service or product for which it is (Kantara service, 27560 service).</summary>
    public string? Service { get; init; }

    /// <summary>Why the data is read.</summary>
    public ArtefactList<ArtefactPurpose> Purposes { get; init; } = [];

    /// <summary>Which data.</summary>
    public ArtefactList<ArtefactDataClass> Data { get; init; } = [];

    /// <summary>Kinds of data across classes (MeitY TRANSACTIONAL, PROFILE, DOCUMENT; account aggregator SUMMARY as well).</summary>
    public ArtefactList<string> Kinds { get; init; } = [];

    /// <summary>Clinical codes that the data has to have (FHIR provision.code).</summary>
    public ArtefactList<ArtefactCode> Codes { get; init; } = [];

    /// <summary>Single records that it is about (FHIR provision.data).</summary>
    public ArtefactList<ArtefactDataReference> References { get; init; } = [];

    /// <summary>Confidentiality and sensitivity labels that the data has to have (FHIR securityLabel).</summary>
    public ArtefactList<ArtefactCode> Labels { get; init; } = [];

    /// <summary>Queries that narrow the data at the provider.</summary>
    public ArtefactList<ArtefactFilter> Filters { get; init; } = [];

    /// <summary>The age of the data: from, inclusive.</summary>
    public DateTimeOffset? DataFrom { get; init; }

    /// <summary>The age of the data: until, inclusive.</summary>
    public DateTimeOffset? DataUntil { get; init; }

    /// <summary>What may be done with it.</summary>
    public ArtefactList<ArtefactAction> Actions { get; init; } = [];

    /// <summary>How often it may be fetched.</summary>
    public ArtefactFrequency? Frequency { get; init; }

    /// <summary>Whether it may be fetched once only (account aggregator ONETIME).</summary>
    public bool? OneTime { get; init; }

    /// <summary>How long the recipient may keep it.</summary>
    public ArtefactRetention? Retention { get; init; }

    /// <summary>From when on this clause holds, where that is not the artefact's.</summary>
    public DateTimeOffset? ValidFrom { get; init; }

    /// <summary>Until when this clause holds, where that is not the artefact's.</summary>
    public DateTimeOffset? ValidUntil { get; init; }

    /// <summary>Who receives it, where that is not the artefact's recipient.</summary>
    public ArtefactParty? Recipient { get; init; }

    /// <summary>Whether it is disclosed to a third party at all, where the format says so (Kantara thirdPartyDisclosure).</summary>
    public bool? Disclosed { get; init; }

    /// <summary>The legal basis, where that is not the artefact's.</summary>
    public string? LawBasis { get; init; }

    /// <summary>The jurisdiction, where that is not the artefact's.</summary>
    public string? Jurisdiction { get; init; }

    /// <summary>Whether the purpose is what the service is for (Kantara primaryPurpose).</summary>
    public bool? Primary { get; init; }

    /// <summary>Countries or places where it is stored.</summary>
    public ArtefactList<string> StorageLocations { get; init; } = [];
}
