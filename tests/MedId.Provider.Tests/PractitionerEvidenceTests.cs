using System.Text.Json.Nodes;
using MedId.Cryptography;
using MedId.Provider;

namespace MedId.Provider.Tests;

public class PractitionerEvidenceTests
{
    private readonly ProviderWorld _world = new();

    public static TheoryData<string, string> OneChange => new()
    {
        { "no sub", ProviderErrorCodes.PractitionerEvidenceIncomplete },
        { "no azp", ProviderErrorCodes.PractitionerEvidenceIncomplete },
        { "other azp", ProviderErrorCodes.PractitionerEvidenceForeign },
        { "other aud", ProviderErrorCodes.PractitionerEvidenceForeign },
        { "aud as array", ProviderErrorCodes.PractitionerEvidenceForeign },
        { "no jti", ProviderErrorCodes.PractitionerEvidenceIncomplete },
        { "lives longer", ProviderErrorCodes.PractitionerEvidenceExpired },
        { "expired", ProviderErrorCodes.PractitionerEvidenceExpired },
        { "from the future", ProviderErrorCodes.PractitionerEvidenceExpired },
        { "no name", ProviderErrorCodes.PractitionerEvidenceIncomplete },
        { "empty name", ProviderErrorCodes.PractitionerEvidenceIncomplete },
        { "bidi name", ProviderErrorCodes.PractitionerEvidenceIncomplete },
        { "long name", ProviderErrorCodes.PractitionerEvidenceIncomplete },
        { "no role", ProviderErrorCodes.PractitionerEvidenceIncomplete },
        { "role as text", ProviderErrorCodes.PractitionerEvidenceIncomplete },
        { "no institution", ProviderErrorCodes.PractitionerEvidenceIncomplete },
        { "no purpose", ProviderErrorCodes.PractitionerEvidenceIncomplete },
        { "no iua", ProviderErrorCodes.PractitionerEvidenceIncomplete },
    };

    [Fact]
    public async Task Verify_Valid_GivesWhatTheDoctorOpSigned()
    {
        var evidence = await VerifyAsync(await _world.EvidenceAsync());

        Assert.Null(evidence.Error);
        Assert.Equal("架空 𠮷野 医師", evidence.Value!.Name);
        Assert.Equal("医師", evidence.Value.Role.Display);
        var actor = JsonNode.Parse(evidence.Value.Actor)!;
        Assert.Equal(ProviderWorld.DoctorOp, (string?)actor["iss"]);
        Assert.Equal("synthetic-doctor", (string?)actor["sub"]);
        Assert.Equal("架空クリニック", (string?)actor["extensions"]!["ihe_iua"]!["subject_organization"]);
        Assert.DoesNotContain("野", evidence.Value.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(OneChange))]
    public async Task Verify_OneChange_IsRefusedWithItsCode(string change, string code)
    {
        var evidence = await _world.EvidenceAsync(claims =>
        {
            var iua = claims["extensions"]!["ihe_iua"]!.AsObject();
            _ = change switch
            {
                "no sub" => claims.Remove("sub"),
                "no azp" => claims.Remove("azp"),
                "other azp" => Set(claims, "azp", "another-ehr"),
                "other aud" => Set(claims, "aud", "https://another-op.example"),
                "aud as array" => Set(claims, "aud", new JsonArray(ProviderWorld.Issuer)),
                "no jti" => claims.Remove("jti"),
                "lives longer" => Set(claims, "exp", (long)claims["iat"]! + 301),
                "expired" => Set(claims, "exp", (long)claims["iat"]! - 10) && Set(claims, "iat", (long)claims["iat"]! - 200),
                "from the future" => Set(claims, "iat", (long)claims["iat"]! + 11),
                "no name" => iua.Remove("subject_name"),
                "empty name" => Set(iua, "subject_name", ""),
                "bidi name" => Set(iua, "subject_name", "a\u202Eb"),
                "long name" => Set(iua, "subject_name", new string('a', 201)),
                "no role" => iua.Remove("subject_role"),
                "role as text" => Set(iua, "subject_role", "physician"),
                "no institution" => iua.Remove("subject_organization"),
                "no purpose" => iua.Remove("purpose_of_use"),
                _ => claims["extensions"]!.AsObject().Remove("ihe_iua"),
            };
        });

        Assert.Equal(code, (await VerifyAsync(evidence)).Error?.Code);
    }

    [Fact]
    public async Task Verify_AnotherKey_IsUntrusted() =>
        Assert.Equal(
            ProviderErrorCodes.PractitionerEvidenceUntrusted,
            (await VerifyAsync(await _world.EvidenceAsync(key: LocalSigningKey.Generate(SignatureAlgorithm.ES256)))).Error?.Code);

    [Fact]
    public async Task Verify_AnIdTokenInItsPlace_IsUntrusted() =>
        Assert.Equal(ProviderErrorCodes.PractitionerEvidenceUntrusted, (await VerifyAsync(await _world.EvidenceAsync(type: "JWT"))).Error?.Code);

    [Theory]
    [InlineData("")]
    [InlineData("a.b")]
    [InlineData("eyJ.eyJ.x")]
    public void PeekUnverifiedIssuer_NotAJwt_IsMalformed(string text) =>
        Assert.Equal(ProviderErrorCodes.PractitionerEvidenceMalformed, PractitionerEvidenceVerifier.PeekUnverifiedIssuer(text).Error?.Code);

    private static bool Set(JsonObject target, string name, JsonNode value)
    {
        target[name] = value;
        return true;
    }

    private async Task<Core.MedIdResult<PractitionerEvidence>> VerifyAsync(string evidence) => await _world.VerifyAsync(
        ProviderWorld.DoctorOp,
        trusted => PractitionerEvidenceVerifier.Verify(evidence, trusted, ProviderWorld.Issuer, ProviderWorld.Ehr, AlgorithmPolicy.Default, _world.Time.GetUtcNow()));
}
