using MedId.Core;
using MedId.Cryptography;
using MedId.Pki;

namespace MedId.Jpki.Certificates;

/// <summary>Which JPKI profile a certificate has, and whether it keeps to it. Says nothing about signatures: that is the path's to say.</summary>
internal sealed record ProfileRules(JpkiProfileTable Table, bool AcceptTestHierarchy)
{
    private const string ClientAuthentication = "1.3.6.1.5.5.7.3.2";

    /// <summary>The profile, or the first thing that does not hold. <paramref name="use"/> null asks for no use.</summary>
    public MedIdResult<JpkiCertificateProfile> Judge(Certificate certificate, JpkiCertificateKind? use)
    {
        var found = Recognise(certificate);
        return found.Succeeded && Check(certificate, found.Value, use) is { } refusal ? refusal : found;
    }

    private MedIdResult<JpkiCertificateProfile> Recognise(Certificate certificate)
    {
        // 1. The issuer's name. It grants nothing: it tells which row to hold the certificate against.
        var ofIssuer = Table.Profiles.Where(p => p.Issuer is not null && p.Issuer.Equals(certificate.Issuer)).ToList();
        if (ofIssuer.Count == 0)
        {
            return Refuse(JpkiErrorCodes.IssuerNotAccepted, ErrorCategory.Untrusted, "not the name of a JPKI authority");
        }

        // 2. The test hierarchy only where it was asked for.
        if (!AcceptTestHierarchy && ofIssuer.TrueForAll(p => p.Hierarchy == JpkiHierarchy.Test))
        {
            return Refuse(JpkiErrorCodes.TestHierarchy, ErrorCategory.Policy, "a test certificate");
        }

        // 3. The policy, exactly one row's. anyPolicy is nobody's.
        var policies = certificate.Extensions.CertificatePolicies ?? [];
        var ofPolicy = ofIssuer.Where(p => policies.Any(q => string.Equals(q.Oid, p.PolicyOid, StringComparison.Ordinal))).ToList();
        if (ofPolicy.Count != 1)
        {
            return ofPolicy.Count == 0 && ofIssuer.Exists(p => p.PolicyOid is null)
                ? Refuse(JpkiErrorCodes.ProfileNotVerified, ErrorCategory.Policy, $"the policy of {ofIssuer.First(p => p.PolicyOid is null).Id} is not published and not configured")
                : Refuse(JpkiErrorCodes.PolicyNotAccepted, ErrorCategory.Policy, policies.Count == 0 ? "no certificate policy" : string.Join(' ', policies.Take(4).Select(q => q.Oid)));
        }

        // 4. A row that nobody verified grants nothing, unless the operator confirmed it, or asked for the test hierarchy, which has no other rows.
        var profile = ofPolicy[0];
        return profile.Status is TrustDataStatus.Verified or TrustDataStatus.Confirmed || (profile.Hierarchy == JpkiHierarchy.Test && AcceptTestHierarchy)
            ? profile
            : Refuse(JpkiErrorCodes.ProfileNotVerified, ErrorCategory.Policy, profile.Id);
    }

    private static MedIdError? Check(Certificate certificate, JpkiCertificateProfile profile, JpkiCertificateKind? use)
    {
        var extensions = certificate.Extensions;

        // 5. A signing certificate is no login, an authentication certificate no signature.
        if (use is { } asked && asked != profile.Kind)
        {
            return Refuse(JpkiErrorCodes.UseMismatch, ErrorCategory.Policy, $"a certificate to {profile.Kind}");
        }

        // 6. Key usage exactly as the kind has it, critical; for authentication no extended usage without clientAuth, for signing none with it.
        var purposes = extensions.ExtendedKeyUsage;
        if (extensions.KeyUsage != profile.KeyUsage || extensions.Find("2.5.29.15") is not { Critical: true } || extensions.BasicConstraints is { IsCa: true }
            || (purposes is not null && purposes.Contains(ClientAuthentication, StringComparer.Ordinal) != (profile.Kind == JpkiCertificateKind.Authenticate)))
        {
            return Refuse(JpkiErrorCodes.KeyUsage, ErrorCategory.Policy, profile.Id);
        }

        // 7. RSA from 2048 bits today, P-384 for the next generation of cards.
        var key = certificate.ReadPublicKey();
        if (!key.Succeeded || key.Value.Kind is not (KeyKind.Rsa or KeyKind.P384) || (key.Value.Kind == KeyKind.Rsa && key.Value.SizeInBits < 2048))
        {
            return Refuse(JpkiErrorCodes.KeyNotAccepted, ErrorCategory.Policy, key.Succeeded ? key.Value.Kind.ToString() : key.Error.Code);
        }

        // 8. A serial number that an authority gives out: positive, at most 20 bytes.
        if (!JpkiCertificateReference.IsSerialNumber(certificate.SerialNumber.Span))
        {
            return Refuse(JpkiErrorCodes.SerialNotAccepted, ErrorCategory.Malformed, profile.Id);
        }

        // 9. Attributes where the kind has them and nowhere else.
        return profile.Kind == JpkiCertificateKind.Sign ? BasicFourReader.Read(certificate).Error
            : BasicFourReader.HasAny(certificate) ? Refuse(JpkiErrorCodes.AttributeUnexpected, ErrorCategory.Untrusted, profile.Id)
            : null;
    }

    private static MedIdError Refuse(string code, ErrorCategory category, string detail) => new(code, category, JpkiSections.Profile, detail);
}
