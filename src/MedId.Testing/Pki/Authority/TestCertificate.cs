using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace MedId.Testing;

/// <summary>A certificate that the test authority minted, with its private key.</summary>
public sealed class TestCertificate
{
    internal TestCertificate(byte[] der, TestKey key, TestKey issuerKey) => (Der, Key, IssuerKey) = (der, key, issuerKey);

    /// <summary>The certificate.</summary>
    public byte[] Der { get; }

    /// <summary>The subject's key pair.</summary>
    public TestKey Key { get; }

    /// <summary>The subject as it was asked for.</summary>
    public required TestName Subject { get; init; }

    /// <summary>The issuer as it was asked for.</summary>
    public required TestName Issuer { get; init; }

    /// <summary>Content octets of the serial number.</summary>
    public required byte[] SerialNumber { get; init; }

    /// <summary>From when it is valid.</summary>
    public required DateTimeOffset NotBefore { get; init; }

    /// <summary>Until when it is valid.</summary>
    public required DateTimeOffset NotAfter { get; init; }

    /// <summary>The certificate as PEM, for a peer that reads files.</summary>
    public string Pem => PemEncoding.WriteString("CERTIFICATE", Der);

    /// <summary>SHA-256 of the certificate, lower hexadecimal.</summary>
    public string Sha256 => Convert.ToHexStringLower(SHA256.HashData(Der));

    internal TestKey IssuerKey { get; }

    /// <summary>The certificate with its private key for .NET's own classes. The caller disposes of it.</summary>
    public X509Certificate2 ToX509()
    {
        using var bare = X509CertificateLoader.LoadCertificate(Der);
        if (Key.IsRsa)
        {
            using var rsa = RSA.Create();
            rsa.ImportPkcs8PrivateKey(Key.ExportPkcs8(), out _);
            return bare.CopyWithPrivateKey(rsa);
        }

        using var ecdsa = ECDsa.Create();
        ecdsa.ImportPkcs8PrivateKey(Key.ExportPkcs8(), out _);
        return bare.CopyWithPrivateKey(ecdsa);
    }
}
