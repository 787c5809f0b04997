using MedId.Pki;

namespace MedId.Jpki.Certificates;

/// <summary>One kind of JPKI certificate: how to recognise it. What is not published is null and has to be configured; an unverified row grants nothing by default.</summary>
public sealed record JpkiCertificateProfile
{
    /// <summary>The row's name, e.g. <c>sign-card-production</c>.</summary>
    public required string Id { get; init; }

    /// <summary>What it is for.</summary>
    public required JpkiCertificateKind Kind { get; init; }

    /// <summary>Where its key lives.</summary>
    public required JpkiCarrier Carrier { get; init; }

    /// <summary>Which hierarchy.</summary>
    public required JpkiHierarchy Hierarchy { get; init; }

    /// <summary>The certificate policy; null where unknown.</summary>
    public string? PolicyOid { get; init; }

    /// <summary>The issuer's name; all generations of roots share it. Null where unknown.</summary>
    public DistinguishedName? Issuer { get; init; }

    /// <summary>How sure the row is.</summary>
    public required TrustDataStatus Status { get; init; }

    /// <summary>Where it comes from.</summary>
    public required string Source { get; init; }

    /// <summary>The key usage, exactly: {digitalSignature, nonRepudiation} for signing, {digitalSignature} for authentication.</summary>
    public KeyUsages KeyUsage => Kind == JpkiCertificateKind.Sign ? KeyUsages.DigitalSignature | KeyUsages.NonRepudiation : KeyUsages.DigitalSignature;

    /// <summary>Whether a certificate can be recognised by the row at all.</summary>
    public bool IsComplete => PolicyOid is not null && Issuer is not null;

    /// <inheritdoc/>
    public override string ToString() => Id;
}
