using System.Text.Json.Nodes;
using MedId.Cryptography;
using MedId.Testing;

namespace MedId.Fido.Uaf.Tests;

/// <summary>Paths of attestation certificates: one that holds, then one change each. RFC 5280 §6.1 itself is tested where it is implemented.</summary>
public sealed class AttestationPathTests
{
    private static readonly DateTimeOffset Now = Ceremony.Now;
    private static readonly TestAuthorityOptions Options = new() { Now = Now };
    private static readonly TestAuthority Root = TestAuthority.CreateRoot(Name("Root"), Options);
    private static readonly TestAuthority Upper = Root.CreateSubordinate(Name("Upper"));
    private static readonly TestAuthority Lower = Upper.CreateSubordinate(Name("Lower"));
    private static readonly SoftwareUafModel Model = SoftwareUafModel.Create(null, new TestSupport.ManualTimeProvider(Now));
    private static readonly TestKey Key = TestKey.FromPkcs8(Convert.FromBase64String((string)JsonNode.Parse(Model.Export())!["attestationKey"]!), TestKeyKind.P256);
    private static readonly TestCertificate Leaf = Lower.Issue(Name("Leaf"), Key);

    private static byte[] RootDer => Root.Certificate.Der;

    private static byte[] UpperDer => Upper.Certificate.Der;

    private static byte[] LowerDer => Lower.Certificate.Der;

    [Theory]
    [InlineData(SoftwareUafAttestation.IssuedOverAuthorities)]
    [InlineData(SoftwareUafAttestation.IssuedUnderPinnedAuthority)]
    public void Verify_PathToAnyAnchor_Holds(SoftwareUafAttestation attestation)
    {
        var registration = new Ceremony(new SoftwareUafModelOptions { Attestation = attestation }).Registered();
        Assert.True(registration.IsAttested);
    }

    [Fact]
    public void Verify_EveryPlaceOfTheAnchor_Holds()
    {
        Holds([Leaf.Der, LowerDer, UpperDer], RootDer);
        Holds([Leaf.Der, LowerDer, UpperDer, RootDer], RootDer);
        Holds([Leaf.Der, UpperDer, LowerDer], RootDer);
        Holds([Leaf.Der, LowerDer], UpperDer);
        Holds([Leaf.Der], LowerDer);
        Holds([Leaf.Der], Leaf.Der);
        Holds([Leaf.Der], RootDer, LowerDer);
    }

    [Fact]
    public void Verify_AnchorOfAcceptedPath_IsNamed()
    {
        var registration = Ceremony.Accepted(Register([Leaf.Der, LowerDer, UpperDer], [UpperDer, RootDer[..^1]]));
        Assert.Equal(StrictBase64Url.Encode(System.Security.Cryptography.SHA256.HashData(UpperDer)), registration.TrustAnchor);
    }

    [Fact]
    public void Verify_MissingAuthority_IsRefused()
    {
        Refused("pki.no_path", [Leaf.Der, UpperDer], RootDer);
        Refused("pki.no_path", [Leaf.Der], RootDer);
        Refused("pki.no_path", [Leaf.Der, LowerDer, UpperDer], TestAuthority.CreateRoot(Name("Other"), Options).Certificate.Der);
        Ceremony.Refused(
            UafErrorCodes.AttestationUntrusted,
            new Ceremony(new SoftwareUafModelOptions { Attestation = SoftwareUafAttestation.IssuedOverAuthorities }).Register(UafFault.NoIntermediateCertificate));
    }

    [Fact]
    public void Verify_NoCertificateInTheMetadata_IsRefused() => Refused("the metadata names no certificate", [Leaf.Der]);

    [Fact]
    public void Verify_AuthorityThatIsNone_IsRefused()
    {
        // An attestation certificate that issues another one.
        var other = TestKey.Create(TestKeyKind.P256);
        var middle = new TestCertificateBuilder
        {
            Key = other,
            IssuerKey = Lower.Key,
            Issuer = Lower.Name,
            Subject = Name("Leaf that issues"),
            NotBefore = Now.AddYears(-1),
            NotAfter = Now.AddYears(1),
            SerialNumber = [9],
        }.Sign();
        var below = new TestCertificateBuilder
        {
            Key = Key,
            IssuerKey = other,
            Issuer = Name("Leaf that issues"),
            Subject = Name("Below"),
            NotBefore = Now.AddYears(-1),
            NotAfter = Now.AddYears(1),
            SerialNumber = [10],
        }.Sign();
        Refused("pki.not_a_ca", [below.Der, middle.Der, LowerDer, UpperDer], RootDer);

        // And one that the metadata pins: it stands for itself alone.
        Refused("pki.no_path", [below.Der], middle.Der);
    }

    [Fact]
    public void Verify_AfterTheEndOfTheCertificate_NeedsTheVerificationTimeByName()
    {
        var old = Lower.Issue(Name("Leaf"), Key, builder => builder.Valid(Now.AddYears(-5), Now.AddYears(-2)));
        Refused("pki.expired", [old.Der, LowerDer, UpperDer], RootDer);
        var outcome = Examine([old.Der, LowerDer, UpperDer], [RootDer], expected => expected with { DangerouslyJudgeAttestationAt = Now.AddYears(-3) });
        Assert.True(outcome.Succeeded);
        Assert.Equal(UafRisks.AttestationCertificateNotValid, outcome.Risks);
        Refused("pki.not_yet_valid", [old.Der, LowerDer, UpperDer], change: expected => expected with { DangerouslyJudgeAttestationAt = Now.AddYears(-6) }, roots: RootDer);
    }

    [Fact]
    public void Verify_Sha1Signature_NeedsTheAlgorithmPolicyByName()
    {
        var rsa = TestAuthority.CreateRoot(Name("Old root"), Options with { KeyKind = TestKeyKind.Rsa2048 });
        var leaf = rsa.Issue(Name("Leaf"), Key, builder => builder.Algorithm = TestSignatureAlgorithm.RsaSha1);
        Refused("pki.algorithm_not_allowed", [leaf.Der], rsa.Certificate.Der);
        var outcome = Examine(
            [leaf.Der], [rsa.Certificate.Der], expected => expected with { Algorithms = expected.Algorithms.DangerouslyAllowSha1(SignatureUse.Certificate, Now.AddDays(1)) });
        Assert.True(outcome.Succeeded);
        Assert.Equal(UafRisks.WeakAlgorithm, outcome.Risks);
    }

    [Fact]
    public void Verify_Version1Certificate_NeedsTheOptionByName()
    {
        var leaf = Lower.Issue(Name("Leaf"), Key, builder =>
        {
            builder.Version = 1;
            builder.Extensions.Clear();
        });
        Refused("the attestation certificate is not of X.509 version 3", [leaf.Der, LowerDer, UpperDer], RootDer);
        Assert.True(Examine([leaf.Der, LowerDer, UpperDer], [RootDer], expected => expected with { DangerouslyAcceptOldAttestationCertificates = true }).Succeeded);
        Assert.True(Examine([leaf.Der], [leaf.Der], expected => expected).Succeeded);
    }

    [Fact]
    public void Verify_Version1Root_NeedsTheOptionByName()
    {
        var root = TestAuthority.CreateRoot(Name("Version 1"), Options, profile: builder =>
        {
            builder.Version = 1;
            builder.Extensions.Clear();
        });
        var leaf = root.Issue(Name("Leaf"), Key);
        Refused("pki.no_path", [leaf.Der], root.Certificate.Der);
        Assert.True(Examine([leaf.Der], [root.Certificate.Der], expected => expected with { DangerouslyAcceptOldAttestationCertificates = true }).Succeeded);
    }

    [Fact]
    public void Verify_KeyOfTheAttestationCertificate_IsTheOneThatSigns()
    {
        var other = Lower.Issue(Name("Leaf"), TestKey.Create(TestKeyKind.P256));
        Ceremony.Refused(UafErrorCodes.AttestationSignatureInvalid, Register([other.Der, LowerDer, UpperDer], [RootDer]));
    }

    private static TestName Name(string name) => TestName.Common(name);

    private static void Holds(byte[][] certificates, params byte[][] roots) => Assert.True(Ceremony.Accepted(Register(certificates, roots)).IsAttested);

    private static void Refused(string why, byte[][] certificates, params byte[][] roots) => Refused(why, certificates, expected => expected, roots);

    private static void Refused(string why, byte[][] certificates, Func<UafRegistrationExpectations, UafRegistrationExpectations> change, params byte[][] roots)
    {
        var outcome = Examine(certificates, roots, change);
        Assert.Equal((UafErrorCodes.AttestationUntrusted, why), (outcome.Error?.Code, outcome.Error?.Detail));
        Assert.Empty(outcome.Registrations);
    }

    private static MedId.Core.MedIdResult<UafRegistration> Register(byte[][] certificates, byte[][] roots)
    {
        var outcome = Examine(certificates, roots, expected => expected);
        return outcome.Succeeded ? outcome.Registrations[0] : outcome.Error;
    }

    private static UafRegistrationOutcome Examine(byte[][] certificates, byte[][] roots, Func<UafRegistrationExpectations, UafRegistrationExpectations> change)
    {
        var members = JsonNode.Parse(Model.Export())!;
        members["certificates"] = List(certificates);
        members["roots"] = List(roots);
        var ceremony = new Ceremony(SoftwareUafModel.Import(members.ToJsonString()));
        var request = ceremony.RegistrationRequest();
        return new UafRegistrationVerifier().Examine(change(ceremony.Expect(request)), ceremony.Authenticator.Register(request.Json, Ceremony.Facet));
    }

    private static JsonArray List(byte[][] items) => new([.. items.Select(item => (JsonNode)Convert.ToBase64String(item))]);
}
