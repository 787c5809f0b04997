using System.Text.Json.Nodes;
using MedId.Core;
using MedId.Cryptography;
using MedId.Provider;

namespace MedId.Provider.Tests;

public class TrustStatementTests
{
    private readonly TrustWorld _world = new();

    public static TheoryData<string, string> OneChange => new()
    {
        { "no sub", ProviderErrorCodes.TrustStatementIncomplete },
        { "other sub", ProviderErrorCodes.TrustStatementForeign },
        { "other aud", ProviderErrorCodes.TrustStatementForeign },
        { "aud as array", ProviderErrorCodes.TrustStatementForeign },
        { "no iat", ProviderErrorCodes.TrustStatementIncomplete },
        { "no exp", ProviderErrorCodes.TrustStatementIncomplete },
        { "no jti", ProviderErrorCodes.TrustStatementIncomplete },
        { "lives longer", ProviderErrorCodes.TrustStatementExpired },
        { "from the future", ProviderErrorCodes.TrustStatementExpired },
        { "expired", ProviderErrorCodes.TrustStatementExpired },
        { "no framework", ProviderErrorCodes.TrustStatementIncomplete },
        { "other framework", ProviderErrorCodes.TrustStatementForeign },
        { "no criteria", ProviderErrorCodes.TrustStatementIncomplete },
        { "criteria as text", ProviderErrorCodes.TrustStatementIncomplete },
        { "criterion as number", ProviderErrorCodes.TrustStatementIncomplete },
        { "65 criteria", ProviderErrorCodes.TrustStatementIncomplete },
        { "required criterion not passed", ProviderErrorCodes.TrustCriteriaMissing },
        { "no level", ProviderErrorCodes.TrustCriteriaMissing },
        { "level not accepted", ProviderErrorCodes.TrustCriteriaMissing },
        { "level as number", ProviderErrorCodes.TrustStatementIncomplete },
        { "no name", ProviderErrorCodes.TrustStatementIncomplete },
        { "bidi name", ProviderErrorCodes.TrustStatementIncomplete },
    };

    [Fact]
    public async Task Verify_Valid_GivesWhatTheAssessorSigned()
    {
        var statement = Verify(await _world.TrustAsync());

        Assert.Null(statement.Error);
        Assert.Equal((TrustWorld.Framework, TrustWorld.Assessor, ProviderWorld.Ehr), (statement.Value!.Framework, statement.Value.Assessor, statement.Value.ClientId));
        Assert.Equal(["security-audit", "privacy-audit"], statement.Value.Criteria);
        Assert.Equal("2", statement.Value.Level);
        Assert.Equal(43, statement.Value.Digest.Length);
    }

    [Fact]
    public async Task Verify_ForThisOpInsteadOfTheFramework_IsAccepted() =>
        Assert.Null(Verify(await _world.TrustAsync(claims => claims["aud"] = ProviderWorld.Issuer)).Error);

    [Theory]
    [MemberData(nameof(OneChange))]
    public async Task Verify_OneChange_IsRefusedWithItsCode(string change, string code) =>
        Assert.Equal(code, Verify(await _world.TrustAsync(claims => Change(claims, change))).Error?.Code);

    [Theory]
    [InlineData(90 * 86_400, null)]
    [InlineData((90 * 86_400) + 1, ProviderErrorCodes.TrustStatementExpired)]
    public async Task Verify_LongestLife_IsExact(int seconds, string? code) =>
        Assert.Equal(code, Verify(await _world.TrustAsync(claims => claims["exp"] = (long)claims["iat"]! + seconds)).Error?.Code);

    [Theory]
    [InlineData(9, null)]
    [InlineData(10, ProviderErrorCodes.TrustStatementExpired)]
    public async Task Verify_End_IsExactWithTheSkew(int after, string? code)
    {
        var statement = await _world.TrustAsync(claims => claims["exp"] = (long)claims["iat"]! + 100);
        _world.World.Time.Advance(TimeSpan.FromSeconds(100 + after));

        Assert.Equal(code, Verify(statement).Error?.Code);
    }

    [Fact]
    public async Task Verify_AnotherKeyOfTheSameName_IsUntrusted()
    {
        var stranger = LocalSigningKey.Generate(SignatureAlgorithm.ES256);

        Assert.Equal(CryptographyErrorCodes.JoseKeyNotFound, Verify(await _world.TrustAsync(key: stranger)).Error?.Code);
    }

    [Fact]
    public async Task Verify_AnotherKindOfToken_IsUntrusted() =>
        Assert.Equal(ProviderErrorCodes.TrustStatementUntrusted, Verify(await _world.TrustAsync(type: FaceToFaceVerifier.StatementType)).Error?.Code);

    [Fact]
    public async Task Verify_IssuerNoAssessorOfTheFramework_IsUntrusted()
    {
        var statement = await _world.TrustAsync(claims => claims["iss"] = "https://other-assessor.example");

        Assert.Equal(
            ProviderErrorCodes.TrustStatementUntrusted,
            TrustStatementVerifier.Verify(
                statement, _world.TrustFramework, "https://other-assessor.example", _world.TrustFramework.Assessors[0].Keys!, ProviderWorld.Ehr, ProviderWorld.Issuer, AlgorithmPolicy.Default, _world.Now).Error?.Code);
    }

    [Fact]
    public async Task Verify_AlgorithmForbidden_IsUntrusted()
    {
        var policy = AlgorithmPolicy.Default.Forbid(SignatureUse.TrustStatement, SignatureAlgorithm.ES256);

        Assert.Equal(ProviderErrorCodes.TrustStatementUntrusted, Verify(await _world.TrustAsync(), policy).Error?.Code);
    }

    [Theory]
    [InlineData(-1, null, ProviderErrorCodes.RecipientSuspended)]
    [InlineData(0, null, ProviderErrorCodes.RecipientSuspended)]
    [InlineData(1, null, null)]
    [InlineData(-10, 0, null)]
    [InlineData(-10, 1, ProviderErrorCodes.RecipientSuspended)]
    public async Task Verify_Suspension_HoldsFromItsBeginToBeforeItsEnd(int from, int? until, string? code)
    {
        _world.TrustFramework = _world.TrustFramework with
        {
            Suspensions = [new(ProviderWorld.Ehr, _world.Now.AddSeconds(from), until is { } end ? _world.Now.AddSeconds(end) : null)],
        };

        Assert.Equal(code, Verify(await _world.TrustAsync()).Error?.Code);
    }

    [Fact]
    public async Task Verify_SuspensionOfAnother_ChangesNothing()
    {
        _world.TrustFramework = _world.TrustFramework with { Suspensions = [new("another-ehr", _world.Now.AddDays(-1))] };

        Assert.Null(Verify(await _world.TrustAsync()).Error);
    }

    [Theory]
    [InlineData("")]
    [InlineData("a.b")]
    [InlineData("eyJhbGciOiJFUzI1NiJ9.e30.AA")]
    public void PeekUnverified_NothingToRead_IsMalformed(string text) =>
        Assert.Equal(ProviderErrorCodes.TrustStatementMalformed, TrustStatementVerifier.PeekUnverified(text).Error?.Code);

    [Fact]
    public async Task Verify_Mutants_AreNeverAcceptedAsAnotherStatement()
    {
        var good = await _world.TrustAsync();
        var random = new Random(20261122);
        for (var round = 0; round < 400; round++)
        {
            var text = good.ToCharArray();
            text[random.Next(text.Length)] = (char)random.Next(32, 127);
            var mutant = new string(text);
            TrustStatementVerifier.PeekUnverified(mutant);
            var verified = Verify(mutant);
            Assert.True(!verified.Succeeded || mutant == good, mutant);
        }
    }

    private static void Change(JsonObject claims, string change) => _ = change switch
    {
        "no sub" => claims.Remove("sub"),
        "other sub" => Set(claims, "sub", "another-ehr"),
        "other aud" => Set(claims, "aud", "https://another-op.example"),
        "aud as array" => Set(claims, "aud", new JsonArray(TrustWorld.Framework)),
        "no iat" => claims.Remove("iat"),
        "no exp" => claims.Remove("exp"),
        "no jti" => claims.Remove("jti"),
        "lives longer" => Set(claims, "exp", (long)claims["iat"]! + (90 * 86_400) + 1),
        "from the future" => Set(claims, "iat", (long)claims["iat"]! + 11),
        "expired" => Set(claims, "exp", (long)claims["iat"]! - 10) && Set(claims, "iat", (long)claims["iat"]! - 100),
        "no framework" => claims.Remove("framework"),
        "other framework" => Set(claims, "framework", "https://trust.example/other"),
        "no criteria" => claims.Remove("criteria"),
        "criteria as text" => Set(claims, "criteria", "security-audit"),
        "criterion as number" => Set(claims, "criteria", new JsonArray("security-audit", 1)),
        "65 criteria" => Set(claims, "criteria", new JsonArray(["security-audit", .. Enumerable.Range(0, 64).Select(one => JsonValue.Create("c" + one))])),
        "required criterion not passed" => Set(claims, "criteria", new JsonArray("privacy-audit")),
        "no level" => claims.Remove("level"),
        "level not accepted" => Set(claims, "level", "1"),
        "level as number" => Set(claims, "level", 2),
        "no name" => claims.Remove("name"),
        "bidi name" => Set(claims, "name", "a\u202Eb"),
        _ => throw new ArgumentOutOfRangeException(nameof(change), change, "no such change"),
    };

    private static bool Set(JsonObject target, string name, JsonNode value)
    {
        target[name] = value;
        return true;
    }

    private MedIdResult<TrustStatement> Verify(string statement, AlgorithmPolicy? policy = null) => TrustStatementVerifier.Verify(
        statement, _world.TrustFramework, TrustWorld.Assessor, _world.TrustFramework.Assessors[0].Keys!, ProviderWorld.Ehr, ProviderWorld.Issuer, policy ?? AlgorithmPolicy.Default, _world.Now);
}
