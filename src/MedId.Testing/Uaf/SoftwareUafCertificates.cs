using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace MedId.Testing;

/// <summary>Mints the attestation certificates of a model in memory.</summary>
internal static class SoftwareUafCertificates
{
    private const string Root = "CN=Test attestation root, O=Nobody";
    private const string Upper = "CN=Test attestation authority, O=Nobody";
    private const string Lower = "CN=Test attestation issuer, O=Nobody";
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
        using var root = Authority(Root, rootKey).CreateSelfSigned(from, until);
        if (options.Attestation == SoftwareUafAttestation.IssuedCertificate)
        {
            using var issued = request.Create(root.SubjectName, X509SignatureGenerator.CreateForECDsa(rootKey), from, until, SerialNumber());
            return new(options, key, [issued.RawData], [root.RawData]);
        }

        using var upperKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var lowerKey = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        using var upper = Authority(Upper, upperKey).Create(root.SubjectName, X509SignatureGenerator.CreateForECDsa(rootKey), from, until, SerialNumber());
        using var lower = Authority(Lower, lowerKey).Create(upper.SubjectName, X509SignatureGenerator.CreateForECDsa(upperKey), from, until, SerialNumber());
        using var leaf = request.Create(lower.SubjectName, X509SignatureGenerator.CreateForECDsa(lowerKey), from, until, SerialNumber());
        return options.Attestation == SoftwareUafAttestation.IssuedOverAuthorities
            ? new(options, key, [leaf.RawData, lower.RawData, upper.RawData], [root.RawData])
            : new(options, key, [leaf.RawData], [lower.RawData]);
    }

    private static CertificateRequest Authority(string name, ECDsa key)
    {
        var request = new CertificateRequest(name, key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, critical: true));
        return request;
    }

    private static byte[] SerialNumber() => [0x01, .. RandomNumberGenerator.GetBytes(15)];
}
