namespace MedId.Pki;

/// <summary>Whether a CRL speaks about a certificate at one of its distribution points: RFC 5280 §6.3.3 (b) and (c).</summary>
internal static class CrlScope
{
    /// <summary>§6.3.3 (b)(1): the CRL issuer that the point names; else the certificate's issuer.</summary>
    public static bool IsIssuer(CertificateRevocationList crl, Certificate certificate, DistributionPoint? point) =>
        point?.CrlIssuer is { } crlIssuers ? Names(crlIssuers, crl.Issuer) : crl.Issuer.Equals(certificate.Issuer);

    /// <summary>§6.3.3 (b): issuer and scope of a complete CRL.</summary>
    /// <param name="crl">A complete CRL.</param>
    /// <param name="certificate">The certificate.</param>
    /// <param name="point">The distribution point; null for the one that every certificate has, named like its issuer (§6.3.3, last paragraph).</param>
    public static bool Covers(CertificateRevocationList crl, Certificate certificate, DistributionPoint? point)
    {
        var scope = crl.IssuingDistributionPoint;

        // (b)(1): the issuer, and where the point names it, an indirect CRL.
        if (!IsIssuer(crl, certificate, point) || (point?.CrlIssuer is not null && scope is not { IsIndirect: true }))
        {
            return false;
        }

        if (scope is null)
        {
            return true;
        }

        // (b)(2)(i): one name in common.
        if (scope.NamesPoint && !SharesName(scope, crl, certificate, point))
        {
            return false;
        }

        // (b)(2)(ii), (iii), (iv): the kind of certificate.
        var isCa = certificate.Extensions.BasicConstraints is { IsCa: true };
        return !(scope.OnlyContainsUserCertificates && isCa) && !(scope.OnlyContainsCaCertificates && !isCa) && !scope.OnlyContainsAttributeCertificates;
    }

    /// <summary>§6.3.3 (c) and §5.2.4: whether a delta CRL belongs on top of a complete one.</summary>
    public static bool Fits(CertificateRevocationList delta, CertificateRevocationList complete) =>
        delta.BaseNumber is { } from && complete.Number is { } number && delta.Number is { } deltaNumber
        && delta.Issuer.Equals(complete.Issuer)
        && SameScope(delta.IssuingDistributionPoint, complete.IssuingDistributionPoint)
        && SameKey(delta.AuthorityKeyIdentifier, complete.AuthorityKeyIdentifier)
        && from <= number && number < deltaNumber;

    private static bool SameScope(IssuingDistributionPoint? a, IssuingDistributionPoint? b) =>
        a is null || b is null ? a is null && b is null : a.RawData.Span.SequenceEqual(b.RawData.Span);

    private static bool SameKey(AuthorityKeyIdentifier? a, AuthorityKeyIdentifier? b) => a is null || b is null
        ? a is null && b is null
        : Same(a.KeyIdentifier, b.KeyIdentifier) && Same(a.SerialNumber, b.SerialNumber);

    private static bool Same(ReadOnlyMemory<byte>? a, ReadOnlyMemory<byte>? b) => a is { } first && b is { } second ? first.Span.SequenceEqual(second.Span) : a is null && b is null;

    private static bool SharesName(IssuingDistributionPoint scope, CertificateRevocationList crl, Certificate certificate, DistributionPoint? point)
    {
        var ofCrl = scope.FullName ?? [Relative(crl.Issuer, scope.RelativeName!)];
        foreach (var name in NamesOf(certificate, point))
        {
            if (ofCrl.Contains(name))
            {
                return true;
            }
        }

        return false;
    }

    private static IReadOnlyList<GeneralName> NamesOf(Certificate certificate, DistributionPoint? point) => point switch
    {
        null => [new GeneralName.DirectoryName(certificate.Issuer)],
        { FullName: { } full } => full,
        { RelativeName: { } relative } => [Relative(point.CrlIssuer?.OfType<GeneralName.DirectoryName>().FirstOrDefault()?.Name ?? certificate.Issuer, relative)],
        _ => point.CrlIssuer ?? [],
    };

    private static GeneralName.DirectoryName Relative(DistinguishedName issuer, RelativeDistinguishedName step) => new(issuer.Append(step));

    private static bool Names(IReadOnlyList<GeneralName> names, DistinguishedName issuer)
    {
        foreach (var name in names)
        {
            if (name is GeneralName.DirectoryName directory && directory.Name.Equals(issuer))
            {
                return true;
            }
        }

        return false;
    }
}
