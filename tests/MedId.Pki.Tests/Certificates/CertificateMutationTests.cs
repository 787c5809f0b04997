using System.Security.Cryptography;
using MedId.Core;
using MedId.Testing;
using MedId.TestSupport;

namespace MedId.Pki.Tests.Certificates;

/// <summary>Changed certificates and names: never an exception, and what is accepted is a certificate of its own bytes, not another reading of the same ones.</summary>
/// <remarks>
/// A mutant of a structure that carries data may be another valid certificate. The rule of one reading is kept so: what is accepted has one encoding, so writing out
/// what was read gives the mutant back, and the original's value comes only from the original's bytes.
/// </remarks>
public sealed class CertificateMutationTests
{
    private static readonly string Folder = TestVectors.RequireVectors("pkits/certs", "csrc.nist.gov (PKITS, public domain)");

    public static TheoryData<string> Kinds { get; } = new("everything", "P-384", "Ed25519", "RSA-PSS");

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Parse_EveryBitFlip_IsRefusedOrAnotherCertificate(string kind)
    {
        var original = Original(kind);
        foreach (var mutant in SeededMutator.EveryBitFlip(original))
        {
            AssertOwnReading(original, mutant);
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Parse_EveryTruncation_IsRefused(string kind)
    {
        foreach (var mutant in SeededMutator.EveryTruncation(Original(kind)))
        {
            Assert.False(Certificate.Parse(mutant.Bytes).Succeeded, mutant.How);
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Parse_SeededMutants_AreRefusedOrOtherCertificates(string kind)
    {
        var original = Original(kind);
        foreach (var mutant in new SeededMutator(20260401).Mutate(original, 2000))
        {
            AssertOwnReading(original, mutant);
        }
    }

    [Fact]
    public void Parse_SeededMutantsOfPkits_AreRefusedOrOtherCertificates()
    {
        foreach (var (file, seed) in Directory.GetFiles(Folder).Order(StringComparer.Ordinal).Select((file, seed) => (file, seed)))
        {
            var original = File.ReadAllBytes(file);
            foreach (var mutant in new SeededMutator(seed).Mutate(original, 12))
            {
                AssertOwnReading(original, mutant);
            }
        }
    }

    [Fact]
    public void ParseName_SeededMutants_AreRefusedOrOtherNames()
    {
        byte[][] originals =
        [
            TestName.Of(("C", "JP"), ("O", "Synthetic"), ("OU", "内科"), ("CN", "Taro Test")).Der,
            TestName.Empty.WithMultiValued(("CN", "a"), ("O", "b")).With("CN", "ab", System.Formats.Asn1.UniversalTagNumber.BMPString).Der,
        ];
        foreach (var original in originals)
        {
            foreach (var mutant in SeededMutator.EveryBitFlip(original).Concat(new SeededMutator(7).Mutate(original, 2000)))
            {
                var parsed = DistinguishedName.Parse(mutant.Bytes);
                if (parsed.Succeeded)
                {
                    Assert.Equal(mutant.Bytes, Write(parsed.Value));
                    DistinguishedName.ParseRfc4514(parsed.Value.ToString());
                }
            }
        }
    }

    [Fact]
    public void ParseRfc4514_SeededMutants_GiveNamesOrRefusals()
    {
        foreach (var mutant in new SeededMutator(9).Mutate("CN=Taro\\, Test+UID=1,OU=\\E5\\86\\85,O=#0C0161,2.999.1=#0500,C=JP", 5000))
        {
            if (DistinguishedName.ParseRfc4514(mutant.Text) is { Succeeded: true } parsed)
            {
                // What was read is written and read again as the same name.
                Assert.Equal(parsed.Value, DistinguishedName.ParseRfc4514(parsed.Value.ToString()).Value);
            }
        }
    }

    private static void AssertOwnReading(byte[] original, Mutant mutant)
    {
        var parsed = Certificate.Parse(mutant.Bytes);
        if (!parsed.Succeeded)
        {
            return;
        }

        var certificate = parsed.Value;
        Assert.Equal(mutant.Bytes, certificate.RawData.ToArray());

        // The outer structure is written again from what was read of it: there is one way to write it.
        var written = TestDer.Sequence(
            certificate.TbsCertificate.ToArray(),
            certificate.SignatureAlgorithm.RawData.ToArray(),
            certificate.HasWholeSignature ? TestDer.BitString(certificate.Signature.ToArray()) : mutant.Bytes[^(certificate.Signature.Length + Header(mutant.Bytes, certificate))..]);
        Assert.True(mutant.Bytes.AsSpan().SequenceEqual(written), mutant.How);

        // Whoever has every field of the original has its bytes.
        var first = Certificate.Parse(original).Value!;
        var isSame = certificate.TbsCertificate.Span.SequenceEqual(first.TbsCertificate.Span) && certificate.Signature.Span.SequenceEqual(first.Signature.Span)
            && certificate.HasWholeSignature == first.HasWholeSignature;
        Assert.False(isSame, mutant.How);
        Assert.NotEqual(first, certificate);
    }

    private static int Header(byte[] der, Certificate certificate) => der.Length - Offset(der, certificate) - certificate.Signature.Length;

    private static int Offset(byte[] der, Certificate certificate)
    {
        var behind = der.AsSpan().IndexOf(certificate.TbsCertificate.Span) + certificate.TbsCertificate.Length;
        return behind + certificate.SignatureAlgorithm.RawData.Length;
    }

    private static byte[] Write(DistinguishedName name) => TestDer.Sequence([.. name.Rdns.Select(rdn =>
        TestDer.UnsortedSet([.. rdn.Attributes.Select(a => TestDer.Sequence(TestDer.Oid(a.Oid), a.RawValue.ToArray()))]))]);

    private static byte[] Original(string kind) => kind switch
    {
        "everything" => CertificateTests.Everything().Sign().Der,
        "P-384" => Minted(TestKeyKind.P384),
        "RSA-PSS" => Minted(TestKeyKind.Rsa2048, TestSignatureAlgorithm.PssSha384),
        _ => EdwardsCertificate(),
    };

    private static byte[] Minted(TestKeyKind kind, TestSignatureAlgorithm? algorithm = null)
    {
        var key = TestKey.Shared(kind);
        var builder = CertificateTests.Everything();
        (builder.Key, builder.IssuerKey, builder.Algorithm) = (key, key, algorithm);
        return builder.Sign().Der;
    }

    // The structure of an Ed25519 certificate; nothing here asks whether its signature verifies.
    private static byte[] EdwardsCertificate()
    {
        var algorithm = TestDer.Sequence(TestDer.Oid("1.3.101.112"));
        return CertificateTests.Everything()
            .Replace(TestCertificateField.Signature, algorithm)
            .Replace(TestCertificateField.SignatureAlgorithm, algorithm)
            .Replace(TestCertificateField.SubjectPublicKeyInfo, TestDer.Sequence(algorithm, TestDer.BitString(SHA256.HashData([1]))))
            .Replace(TestCertificateField.SignatureValue, TestDer.BitString(SHA512.HashData([2])))
            .Sign().Der;
    }
}
