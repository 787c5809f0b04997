using System.Formats.Asn1;
using System.Security.Cryptography;
using MedId.Core;
using MedId.Cryptography;
using MedId.Pki;
using MedId.Testing;
using MedId.TestSupport;

namespace MedId.Signatures.Tests;

/// <summary>Signatures of our own making.</summary>
public sealed class CmsSignerTests
{
    private static readonly byte[] Content = "同意書 2026-04-01"u8.ToArray();

    public static TheoryData<TestKeyKind, string> Keys => new()
    {
        { TestKeyKind.Rsa2048, "RS256" },
        { TestKeyKind.Rsa2048, "RS512" },
        { TestKeyKind.Rsa2048, "PS256" },
        { TestKeyKind.Rsa2048, "PS384" },
        { TestKeyKind.P256, "ES256" },
        { TestKeyKind.P384, "ES384" },
        { TestKeyKind.P521, "ES512" },
        { TestKeyKind.P256, "secp256r1_ecdsa_sha256_der" },
    };

    [Theory]
    [MemberData(nameof(Keys))]
    public async Task SignAsync_EveryAlgorithm_IsAcceptedAsBaselineB(TestKeyKind kind, string algorithm)
    {
        var (signer, key) = Make(kind, algorithm);

        var result = Verify(await new CmsSigner(key, signer, Clock()).SignAsync(Content), Content);

        Assert.True(result.IsAccepted, result.Error?.ToString());
        Assert.Equal(SignatureLevel.BaselineB, result.Level);
        Assert.Equal(SignatureScene.Now.AddMinutes(-45), result.Signers[0].ClaimedSigningTime);
        Assert.Empty(result.Signers[0].NotJudged);
    }

    [Fact]
    public async Task SignAsync_Attached_HoldsTheContent()
    {
        var (signer, key) = Make(TestKeyKind.P256, "ES256");

        var result = Verify(await new CmsSigner(key, signer, Clock()).SignAsync(Content, new() { Attached = true }), null);

        Assert.True(result.IsAccepted, result.Error?.ToString());
        Assert.Equal(Content, result.Signers[0].Covered[0].Octets.ToArray());
    }

    [Fact]
    public async Task SignAsync_Card_IsAskedForTheDigestOnly()
    {
        var certificate = SignatureScene.Issue("Card holder", TestKeyKind.Rsa2048);
        var card = new CardSigningKey(certificate.Key);
        var signer = new CmsSigner(card, SignatureScene.Read(certificate), Clock());

        Assert.True(Verify(await signer.SignAsync(Content), Content).IsAccepted);
        card.IsBroken = true;
        await Assert.ThrowsAsync<CryptographicException>(async () => await signer.SignAsync(Content));
    }

    [Fact]
    public async Task SignAsync_Options_AreKept()
    {
        var (signer, key) = Make(TestKeyKind.P256, "ES256");
        var root = SignatureScene.Read(SignatureScene.Authority.Certificate);
        var location = TestDer.Sequence(TestDer.Context(0, TestDer.Utf8String("JP")));

        var bytes = await new CmsSigner(key, signer, Clock()).SignAsync(Content, new()
        {
            Attached = true,
            ContentType = "2.999.7",
            OmitSigningTime = true,
            ProtectAlgorithms = false,
            NameBySubjectKeyIdentifier = true,
            Certificates = [root, signer],
            SignedAttributes = [new("1.2.840.113549.1.9.16.2.17", [location])],
        });

        var read = CmsSignedData.Parse(bytes).Value!;
        Assert.Equal(3, read.Version);
        Assert.Equal("2.999.7", read.ContentType);
        Assert.Equal(2, read.Certificates.Count);
        Assert.Equal(
            ["1.2.840.113549.1.9.16.2.17", "1.2.840.113549.1.9.16.2.47", "1.2.840.113549.1.9.3", "1.2.840.113549.1.9.4"],
            read.Signers[0].SignedAttributes!.Select(a => a.Oid).Order(StringComparer.Ordinal));
        Assert.NotNull(read.Signers[0].Signer.SubjectKeyIdentifier);
        Assert.True(Verify(bytes, null).IsAccepted);
    }

    [Fact]
    public async Task SignAsync_Structure_IsDer()
    {
        var (signer, key) = Make(TestKeyKind.P384, "ES384");
        var bytes = await new CmsSigner(key, signer, Clock()).SignAsync(Content, new() { Attached = true, Certificates = [SignatureScene.Read(SignatureScene.Authority.Certificate)] });
        bytes = Stamp(bytes);
        bytes = CmsSignedData.Parse(bytes).Value!.AddEvidence(Evidence());

        Assert.True(Asn.IsDer(bytes));
        _ = new AsnReader(bytes, AsnEncodingRules.DER).ReadSequence();
    }

    [Fact]
    public void Constructor_CertificateOfAnotherKey_Throws()
    {
        var (_, key) = Make(TestKeyKind.P256, "ES256");

        Assert.Throws<ArgumentException>(() => new CmsSigner(key, SignatureScene.Read(SignatureScene.Signer)));
    }

    [Fact]
    public void Constructor_AlgorithmThatCmsHasNoNameFor_Throws()
    {
        using var key = LocalSigningKey.Generate(SignatureAlgorithm.EcdsaSecp256k1);
        Assert.Throws<ArgumentException>(() => new CmsSigner(key, SignatureScene.Read(SignatureScene.Signer)));
    }

    [Fact]
    public async Task SignAsync_AttributeThatIsWrittenAnyway_Throws()
    {
        var (signer, key) = Make(TestKeyKind.P256, "ES256");
        var options = new CmsSigningOptions { SignedAttributes = [new("1.2.840.113549.1.9.5", [TestDer.Time(SignatureScene.Now)])] };

        await Assert.ThrowsAsync<ArgumentException>(async () => await new CmsSigner(key, signer).SignAsync(Content, options));
    }

    [Fact]
    public async Task AddTimestamp_Token_LiftsToBaselineTWithoutTouchingTheSignature()
    {
        var (signer, key) = Make(TestKeyKind.P256, "ES256");
        var before = await new CmsSigner(key, signer, Clock()).SignAsync(Content);

        var after = Stamp(before);

        var result = Verify(after, Content);
        Assert.True(result.IsAccepted, result.Error?.ToString());
        Assert.Equal(SignatureLevel.BaselineT, result.Level);
        var (old, changed) = (CmsSignedData.Parse(before).Value!.Signers[0], CmsSignedData.Parse(after).Value!.Signers[0]);
        Assert.Equal(old.SignedParts.Select(p => Convert.ToHexString(p.Span)), changed.SignedParts.Select(p => Convert.ToHexString(p.Span)));
    }

    [Fact]
    public async Task AddTimestamp_TokenOverSomethingElse_Throws()
    {
        var (signer, key) = Make(TestKeyKind.P256, "ES256");
        var read = CmsSignedData.Parse(await new CmsSigner(key, signer, Clock()).SignAsync(Content)).Value!;
        var token = TimestampToken.Parse(new TestTst(SignatureScene.Tsa).Write("something else"u8.ToArray())).Value!;

        Assert.Throws<ArgumentException>(() => read.AddTimestamp(token));
    }

    [Fact]
    public async Task AddEvidence_PathsOfBoth_LiftsToBaselineLT()
    {
        var (signer, key) = Make(TestKeyKind.P256, "ES256");
        var stamped = CmsSignedData.Parse(Stamp(await new CmsSigner(key, signer, Clock()).SignAsync(Content))).Value!;

        var lasting = stamped.AddEvidence(Evidence());

        var result = CmsVerifier.Verify(lasting, Content, SignatureScene.Policy, ValidationEvidence.None, SignatureScene.Now);
        Assert.True(result.IsAccepted, result.Error?.ToString());
        Assert.Equal(SignatureLevel.BaselineLT, result.Level);
        Assert.Equal(lasting, CmsSignedData.Parse(lasting).Value!.AddEvidence(Evidence()));
    }

    [Fact]
    public async Task AddEvidence_OcspResponses_AreOtherRevocationInfoOfVersion5()
    {
        var (signer, key) = Make(TestKeyKind.P256, "ES256");
        var stamped = CmsSignedData.Parse(Stamp(await new CmsSigner(key, signer, Clock()).SignAsync(Content))).Value!;
        var byIssuer = new TestOcspResponder(SignatureScene.Authority);
        var serial = signer.SerialNumber.ToArray();
        var response = byIssuer.RespondFor(SignatureScene.Signer, OcspFault.None, b => b.ChangeSingles(s => s with { CertificateId = TestOcspResponder.CertificateId(SignatureScene.Authority, serial) }));
        var ocsp = OcspResponse.Parse(response).Value!;

        var lasting = stamped.AddEvidence(Evidence() with { Crls = [CertificateRevocationList.Parse(SignatureScene.TsaCrl).Value!], OcspResponses = [ocsp] });

        var read = CmsSignedData.Parse(lasting).Value!;
        Assert.Equal(5, read.Version);
        Assert.Equal(ocsp.Sha256, Assert.Single(read.OcspResponses).Sha256);
        Assert.True(Asn.IsDer(lasting));
        var result = CmsVerifier.Verify(lasting, Content, SignatureScene.Policy, ValidationEvidence.None, SignatureScene.Now);
        Assert.True(result.IsAccepted, result.Error?.ToString());
        Assert.Equal(SignatureLevel.BaselineLT, result.Level);
    }

    [Fact]
    public void Parse_BasicOcspResponseAlone_IsRead()
    {
        var response = new TestOcspResponder(SignatureScene.Authority).RespondFor(SignatureScene.Signer);
        var body = new AsnReader(response, AsnEncodingRules.DER).ReadSequence();
        body.ReadEncodedValue();
        var bytes = body.ReadSequence(new Asn1Tag(TagClass.ContextSpecific, 0)).ReadSequence();
        bytes.ReadObjectIdentifier();
        var cms = TestCms.By(SignatureScene.Signer);
        cms.Version = 5;
        cms.Revocation.Add(TestDer.Context(1, TestDer.Oid("1.3.6.1.5.5.7.48.1.1"), bytes.ReadOctetString()));

        Assert.Equal(response, Assert.Single(CmsSignedData.Parse(cms.Write()).Value!.OcspResponses).RawData.ToArray());
        Assert.True(CmsVerifier.Verify(cms.Write(), cms.Content, SignatureScene.Policy, ValidationEvidence.None, SignatureScene.Now).IsAccepted);
    }

    [Fact]
    public void AddEvidence_ForeignStructureInBer_KeepsItsBytes()
    {
        // Indefinite lengths and unsorted sets of another producer stay what they are.
        var cms = TestCms.By(SignatureScene.Signer);
        cms.Certificates.Add(SignatureScene.Authority.Certificate.Der);
        cms.Signers[0].WriteAttributes = attributes => TestDer.Tlv(0xA0, [.. attributes]);
        var read = CmsSignedData.Parse(cms.Write()).Value!;
        var before = read.Signers[0].RawData.ToArray();

        var after = CmsSignedData.Parse(read.AddEvidence(Evidence())).Value!;

        Assert.Equal(before, after.Signers[0].RawData.ToArray());
        Assert.Equal(2, after.Crls.Count);
        Assert.Equal(1, after.Version);
    }

    internal static PathEvidence Evidence() => new()
    {
        Certificates = [SignatureScene.Read(SignatureScene.Tsa)],
        Crls = SignatureScene.Evidence.Gathered.Crls,
    };

    internal static (Certificate Certificate, LocalSigningKey Key) Make(TestKeyKind kind, string algorithm)
    {
        var certificate = SignatureScene.Issue("Signer by " + algorithm, kind);
        return (SignatureScene.Read(certificate), LocalSigningKey.FromPkcs8(certificate.Key.ExportPkcs8(), SignatureAlgorithm.All.First(a => a.Name == algorithm)));
    }

    internal static ManualTimeProvider Clock() => new(SignatureScene.Now.AddMinutes(-45));

    private static byte[] Stamp(byte[] cms)
    {
        var read = CmsSignedData.Parse(cms).Value!;
        var token = TimestampToken.Parse(new TestTst(SignatureScene.Tsa).Write(read.Signers[0].Signature.ToArray()));
        return read.AddTimestamp(token.Value!);
    }

    private static DocumentVerification Verify(byte[] signature, byte[]? content) =>
        CmsVerifier.Verify(signature, content is null ? (ReadOnlyMemory<byte>?)null : content, SignatureScene.Policy, SignatureScene.Evidence, SignatureScene.Now);
}
