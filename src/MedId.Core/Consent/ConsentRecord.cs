namespace MedId.Core;

/// <summary>The neutral consent record: who agreed, to whom, which data, for which purpose, until when, by which act, with which notice shown (row D1).</summary>
public sealed record ConsentRecord
{
    /// <summary>The identifier that tokens carry: 128 random bits or more, base64url.</summary>
    public required string Id { get; init; }

    /// <summary>The tenant.</summary>
    public required TenantId Tenant { get; init; }

    /// <summary>The person, as the OP's own account identifier.</summary>
    public required string Subject { get; init; }

    /// <summary>The OP that holds this consent.</summary>
    public required string Issuer { get; init; }

    /// <summary>The resource server whose data it opens (RFC 8707 resource).</summary>
    public required string Resource { get; init; }

    /// <summary>The receiving service.</summary>
    public required ConsentParty Recipient { get; init; }

    /// <summary>The doctor; null where no health data was asked for, and the person signed in to the service only.</summary>
    public ConsentPractitioner? Practitioner { get; init; }

    /// <summary>The purpose.</summary>
    public required ConsentPurpose Purpose { get; init; }

    /// <summary>Resource scopes that the RP asked for, in its order.</summary>
    public required IReadOnlyList<string> ScopesAsked { get; init; }

    /// <summary>Resource scopes that were shown.</summary>
    public required IReadOnlyList<string> ScopesShown { get; init; }

    /// <summary>Resource scopes that the person kept: a non-empty part of those shown.</summary>
    public required IReadOnlyList<string> ScopesGranted { get; init; }

    /// <summary>When the act was verified.</summary>
    public required DateTimeOffset GivenAt { get; init; }

    /// <summary>The end of the consent; never unlimited (row A12).</summary>
    public required DateTimeOffset AccessUntil { get; init; }

    /// <summary>How often it serves until then, as the person was shown it; null in a record from before this was shown: for one access.</summary>
    public ConsentReuse? Reuse { get; init; }

    /// <summary>Notice and choice.</summary>
    public required ConsentNoticeRecord Notice { get; init; }

    /// <summary>The act.</summary>
    public required ConsentAct Act { get; init; }

    /// <summary>On what it rests when no device signed this very choice; null when one did.</summary>
    public ConsentGround? Ground { get; init; }

    /// <summary>Who consented for the person; null when the person did.</summary>
    public ConsentProxy? Proxy { get; init; }

    /// <summary>What was found when it was held against the laws; null where the OP does not.</summary>
    public ConsentLawCheck? Laws { get; init; }

    /// <summary>The stored state.</summary>
    public ConsentStatus Status { get; init; } = ConsentStatus.Given;

    /// <summary>When it was withdrawn; null while it stands.</summary>
    public DateTimeOffset? WithdrawnAt { get; init; }

    /// <summary>Whether data may be read under this consent.</summary>
    /// <param name="at">The moment of the read.</param>
    /// <returns>False from the moment of withdrawal and from <see cref="AccessUntil"/> on.</returns>
    public bool IsActive(DateTimeOffset at) => Status == ConsentStatus.Given && at < AccessUntil;
}
