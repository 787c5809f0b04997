namespace MedId.Pki;

/// <summary>What a CRL is complete for (RFC 5280 §5.2.5). A certificate outside of it is not good because the CRL is silent about it.</summary>
/// <param name="FullName">The names of the distribution point; null when it is named otherwise or not at all.</param>
/// <param name="RelativeName">What has to be added to the CRL issuer's name to have the point's name; null when it is named otherwise.</param>
/// <param name="OnlyContainsUserCertificates">Only end entities.</param>
/// <param name="OnlyContainsCaCertificates">Only CAs: an ARL. HPKI's SARL and RARL are of this kind.</param>
/// <param name="OnlyContainsAttributeCertificates">Only attribute certificates, which are no certificates at all here.</param>
/// <param name="OnlySomeReasons">The reasons covered; null for all.</param>
/// <param name="IsIndirect">Whether it has entries for certificates of other issuers.</param>
/// <param name="RawData">The DER value of the extension; a base CRL and its delta have the same (§5.2.4).</param>
public sealed record IssuingDistributionPoint(
    IReadOnlyList<GeneralName>? FullName,
    RelativeDistinguishedName? RelativeName,
    bool OnlyContainsUserCertificates,
    bool OnlyContainsCaCertificates,
    bool OnlyContainsAttributeCertificates,
    RevocationReasons? OnlySomeReasons,
    bool IsIndirect,
    ReadOnlyMemory<byte> RawData)
{
    /// <summary>Whether the CRL is bound to a distribution point.</summary>
    public bool NamesPoint => FullName is not null || RelativeName is not null;
}
