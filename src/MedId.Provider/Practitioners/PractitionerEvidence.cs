using MedId.Core;

namespace MedId.Provider;

/// <summary>
/// Who the doctor is, as the doctor's own OP, or the doctor's own HPKI key, signed it for this RP and this OP. Only <see cref="PractitionerEvidenceVerifier"/> and
/// <see cref="HpkiPractitioners"/> make one.
/// </summary>
public sealed class PractitionerEvidence
{
    internal PractitionerEvidence()
    {
    }

    /// <summary>The doctor OP; for HPKI the name of the authority that issued the certificate (RFC 4514).</summary>
    public required string Issuer { get; init; }

    /// <summary>The doctor at that OP; for HPKI the thumbprint URI of the certificate's key (RFC 9278).</summary>
    public required string Subject { get; init; }

    /// <summary>Name (<c>subject_name</c>).</summary>
    public required string Name { get; init; }

    /// <summary>Institution (<c>subject_organization</c>).</summary>
    public required string Organization { get; init; }

    /// <summary>The institution's identifier (<c>subject_organization_id</c>).</summary>
    public required string OrganizationId { get; init; }

    /// <summary>Role (<c>subject_role</c>, the first); for HPKI the first qualification that is granted.</summary>
    public required CodedValue Role { get; init; }

    /// <summary>Purpose of use (<c>purpose_of_use</c>, the first).</summary>
    public required CodedValue Purpose { get; init; }

    /// <summary>base64url of SHA-256 over the evidence as it came.</summary>
    public required string Digest { get; init; }

    /// <summary>The <c>act</c> claim that tokens carry (RFC 8693 §4.1): issuer, subject and the signed description, as JSON.</summary>
    public required string Actor { get; init; }

    /// <summary>What the handler consumes, so that one evidence serves one request.</summary>
    public required ReplayKey ReplayKey { get; init; }

    /// <summary>The part that the consent record keeps.</summary>
    /// <returns>The doctor as recorded.</returns>
    public ConsentPractitioner ToConsentPractitioner() => new()
    {
        Issuer = Issuer,
        Subject = Subject,
        Name = Name,
        Role = Role.Display,
        Organization = Organization,
        OrganizationId = OrganizationId,
        EvidenceDigest = Digest,
    };

    /// <inheritdoc/>
    public override string ToString() => $"practitioner evidence {Digest}";
}
