using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace MedId.Testing;

/// <summary>Mints the attestation certificates of a model in memory.</summary>
internal static class SoftwareUafCertificates
{
    private const string Root = "CN=Test attestation root, O=Nobody";
    private const string Leaf = "CN=Test attestation, O=Nobody, OU=Authenticator Attestation";

    public static SoftwareUafModel Mint(SoftwareUafModelOptions options, DateTimeOffset now)
    {
        if (options.Attestation == SoftwareUafAttestation.Surrogate)
        {
            return new(options, null, [], []);
        }

        var key = SoftwareUafPrivateKey.Create(options.Algorithm);
        var request = key.CertificateRequest(Leaf);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: false, hasPathLengthConstraint: false, 0, critical: true));
        var (from, until) = (now.AddYears(-1), now.AddYears(10));
        if (options.Attestation == SoftwareUafAttestation.PinnedCertificate)
        {
            using var pinned = request.CreateSelfSigned(from, until);
            return new(options, key, [pinned.RawData], [pinned.RawData]);
        }

        using var rootKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var rootRequest = new CertificateRequest(Root, rootKey, HashAlgorithmName.SHA256);
        rootRequest.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: true, 0, critical: true));
        rootRequest.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, critical: true));
        using var root = rootRequest.CreateSelfSigned(from, until);
        using var issued = request.Create(root.SubjectName, X509SignatureGenerator.CreateForECDsa(rootKey), from, until, [0x01, .. RandomNumberGenerator.GetBytes(15)]);
        return new(options, key, [issued.RawData], [root.RawData]);
    }
}
