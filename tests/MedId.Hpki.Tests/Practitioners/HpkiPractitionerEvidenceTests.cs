using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using MedId.Core;
using MedId.Cryptography;
using MedId.Hpki;
using MedId.Pki;
using MedId.Testing;
using MedId.TestSupport;
using HpkiUse = MedId.Hpki.HpkiUse;
using WorldUse = MedId.Testing.HpkiUse;

namespace MedId.Hpki.Tests;

public class HpkiPractitionerEvidenceTests
{
    private const string Audience = "https://op.example";
    private const string Client = "ehr-clinic-a";
    private readonly HpkiScene _scene = new();

    public static TheoryData<string, string> OneChange => new()
    {
        { "other aud", HpkiErrorCodes.EvidenceForeign },
        { "aud as array", HpkiErrorCodes.EvidenceForeign },
        { "other azp", HpkiErrorCodes.EvidenceForeign },
        { "no azp", HpkiErrorCodes.EvidenceMalformed },
        { "no jti", HpkiErrorCodes.EvidenceMalformed },
        { "lives longer", HpkiErrorCodes.EvidenceExpired },
        { "expired", HpkiErrorCodes.EvidenceExpired },
        { "from the future", HpkiErrorCodes.EvidenceExpired },
        { "other iss", HpkiErrorCodes.EvidenceSignature },
        { "other sub", HpkiErrorCodes.EvidenceSignature },
        { "no description", HpkiErrorCodes.EvidenceMalformed },
        { "own name", HpkiErrorCodes.EvidenceMalformed },
        { "own role", HpkiErrorCodes.EvidenceMalformed },
        { "no x5c", HpkiErrorCodes.EvidenceMalformed },
        { "x5c in base64url", HpkiErrorCodes.EvidenceMalformed },
        { "x5c with white space", HpkiErrorCodes.EvidenceMalformed },
        { "x5c too long", HpkiErrorCodes.EvidenceMalformed },
        { "x5c no certificate", HpkiErrorCodes.EvidenceMalformed },
        { "typ of a doctor OP", HpkiErrorCodes.EvidenceMalformed },
        { "alg of another kind", HpkiErrorCodes.EvidenceSignature },
        { "certificate of another doctor", HpkiErrorCodes.EvidenceSignature },
    };

    [Fact]
    public async Task Verify_Valid_GivesRoleAndStatement()
    {
        var card = Card();
        var decision = Verify(await HpkiPractitionerEvidenceSigner.SignAsync(Key(card), HpkiScene.Read(card.AuthenticationCertificate), Statement, _scene.Now));

        Assert.Null(decision.Error);
        Assert.Equal(RoleIds.Physician, decision.Evidence!.Role.Row!.Id);
        Assert.Equal("架空クリニック", decision.Evidence.Description.GetProperty("subject_organization").GetString());
        Assert.Contains("LabAuthCA2", decision.Evidence.Authority, StringComparison.Ordinal);
        Assert.Contains(decision.Evidence.Certificate.Key.Thumbprint, decision.Evidence.Subject, StringComparison.Ordinal);
        Assert.Equal("hpki-practitioner-evidence " + decision.Evidence.Subject, decision.Evidence.ReplayKey.Issuer);
        Assert.DoesNotContain("Sato", decision.Evidence.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(OneChange))]
    public async Task Verify_OneChange_IsRefusedWithItsCode(string change, string code)
    {
        var evidence = await MakeAsync((header, claims) =>
        {
            var iua = claims["extensions"]!["ihe_iua"]!.AsObject();
            var x5c = (string)header["x5c"]![0]!;
            _ = change switch
            {
                "other aud" => Set(claims, "aud", "https://another-op.example"),
                "aud as array" => Set(claims, "aud", new JsonArray(Audience)),
                "other azp" => Set(claims, "azp", "another-ehr"),
                "no azp" => claims.Remove("azp"),
                "no jti" => claims.Remove("jti"),
                "lives longer" => Set(claims, "exp", (long)claims["iat"]! + 301),
                "expired" => Set(claims, "exp", (long)claims["iat"]! - 10) && Set(claims, "iat", (long)claims["iat"]! - 200),
                "from the future" => Set(claims, "iat", (long)claims["iat"]! + 11),
                "other iss" => Set(claims, "iss", "https://doctors.example"),
                "other sub" => Set(claims, "sub", "somebody else"),
                "no description" => claims["extensions"]!.AsObject().Remove("ihe_iua"),
                "own name" => Set(iua, "subject_name", "架空 別人"),
                "own role" => Set(iua, "subject_role", new JsonArray()),
                "no x5c" => header.Remove("x5c"),
                "x5c in base64url" => Set(header, "x5c", new JsonArray(x5c.Replace('+', '-').Replace('/', '_').TrimEnd('='))),
                "x5c with white space" => Set(header, "x5c", new JsonArray(x5c[..64] + "\n" + x5c[64..])),
                "x5c too long" => Set(header, "x5c", new JsonArray([.. Enumerable.Repeat(0, 6).Select(_ => JsonValue.Create(x5c))])),
                "x5c no certificate" => Set(header, "x5c", new JsonArray("MAA=")),
                "typ of a doctor OP" => Set(header, "typ", "practitioner-evidence+jwt"),
                "alg of another kind" => Set(header, "alg", "ES256"),
                _ => Set(header, "x5c", new JsonArray(Convert.ToBase64String(_scene.World.Issue(new() { Use = WorldUse.Authentication, Key = TestKey.Named("another doctor", TestKeyKind.Rsa2048) }).Der))),
            };
        });

        Assert.Equal(code, Verify(evidence).Error?.Code);
    }

    [Theory]
    [InlineData(HpkiFault.ForeignRoot, PkiErrorCodes.Signature)]
    [InlineData(HpkiFault.KeyUsageOfOtherUse, HpkiErrorCodes.KeyUsageMismatch)]
    [InlineData(HpkiFault.RoleUnknown, HpkiErrorCodes.RoleNotGranted)]
    [InlineData(HpkiFault.RoleOfOtherScheme, HpkiErrorCodes.RoleNotGranted)]
    [InlineData(HpkiFault.Expired, PkiErrorCodes.Expired)]
    public async Task Verify_FaultOfTheCertificate_IsRefusedWithItsCode(HpkiFault fault, string code) =>
        Assert.Equal(code, Verify(await MakeAsync(card: Card(fault: fault))).Error?.Code);

    [Theory]
    [InlineData("Dentist")]
    [InlineData("Director of Clinic")]
    public async Task Verify_RoleNotVerified_IsNotGranted(string role)
    {
        var holder = role == "Dentist" ? HpkiHolder.Doctor with { Role = role } : HpkiHolder.Director with { Role = role };

        Assert.Equal(HpkiErrorCodes.RoleNotGranted, Verify(await MakeAsync(card: Card(holder))).Error?.Code);
    }

    [Fact]
    public async Task Verify_SignedWithTheSigningCertificate_IsUseMismatch()
    {
        var card = Card();

        Assert.Equal(HpkiErrorCodes.UseMismatch, Verify(await MakeAsync(key: card.OpenSigningKey("LAB12345"), certificate: card.SigningCertificate)).Error?.Code);
    }

    [Fact]
    public async Task Verify_TestCertificate_NeedsTheOption()
    {
        var card = Card(isTest: true);
        var evidence = await MakeAsync(card: card);

        Assert.Equal(HpkiErrorCodes.TestPolicy, Verify(evidence).Error?.Code);
        Assert.True(Verify(evidence, _scene.Policy(HpkiUse.Authentication) with { AllowTestPolicy = true }).IsAccepted);
    }

    [Fact]
    public async Task Verify_RevokedCertificate_IsRefused()
    {
        var card = Card();
        _scene.World.Authentication.Revoke(card.AuthenticationCertificate);

        Assert.Equal(PkiErrorCodes.Revoked, Verify(await MakeAsync(card: card)).Error?.Code);
    }

    [Fact]
    public async Task Verify_NoRevocationEvidence_IsUndeterminedButForeignStaysForeign()
    {
        var evidence = await MakeAsync();
        var verifier = new HpkiPractitionerEvidenceVerifier(_scene.Policy(HpkiUse.Authentication));
        var path = _scene.Evidence() with { Crls = [] };

        Assert.Equal(VerificationOutcome.Undetermined, verifier.Verify(evidence, Audience, Client, path, _scene.Now).Outcome);
        Assert.Equal(HpkiErrorCodes.EvidenceForeign, verifier.Verify(evidence, Audience, "another-ehr", path, _scene.Now).Error?.Code);
    }

    [Fact]
    public async Task Verify_RsaForbiddenForThisUse_IsRefused()
    {
        var policy = _scene.Policy(HpkiUse.Authentication) with { Algorithms = AlgorithmPolicy.Default.Forbid(SignatureUse.PractitionerCardEvidence, SignatureAlgorithm.RS256) };

        Assert.Equal(HpkiErrorCodes.EvidenceSignature, Verify(await MakeAsync(), policy).Error?.Code);
    }

    [Fact]
    public async Task Verify_EveryMutant_NeverSaysSomethingElse()
    {
        var evidence = await MakeAsync();
        var digest = Verify(evidence).Evidence!.Digest;
        foreach (var mutant in new SeededMutator(15).Mutate(evidence, 600))
        {
            var decision = Verify(mutant.Text);
            Assert.True(!decision.IsAccepted || decision.Evidence.Digest == digest, mutant.How);
        }
    }

    [Fact]
    public async Task SignAsync_KeyOfAnotherCertificate_IsMisuse()
    {
        var card = Card();

        await Assert.ThrowsAsync<ArgumentException>(async () => await HpkiPractitionerEvidenceSigner.SignAsync(
            LocalSigningKey.Generate(SignatureAlgorithm.ES256), HpkiScene.Read(card.AuthenticationCertificate), Statement, _scene.Now));
        await Assert.ThrowsAsync<ArgumentException>(async () => await HpkiPractitionerEvidenceSigner.SignAsync(
            Key(card), HpkiScene.Read(card.AuthenticationCertificate), Statement with { Lifetime = TimeSpan.FromMinutes(6) }, _scene.Now));
    }

    [Fact]
    public void Constructor_PolicyForSignatures_IsMisuse() => Assert.Throws<ArgumentException>(() => new HpkiPractitionerEvidenceVerifier(_scene.Policy()));

    [Theory]
    [InlineData("")]
    [InlineData("a.b.c")]
    public void IsUnverifiedEvidence_OtherText_IsFalse(string token) => Assert.False(HpkiPractitionerEvidenceVerifier.IsUnverifiedEvidence(token));

    private static HpkiPractitionerStatement Statement { get; } = new()
    {
        Audience = Audience,
        ClientId = Client,
        Organization = "架空クリニック",
        OrganizationId = "synthetic-org",
        PurposeSystem = "http://terminology.hl7.org/CodeSystem/v3-ActReason",
        PurposeCode = "TREAT",
        PurposeDisplay = "treatment",
    };

    private static bool Set(JsonObject target, string name, JsonNode value)
    {
        target[name] = value;
        return true;
    }

    private static SigningKey Key(SoftwareHpkiCard card)
    {
        card.EnterAuthenticationPin("LAB12345");
        return card.OpenAuthenticationKey();
    }

    private SoftwareHpkiCard Card(HpkiHolder? holder = null, HpkiFault fault = HpkiFault.None, bool isTest = false) =>
        new(_scene.Issue(WorldUse.Signature, holder), _scene.Issue(WorldUse.Authentication, holder, fault, isTest));

    private async Task<string> MakeAsync(Action<JsonObject, JsonObject>? change = null, SoftwareHpkiCard? card = null, SigningKey? key = null, TestCertificate? certificate = null)
    {
        card ??= Card();
        key ??= Key(card);
        var signed = await HpkiPractitionerEvidenceSigner.SignAsync(key, HpkiScene.Read(certificate ?? card.AuthenticationCertificate), Statement, _scene.Now);
        var parts = signed.Split('.');
        var header = JsonNode.Parse(Decode(parts[0]))!.AsObject();
        var claims = JsonNode.Parse(Decode(parts[1]))!.AsObject();
        change?.Invoke(header, claims);
        var input = Encode(header) + "." + Encode(claims);
        return input + "." + StrictBase64Url.Encode(await key.SignAsync(Encoding.ASCII.GetBytes(input)));

        static byte[] Decode(string part) => StrictBase64Url.TryDecode(part, out var bytes) ? bytes : [];
        static string Encode(JsonObject json) => StrictBase64Url.Encode(JsonSerializer.SerializeToUtf8Bytes(json));
    }

    private HpkiPractitionerDecision Verify(string evidence, HpkiPolicy? policy = null) =>
        new HpkiPractitionerEvidenceVerifier(policy ?? _scene.Policy(HpkiUse.Authentication)).Verify(evidence, Audience, Client, _scene.Evidence(), _scene.Now);
}
