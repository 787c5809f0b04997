using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace MedId.Fido.Uaf.Tests;

/// <summary>Direct issuance: one valid certificate, then one change each.</summary>
public sealed class AttestationCertificateTests
{
    private static readonly DateTimeOffset Now = Ceremony.Now;

    [Theory]
    [InlineData("nistP256", 256)]
    [InlineData("nistP384", 384)]
    [InlineData("nistP521", 512)]
    public void IsIssuedBy_EllipticIssuer_Holds(string curve, int hash)
    {
        for (var again = 0; again < 8; again++)
        {
            using var key = ECDsa.Create(ECCurve.CreateFromFriendlyName(curve));
            var root = Root(new CertificateRequest("CN=root", key, Hash(hash)));
            var leaf = Leaf(X509SignatureGenerator.CreateForECDsa(key), Hash(hash));
            Assert.True(leaf.IsIssuedBy(root));
            Assert.False(leaf.IsIssuedBy(leaf));
        }
    }

    [Theory]
    [InlineData(256)]
    [InlineData(384)]
    [InlineData(512)]
    public void IsIssuedBy_RsaIssuer_Holds(int hash)
    {
        using var key = RSA.Create(2048);
        var root = Root(new CertificateRequest("CN=root", key, Hash(hash), RSASignaturePadding.Pkcs1));
        Assert.True(Leaf(X509SignatureGenerator.CreateForRSA(key, RSASignaturePadding.Pkcs1), Hash(hash)).IsIssuedBy(root));
    }

    [Fact]
    public void IsIssuedBy_Sha1_DoesNotHold()
    {
        using var key = RSA.Create(2048);
        var root = Root(new CertificateRequest("CN=root", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));
        Assert.False(Leaf(new Sha1Generator(key), HashAlgorithmName.SHA1).IsIssuedBy(root));
    }

    [Fact]
    public void IsIssuedBy_OtherNameOrKey_DoesNotHold()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var leaf = Leaf(X509SignatureGenerator.CreateForECDsa(key), HashAlgorithmName.SHA256);
        Assert.False(leaf.IsIssuedBy(Root(new CertificateRequest("CN=other", key, HashAlgorithmName.SHA256))));
        Assert.False(leaf.IsIssuedBy(Root(new CertificateRequest("CN=root", other, HashAlgorithmName.SHA256))));
    }

    [Fact]
    public void MayIssue_OnlyAnAuthorityThatSignsCertificates()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        CertificateRequest Request(params X509Extension[] extensions)
        {
            var request = new CertificateRequest("CN=root", key, HashAlgorithmName.SHA256);
            foreach (var extension in extensions)
            {
                request.CertificateExtensions.Add(extension);
            }

            return request;
        }

        var authority = new X509BasicConstraintsExtension(true, false, 0, true);
        Assert.True(Root(Request(authority), plain: true).MayIssue);
        Assert.True(Root(Request(authority, new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, true)), plain: true).MayIssue);
        Assert.False(Root(Request(authority, new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, true)), plain: true).MayIssue);
        Assert.False(Root(Request(new X509BasicConstraintsExtension(false, false, 0, true)), plain: true).MayIssue);
        Assert.False(Root(Request(), plain: true).MayIssue);
    }

    [Theory]
    [InlineData(-1, false)]
    [InlineData(0, true)]
    [InlineData(86_400, true)]
    [InlineData(86_401, false)]
    public void IsAcceptableAt_Dates_AreExactToTheSecond(int seconds, bool acceptable)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        Assert.Equal(acceptable, Leaf(X509SignatureGenerator.CreateForECDsa(key), HashAlgorithmName.SHA256).IsAcceptableAt(Now.AddSeconds(seconds)));
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public void IsAcceptableAt_UnknownExtension_IsRefusedWhenCritical(bool critical, bool acceptable)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var leaf = Leaf(X509SignatureGenerator.CreateForECDsa(key), HashAlgorithmName.SHA256, new X509Extension("1.3.6.1.4.1.99999.1", [5, 0], critical));
        Assert.Equal(acceptable, leaf.IsAcceptableAt(Now));
    }

    [Fact]
    public void TryParse_BytesBehindTheCertificate_AreRefused()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var certificate = new CertificateRequest("CN=root", key, HashAlgorithmName.SHA256).CreateSelfSigned(Now, Now.AddDays(1));
        Assert.True(AttestationCertificate.TryParse(certificate.RawData, out _));
        Assert.False(AttestationCertificate.TryParse((byte[])[.. certificate.RawData, 0], out _));
        Assert.False(AttestationCertificate.TryParse(System.Text.Encoding.ASCII.GetBytes(certificate.ExportCertificatePem()), out _));
    }

    private static AttestationCertificate Root(CertificateRequest request, bool plain = false)
    {
        if (!plain)
        {
            request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        }

        using var certificate = request.CreateSelfSigned(Now, Now.AddDays(1));
        Assert.True(AttestationCertificate.TryParse(certificate.RawData, out var parsed));
        return parsed;
    }

    private static AttestationCertificate Leaf(X509SignatureGenerator issuer, HashAlgorithmName hash, X509Extension? extension = null)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(new X500DistinguishedName("CN=leaf"), new PublicKey(key), hash);
        if (extension is not null)
        {
            request.CertificateExtensions.Add(extension);
        }

        using var certificate = request.Create(new X500DistinguishedName("CN=root"), issuer, Now, Now.AddDays(1), [1, 2, 3]);
        Assert.True(AttestationCertificate.TryParse(certificate.RawData, out var parsed));
        return parsed;
    }

    private static HashAlgorithmName Hash(int bits) => bits switch { 256 => HashAlgorithmName.SHA256, 384 => HashAlgorithmName.SHA384, _ => HashAlgorithmName.SHA512 };

    // The platform no longer makes such signatures by itself.
    private sealed class Sha1Generator(RSA key) : X509SignatureGenerator
    {
        public override byte[] GetSignatureAlgorithmIdentifier(HashAlgorithmName hashAlgorithm) => Convert.FromHexString("300D06092A864886F70D0101050500");

        public override byte[] SignData(byte[] data, HashAlgorithmName hashAlgorithm) => key.SignData(data, HashAlgorithmName.SHA1, RSASignaturePadding.Pkcs1);

        protected override PublicKey BuildPublicKey() => new(key);
    }
}
