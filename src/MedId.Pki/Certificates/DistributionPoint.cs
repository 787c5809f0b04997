namespace MedId.Pki;

/// <summary>Where revocation is published (RFC 5280 §4.2.1.13).</summary>
/// <param name="FullName">The point's names, by URI or by directory name as JPKI has them; null when the point is named otherwise or not at all.</param>
/// <param name="RelativeName">What has to be added to the CRL issuer's name to have the point's name; null when it is named otherwise.</param>
/// <param name="Reasons">The reasons covered there; null for all.</param>
/// <param name="CrlIssuer">Who signs there, when it is not the certificate's issuer; null otherwise.</param>
public sealed record DistributionPoint(
    IReadOnlyList<GeneralName>? FullName, RelativeDistinguishedName? RelativeName, RevocationReasons? Reasons, IReadOnlyList<GeneralName>? CrlIssuer);
