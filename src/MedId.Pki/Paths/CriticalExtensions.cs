using MedId.Core;

namespace MedId.Pki;

/// <summary>RFC 5280 §6.1.4 (o), §6.1.5 (f): a critical extension that nobody processes refuses.</summary>
internal static class CriticalExtensions
{
    private static readonly string[] Understood =
    [
        ExtensionOids.BasicConstraints, ExtensionOids.KeyUsage, ExtensionOids.ExtendedKeyUsage, ExtensionOids.CertificatePolicies, ExtensionOids.PolicyMappings,
        ExtensionOids.PolicyConstraints, ExtensionOids.InhibitAnyPolicy, ExtensionOids.NameConstraints, ExtensionOids.SubjectAlternativeName,
        ExtensionOids.IssuerAlternativeName, ExtensionOids.CrlDistributionPoints, ExtensionOids.FreshestCrl, ExtensionOids.AuthorityKeyIdentifier,
        ExtensionOids.SubjectKeyIdentifier, ExtensionOids.AuthorityInformationAccess, ExtensionOids.SubjectInformationAccess,
        ExtensionOids.SubjectDirectoryAttributes, ExtensionOids.OcspNoCheck,
    ];

    public static MedIdError? Check(Certificate certificate, PathPolicy policy, string section)
    {
        foreach (var extension in certificate.Extensions.All)
        {
            if (extension.Critical && Array.IndexOf(Understood, extension.Oid) < 0 && !policy.UnderstoodExtensions.Contains(extension.Oid, StringComparer.Ordinal))
            {
                return new(PkiErrorCodes.CriticalExtension, ErrorCategory.Unsupported, section, extension.Oid);
            }
        }

        return null;
    }
}
