using System.Formats.Asn1;

namespace MedId.Pki;

/// <summary>The extensions of a certificate (RFC 5280 §4.2): those that this library understands in their own types, all of them as they stand.</summary>
/// <remarks>A property is null exactly when the extension is not there. A known extension that is not in its form refuses the whole certificate.</remarks>
public sealed class CertificateExtensions
{
    internal static readonly CertificateExtensions None = new([]);

    private readonly CertificateExtension[] _all;

    private static ReadOnlySpan<byte> WrittenOutFalse => [0x30, 0x03, 0x01, 0x01, 0x00];

    /// <param name="all">The extensions.</param>
    /// <param name="ofAuthenticator">Whether the mistakes of attestation certificates in use are read over: see <see cref="Certificate.ParseAttestation"/>.</param>
    internal CertificateExtensions(CertificateExtension[] all, bool ofAuthenticator = false)
    {
        _all = all;
        foreach (var extension in all)
        {
            try
            {
                Read(extension);
            }
            catch (AsnContentException) when (ofAuthenticator && IsTolerable(extension))
            {
                if (extension.Oid == ExtensionOids.BasicConstraints)
                {
                    BasicConstraints = new(IsCa: false, PathLength: null);
                }
            }
            catch (AsnContentException e)
            {
                throw new ProfileException($"The extension {extension.Oid} is not in its form.", "RFC 5280 §4.2", e);
            }
        }
    }

    /// <summary>Every extension, in the order of the certificate.</summary>
    public IReadOnlyList<CertificateExtension> All => _all;

    /// <summary>§4.2.1.9.</summary>
    public BasicConstraints? BasicConstraints { get; private set; }

    /// <summary>§4.2.1.3.</summary>
    public KeyUsages? KeyUsage { get; private set; }

    /// <summary>The purposes, by object identifier; §4.2.1.12.</summary>
    public IReadOnlyList<string>? ExtendedKeyUsage { get; private set; }

    /// <summary>§4.2.1.4.</summary>
    public IReadOnlyList<PolicyInformation>? CertificatePolicies { get; private set; }

    /// <summary>§4.2.1.5.</summary>
    public IReadOnlyList<PolicyMapping>? PolicyMappings { get; private set; }

    /// <summary>§4.2.1.11.</summary>
    public PolicyConstraints? PolicyConstraints { get; private set; }

    /// <summary>After how many further certificates anyPolicy counts no more; §4.2.1.14.</summary>
    public int? InhibitAnyPolicy { get; private set; }

    /// <summary>§4.2.1.10.</summary>
    public NameConstraints? NameConstraints { get; private set; }

    /// <summary>§4.2.1.6.</summary>
    public IReadOnlyList<GeneralName>? SubjectAlternativeName { get; private set; }

    /// <summary>§4.2.1.7.</summary>
    public IReadOnlyList<GeneralName>? IssuerAlternativeName { get; private set; }

    /// <summary>§4.2.1.1.</summary>
    public AuthorityKeyIdentifier? AuthorityKeyIdentifier { get; private set; }

    /// <summary>§4.2.1.2.</summary>
    public ReadOnlyMemory<byte>? SubjectKeyIdentifier { get; private set; }

    /// <summary>§4.2.1.13.</summary>
    public IReadOnlyList<DistributionPoint>? CrlDistributionPoints { get; private set; }

    /// <summary>Where delta CRLs are; §4.2.1.15.</summary>
    public IReadOnlyList<DistributionPoint>? FreshestCrl { get; private set; }

    /// <summary>§4.2.2.1.</summary>
    public IReadOnlyList<AccessDescription>? AuthorityInformationAccess { get; private set; }

    /// <summary>§4.2.2.2.</summary>
    public IReadOnlyList<AccessDescription>? SubjectInformationAccess { get; private set; }

    /// <summary>The DER of the attributes, which the package of their profile reads (HPKI: hcRole); §4.2.1.8.</summary>
    public ReadOnlyMemory<byte>? SubjectDirectoryAttributes { get; private set; }

    /// <summary>The extension with an object identifier; null when it is not there.</summary>
    /// <param name="oid">The identifier, dotted.</param>
    public CertificateExtension? Find(string oid) => Array.Find(_all, extension => string.Equals(extension.Oid, oid, StringComparison.Ordinal));

    /// <summary>A <c>cA FALSE</c> that is written out says what it says; an authorityKeyIdentifier only orders candidates, so one that cannot be read says nothing.</summary>
    private static bool IsTolerable(CertificateExtension extension) =>
        extension.Oid == ExtensionOids.AuthorityKeyIdentifier || (extension.Oid == ExtensionOids.BasicConstraints && extension.Value.Span.SequenceEqual(WrittenOutFalse));

    private void Read(CertificateExtension extension)
    {
        var value = extension.Value;
        switch (extension.Oid)
        {
            case ExtensionOids.BasicConstraints: BasicConstraints = ExtensionReader.ReadBasicConstraints(value); break;
            case ExtensionOids.KeyUsage: KeyUsage = ExtensionReader.ReadKeyUsage(value); break;
            case ExtensionOids.ExtendedKeyUsage: ExtendedKeyUsage = ExtensionReader.ReadExtendedKeyUsage(value); break;
            case ExtensionOids.CertificatePolicies: CertificatePolicies = ExtensionReader.ReadCertificatePolicies(value); break;
            case ExtensionOids.PolicyMappings: PolicyMappings = ExtensionReader.ReadPolicyMappings(value); break;
            case ExtensionOids.PolicyConstraints: PolicyConstraints = ExtensionReader.ReadPolicyConstraints(value); break;
            case ExtensionOids.InhibitAnyPolicy: InhibitAnyPolicy = ExtensionReader.ReadInhibitAnyPolicy(value); break;
            case ExtensionOids.NameConstraints: NameConstraints = ExtensionReader.ReadNameConstraints(value); break;
            case ExtensionOids.SubjectAlternativeName: SubjectAlternativeName = ExtensionReader.ReadNames(value); break;
            case ExtensionOids.IssuerAlternativeName: IssuerAlternativeName = ExtensionReader.ReadNames(value); break;
            case ExtensionOids.AuthorityKeyIdentifier: AuthorityKeyIdentifier = ExtensionReader.ReadAuthorityKeyIdentifier(value); break;
            case ExtensionOids.SubjectKeyIdentifier: SubjectKeyIdentifier = ExtensionReader.ReadSubjectKeyIdentifier(value); break;
            case ExtensionOids.CrlDistributionPoints: CrlDistributionPoints = ExtensionReader.ReadDistributionPoints(value); break;
            case ExtensionOids.FreshestCrl: FreshestCrl = ExtensionReader.ReadDistributionPoints(value); break;
            case ExtensionOids.AuthorityInformationAccess: AuthorityInformationAccess = ExtensionReader.ReadAccessDescriptions(value); break;
            case ExtensionOids.SubjectInformationAccess: SubjectInformationAccess = ExtensionReader.ReadAccessDescriptions(value); break;
            case ExtensionOids.SubjectDirectoryAttributes: SubjectDirectoryAttributes = value; break;
            default: break;
        }
    }
}
