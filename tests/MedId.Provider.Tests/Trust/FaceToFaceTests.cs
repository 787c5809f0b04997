using System.Text.Json.Nodes;
using MedId.Core;
using MedId.Cryptography;
using MedId.Provider;

namespace MedId.Provider.Tests;

public class FaceToFaceTests
{
    private readonly TrustWorld _world = new();

    public static TheoryData<string, string> OneChange => new()
    {
        { "other iss", ProviderErrorCodes.FaceToFaceUntrusted },
        { "no sub", ProviderErrorCodes.FaceToFaceIncomplete },
        { "other sub", ProviderErrorCodes.FaceToFaceForeign },
        { "other aud", ProviderErrorCodes.FaceToFaceForeign },
        { "aud as array", ProviderErrorCodes.FaceToFaceForeign },
        { "no iat", ProviderErrorCodes.FaceToFaceIncomplete },
        { "no exp", ProviderErrorCodes.FaceToFaceIncomplete },
        { "no jti", ProviderErrorCodes.FaceToFaceIncomplete },
        { "lives longer", ProviderErrorCodes.FaceToFaceExpired },
        { "from the future", ProviderErrorCodes.FaceToFaceExpired },
        { "expired", ProviderErrorCodes.FaceToFaceExpired },
        { "no method", ProviderErrorCodes.FaceToFaceIncomplete },
        { "method not listed", ProviderErrorCodes.FaceToFaceMethodRefused },
        { "method in capitals", ProviderErrorCodes.FaceToFaceMethodRefused },
        { "no checked_at", ProviderErrorCodes.FaceToFaceIncomplete },
        { "checked_at as text", ProviderErrorCodes.FaceToFaceIncomplete },
        { "checked_at as fraction", ProviderErrorCodes.FaceToFaceIncomplete },
        { "checked_at beyond time", ProviderErrorCodes.FaceToFaceIncomplete },
        { "no checked_by", ProviderErrorCodes.FaceToFaceIncomplete },
        { "no institution", ProviderErrorCodes.FaceToFaceIncomplete },
        { "other institution", ProviderErrorCodes.FaceToFaceForeign },
        { "no patient_hint", ProviderErrorCodes.FaceToFaceIncomplete },
        { "other patient", ProviderErrorCodes.FaceToFaceForeign },
        { "the hint itself", ProviderErrorCodes.FaceToFaceForeign },
        { "no practitioner", ProviderErrorCodes.FaceToFaceIncomplete },
        { "practitioner as text", ProviderErrorCodes.FaceToFaceIncomplete },
        { "other practitioner", ProviderErrorCodes.FaceToFaceForeign },
        { "practitioner of another OP", ProviderErrorCodes.FaceToFaceForeign },
        { "no resource", ProviderErrorCodes.FaceToFaceIncomplete },
        { "other resource", ProviderErrorCodes.FaceToFaceForeign },
    };

    [Fact]
    public async Task Verify_Valid_GivesHowWhenAndByWhom()
    {
        var statement = Verify(await _world.PresenceAsync());

        Assert.Null(statement.Error);
        Assert.Equal((FaceToFaceMethods.InsuranceCard, "synthetic-clerk", "synthetic-org"), (statement.Value!.Method, statement.Value.CheckedBy, statement.Value.Institution));
        Assert.Equal(_world.Now, statement.Value.CheckedAt);
        Assert.Equal("face-to-face " + ProviderWorld.Ehr, statement.Value.ReplayKey.Issuer);
        Assert.DoesNotContain("clerk", statement.Value.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(OneChange))]
    public async Task Verify_OneChange_IsRefusedWithItsCode(string change, string code) =>
        Assert.Equal(code, Verify(await _world.PresenceAsync(claims => Change(claims, change))).Error?.Code);

    [Theory]
    [InlineData(300, null)]
    [InlineData(301, ProviderErrorCodes.FaceToFaceExpired)]
    public async Task Verify_LongestLife_IsFiveMinutes(int seconds, string? code) =>
        Assert.Equal(code, Verify(await _world.PresenceAsync(claims => claims["exp"] = (long)claims["iat"]! + seconds)).Error?.Code);

    [Theory]
    [InlineData(-600, null)]
    [InlineData(-601, ProviderErrorCodes.FaceToFaceTooOld)]
    [InlineData(10, null)]
    [InlineData(11, ProviderErrorCodes.FaceToFaceTooOld)]
    public async Task Verify_CheckedAt_IsWithinTheAgeAndNotInTheFuture(int seconds, string? code) =>
        Assert.Equal(code, Verify(await _world.PresenceAsync(claims => claims["checked_at"] = (long)claims["iat"]! + seconds)).Error?.Code);

    [Theory]
    [InlineData(FaceToFaceMethods.KnownPerson, ProviderErrorCodes.FaceToFaceMethodRefused, null)]
    [InlineData("synthetic-way", ProviderErrorCodes.FaceToFaceMethodRefused, null)]
    public async Task Verify_MethodOfTheOpsOwnList_CountsOnceListed(string method, string? before, string? after)
    {
        var statement = await _world.PresenceAsync(claims => claims["method"] = method);

        Assert.Equal(before, Verify(statement).Error?.Code);
        _world.Rules = new() { Methods = [method] };
        Assert.Equal(after, Verify(statement).Error?.Code);
    }

    [Fact]
    public async Task Verify_AnotherClientsKey_AsksForNewerKeys() =>
        Assert.Equal(CryptographyErrorCodes.JoseKeyNotFound, Verify(await _world.PresenceAsync(key: LocalSigningKey.Generate(SignatureAlgorithm.ES256))).Error?.Code);

    [Fact]
    public async Task Verify_AnotherKindOfToken_IsUntrusted() =>
        Assert.Equal(ProviderErrorCodes.FaceToFaceUntrusted, Verify(await _world.PresenceAsync(type: "JWT")).Error?.Code);

    [Theory]
    [InlineData("")]
    [InlineData("a.b")]
    [InlineData("not a token")]
    public void Verify_NothingToRead_IsMalformed(string text) => Assert.Equal(ProviderErrorCodes.FaceToFaceMalformed, Verify(text).Error?.Code);

    [Fact]
    public async Task Verify_Mutants_AreNeverAcceptedAsAnotherStatement()
    {
        var good = await _world.PresenceAsync();
        var random = new Random(20261122);
        for (var round = 0; round < 400; round++)
        {
            var text = good.ToCharArray();
            text[random.Next(text.Length)] = (char)random.Next(32, 127);
            var mutant = new string(text);
            Assert.True(!Verify(mutant).Succeeded || mutant == good, mutant);
        }
    }

    private static void Change(JsonObject claims, string change) => _ = change switch
    {
        "other iss" => Set(claims, "iss", "another-ehr"),
        "no sub" => claims.Remove("sub"),
        "other sub" => Set(claims, "sub", "another-ehr"),
        "other aud" => Set(claims, "aud", "https://another-op.example"),
        "aud as array" => Set(claims, "aud", new JsonArray(ProviderWorld.Issuer)),
        "no iat" => claims.Remove("iat"),
        "no exp" => claims.Remove("exp"),
        "no jti" => claims.Remove("jti"),
        "lives longer" => Set(claims, "exp", (long)claims["iat"]! + 301),
        "from the future" => Set(claims, "iat", (long)claims["iat"]! + 11),
        "expired" => Set(claims, "exp", (long)claims["iat"]! - 10) && Set(claims, "iat", (long)claims["iat"]! - 100),
        "no method" => claims.Remove("method"),
        "method not listed" => Set(claims, "method", FaceToFaceMethods.KnownPerson),
        "method in capitals" => Set(claims, "method", "Insurance-Card"),
        "no checked_at" => claims.Remove("checked_at"),
        "checked_at as text" => Set(claims, "checked_at", "2026-11-21T09:00:00Z"),
        "checked_at as fraction" => Set(claims, "checked_at", (long)claims["iat"]! + 0.5),
        "checked_at beyond time" => Set(claims, "checked_at", long.MaxValue),
        "no checked_by" => claims.Remove("checked_by"),
        "no institution" => claims.Remove("institution"),
        "other institution" => Set(claims, "institution", "another-org"),
        "no patient_hint" => claims.Remove("patient_hint"),
        "other patient" => Set(claims, "patient_hint", FaceToFaceBinding.HintDigest("another")),
        "the hint itself" => Set(claims, "patient_hint", "synthetic"),
        "no practitioner" => claims.Remove("practitioner"),
        "practitioner as text" => Set(claims, "practitioner", "synthetic-doctor"),
        "other practitioner" => Set(claims, "practitioner", new JsonObject { ["iss"] = ProviderWorld.DoctorOp, ["sub"] = "another-doctor" }),
        "practitioner of another OP" => Set(claims, "practitioner", new JsonObject { ["iss"] = "https://other-doctors.example", ["sub"] = "synthetic-doctor" }),
        "no resource" => claims.Remove("resource"),
        "other resource" => Set(claims, "resource", "https://other-api.example/fhir"),
        _ => throw new ArgumentOutOfRangeException(nameof(change), change, "no such change"),
    };

    private static bool Set(JsonObject target, string name, JsonNode value)
    {
        target[name] = value;
        return true;
    }

    private MedIdResult<FaceToFaceStatement> Verify(string statement) =>
        FaceToFaceVerifier.Verify(statement, _world.Binding, JsonWebKeySet.Of([_world.EhrKey.ToJwk()]), _world.Rules, AlgorithmPolicy.Default, _world.Now);
}
