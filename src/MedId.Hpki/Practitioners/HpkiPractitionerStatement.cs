namespace MedId.Hpki;

/// <summary>What a doctor states with the card, for one request: to whom, through which client, for which institution, for what purpose. Name and role are not stated: the certificate has them.</summary>
public sealed record HpkiPractitionerStatement
{
    /// <summary>The patient's OP (<c>aud</c>): its issuer identifier.</summary>
    public required string Audience { get; init; }

    /// <summary>The client at that OP that carries the evidence (<c>azp</c>).</summary>
    public required string ClientId { get; init; }

    /// <summary>The institution, in words (<c>subject_organization</c>).</summary>
    public required string Organization { get; init; }

    /// <summary>The institution's identifier (<c>subject_organization_id</c>).</summary>
    public required string OrganizationId { get; init; }

    /// <summary>The code system of the purpose of use.</summary>
    public required string PurposeSystem { get; init; }

    /// <summary>The purpose of use.</summary>
    public required string PurposeCode { get; init; }

    /// <summary>The purpose of use in words.</summary>
    public required string PurposeDisplay { get; init; }

    /// <summary>How long the evidence is good; at most <see cref="HpkiPractitionerEvidenceVerifier.MaxLifetime"/>.</summary>
    public TimeSpan Lifetime { get; init; } = TimeSpan.FromMinutes(2);
}
