using System.Net;
using System.Text.Json.Nodes;
using MedId.Consumers.TestSupport;
using MedId.Core;
using MedId.Cryptography;

namespace MedId.OAuth.Tests;

public sealed class IntrospectionClientTests : IDisposable
{
    private const string ClientId = "health-record-api";

    private readonly OpDouble _op = new();
    private readonly IntrospectionClientOptions _options = new();

    public void Dispose() => _op.Dispose();

    [Fact]
    public async Task IntrospectAsync_SignedAnswer_IsRead()
    {
        Answer(Claims());
        var response = (await IntrospectAsync()).Value!;
        Assert.True(response.Active);
        Assert.Equal("patient-0001", response.Patient);
        Assert.Equal(["https://api.example/fhir"], response.Audience);
        Assert.Equal(OpDouble.Start.AddMinutes(10), response.ExpiresAt);
        Assert.Equal("Dr. Synthetic", response.Actor!.Value.GetProperty("extensions").GetProperty("ihe_iua").GetProperty("subject_name").GetString());
        var sent = _op.To("/introspect")[0];
        Assert.Equal("opaque-1", sent.Form["token"]);
        Assert.Equal("access_token", sent.Form["token_type_hint"]);
        Assert.Equal(TokenTypes.IntrospectionMediaType, sent.Accept);
        Assert.StartsWith("Basic ", sent.Authorization, StringComparison.Ordinal);
    }

    [Fact]
    public async Task IntrospectAsync_EachTime_AsksAnew()
    {
        Answer(Claims());
        await IntrospectAsync();
        Answer(Claims(members: new JsonObject { ["active"] = false, ["sub"] = "leaked" }));
        var second = (await IntrospectAsync()).Value!;
        Assert.Equal(IntrospectionResponse.Inactive, second);
    }

    public static TheoryData<string, string?, string> Defects => new()
    {
        { "iss", "\"https://other.example\"", CryptographyErrorCodes.JoseIssuerMismatch },
        { "iss", null, CryptographyErrorCodes.JoseClaimMissing },
        { "aud", "\"somebody-else\"", CryptographyErrorCodes.JoseAudienceMismatch },
        { "aud", "[\"health-record-api\"]", CryptographyErrorCodes.JoseAudienceMismatch },
        { "aud", null, CryptographyErrorCodes.JoseAudienceMismatch },
        { "iat", null, CryptographyErrorCodes.JoseClaimMissing },
        { "iat", "1795251530", CryptographyErrorCodes.JoseExpired },
        { "iat", "1795251611", CryptographyErrorCodes.JoseIssuedInFuture },
        { "token_introspection", null, CryptographyErrorCodes.JoseClaimMissing },
        { "token_introspection", "\"active\"", OAuthErrorCodes.IntrospectionResponseMalformed },
        { "token_introspection", "{}", OAuthErrorCodes.IntrospectionResponseMalformed },
        { "token_introspection", "{\"active\":\"true\"}", OAuthErrorCodes.IntrospectionResponseMalformed },
        { "token_introspection", "{\"active\":true,\"exp\":\"soon\"}", OAuthErrorCodes.IntrospectionResponseMalformed },
        { "token_introspection", "{\"active\":true,\"aud\":[1]}", OAuthErrorCodes.IntrospectionResponseMalformed },
        { "token_introspection", "{\"active\":true,\"act\":\"doctor\"}", OAuthErrorCodes.IntrospectionResponseMalformed },
    };

    [Theory]
    [MemberData(nameof(Defects))]
    public async Task IntrospectAsync_OneClaimWrong_IsRefused(string claim, string? json, string code)
    {
        Assert.Equal(1795251600, OpDouble.Start.ToUnixTimeSeconds());
        var claims = Claims();
        claims.Remove(claim);
        if (json is not null)
        {
            claims[claim] = JsonNode.Parse(json);
        }

        Answer(claims);
        Assert.Equal(code, (await IntrospectAsync()).Error!.Code);
    }

    [Theory]
    [InlineData("at+jwt")]
    [InlineData("JWT")]
    public async Task IntrospectAsync_JwtOfAnotherKind_IsRefused(string type)
    {
        Answer(Claims(), type);
        Assert.Equal(CryptographyErrorCodes.JoseTypeNotAccepted, (await IntrospectAsync()).Error!.Code);
    }

    [Fact]
    public async Task IntrospectAsync_KeyOfSomebodyElse_IsRefused()
    {
        using var foreign = LocalSigningKey.Generate(SignatureAlgorithm.ES256, "op-1");
        Answer(Claims(), key: foreign);
        Assert.Equal(CryptographyErrorCodes.JoseSignatureInvalid, (await IntrospectAsync()).Error!.Code);
    }

    [Theory]
    [InlineData(-69, true)]
    [InlineData(-70, false)]
    [InlineData(10, true)]
    [InlineData(11, false)]
    public async Task IntrospectAsync_AgeAtTheBounds_IsExact(int seconds, bool accepted)
    {
        var claims = Claims();
        claims["iat"] = OpDouble.Start.ToUnixTimeSeconds() + seconds;
        Answer(claims);
        Assert.Equal(accepted, (await IntrospectAsync()).Succeeded);
    }

    [Fact]
    public async Task IntrospectAsync_UnsignedAnswer_IsRefusedUnlessAllowedByName()
    {
        _op.On("/introspect", _ => OpDouble.Json(new JsonObject { ["active"] = true }));
        Assert.Equal(OAuthErrorCodes.IntrospectionUnsigned, (await IntrospectAsync()).Error!.Code);
        _options.DangerouslyAcceptUnsignedIntrospection = true;
        Assert.True((await IntrospectAsync()).Value!.Active);
    }

    [Fact]
    public async Task IntrospectAsync_EncryptedAnswer_IsOpenedByTheKeyThatWasRegistered()
    {
        using var before = DecryptionKey.Generate(KeyManagementAlgorithm.EcdhEs, "enc-0");
        using var key = DecryptionKey.Generate(KeyManagementAlgorithm.EcdhEs, "enc-1");
        using var foreign = DecryptionKey.Generate(KeyManagementAlgorithm.EcdhEs, "enc-1");
        _options.Encryption = new() { Keys = [key, before], Algorithm = KeyManagementAlgorithm.EcdhEs, Encryption = ContentEncryption.A256Gcm };
        Encrypted(before, _op.Sign(TokenTypes.IntrospectionJwt, Claims()));
        Assert.Equal("patient-0001", (await IntrospectAsync()).Value!.Patient);

        // What is inside is judged like every signed answer.
        Encrypted(key, _op.Sign("at+jwt", Claims()));
        Assert.Equal(CryptographyErrorCodes.JoseTypeNotAccepted, (await IntrospectAsync()).Error!.Code);
        Encrypted(foreign, _op.Sign(TokenTypes.IntrospectionJwt, Claims()));
        Assert.Equal(CryptographyErrorCodes.JoseNotDecrypted, (await IntrospectAsync()).Error!.Code);
        Encrypted(key, _op.Sign(TokenTypes.IntrospectionJwt, Claims()), ContentEncryption.A128Gcm);
        Assert.Equal(CryptographyErrorCodes.JoseAlgorithmNotAllowed, (await IntrospectAsync()).Error!.Code);
        Encrypted(key, "{\"active\":true}");
        Assert.Equal(CryptographyErrorCodes.JoseMalformed, (await IntrospectAsync()).Error!.Code);
    }

    [Fact]
    public async Task IntrospectAsync_AnswerThatIsNotEncryptedAsRegistered_IsRefused()
    {
        using var key = DecryptionKey.Generate(KeyManagementAlgorithm.EcdhEs);
        _options.Encryption = new() { Keys = [key], Algorithm = KeyManagementAlgorithm.EcdhEs };
        Answer(Claims());
        Assert.Equal(CryptographyErrorCodes.JoseNotEncrypted, (await IntrospectAsync()).Error!.Code);
        _options.DangerouslyAcceptUnsignedIntrospection = true;
        _op.On("/introspect", _ => OpDouble.Json(new JsonObject { ["active"] = true }));
        Assert.Equal(OAuthErrorCodes.IntrospectionUnsigned, (await IntrospectAsync()).Error!.Code);
    }

    [Fact]
    public async Task IntrospectAsync_AnotherMediaType_IsRefused()
    {
        _options.DangerouslyAcceptUnsignedIntrospection = true;
        _op.On("/introspect", _ => OpDouble.Answer(HttpStatusCode.OK, "text/html", "{\"active\":true}"));
        Assert.Equal(OAuthErrorCodes.MediaTypeUnexpected, (await IntrospectAsync()).Error!.Code);
    }

    [Fact]
    public async Task IntrospectAsync_ServerWithoutTheEndpoint_IsRefused()
    {
        _op.Metadata.Remove("introspection_endpoint");
        Assert.Equal(OAuthErrorCodes.EndpointMissing, (await IntrospectAsync()).Error!.Code);
    }

    [Fact]
    public async Task IntrospectAsync_OwnCredentialsRefused_IsTheServersError()
    {
        _op.On("/introspect", _ => OpDouble.Error("invalid_client", HttpStatusCode.Unauthorized));
        Assert.Equal(OAuthErrorCodes.InvalidClient, (await IntrospectAsync()).Error!.Code);
    }

    [Fact]
    public async Task IntrospectAsync_TokenLongerThanAny_IsInactiveWithoutAsking()
    {
        Assert.False((await IntrospectAsync(new string('a', 16385))).Value!.Active);
        Assert.Empty(_op.To("/introspect"));
    }

    [Fact]
    public async Task IntrospectAsync_EveryByteOfTheAnswerChanged_IsNeverAnotherAnswer()
    {
        var valid = _op.Sign(TokenTypes.IntrospectionJwt, Claims());
        var original = default(IntrospectionResponse);
        Answer(Claims());
        original = (await IntrospectAsync()).Value;
        foreach (var mutant in new TestSupport.SeededMutator(45).Mutate(valid, 500))
        {
            _op.On("/introspect", _ => new HttpResponseMessage(HttpStatusCode.OK)
            {
                Content = new ByteArrayContent(mutant.Bytes) { Headers = { ContentType = new(TokenTypes.IntrospectionMediaType) } },
            });
            var result = await IntrospectAsync();
            Assert.True(!result.Succeeded || result.Value.JwtId == original!.JwtId, mutant.How);
        }
    }

    private static JsonObject Claims(JsonObject? members = null) => new()
    {
        ["iss"] = OpDouble.Issuer,
        ["aud"] = ClientId,
        ["iat"] = OpDouble.Start.ToUnixTimeSeconds(),
        ["token_introspection"] = members ?? new JsonObject
        {
            ["active"] = true,
            ["iss"] = OpDouble.Issuer,
            ["sub"] = "subject-1",
            ["aud"] = "https://api.example/fhir",
            ["client_id"] = "ehr-clinic-a",
            ["scope"] = "openid patient/Patient.read",
            ["token_type"] = "Bearer",
            ["exp"] = OpDouble.Start.AddMinutes(10).ToUnixTimeSeconds(),
            ["jti"] = "token-1",
            ["amr"] = new JsonArray("hwk", "user"),
            ["patient"] = "patient-0001",
            ["consent_id"] = "consent-1",
            ["act"] = JsonNode.Parse("""{"iss":"https://doctors.example","sub":"d-1","extensions":{"ihe_iua":{"subject_name":"Dr. Synthetic"}}}"""),
        },
    };

    private void Answer(JsonObject claims, string type = TokenTypes.IntrospectionJwt, SigningKey? key = null)
    {
        var jwt = _op.Sign(type, claims, key);
        _op.On("/introspect", _ => OpDouble.Answer(HttpStatusCode.OK, TokenTypes.IntrospectionMediaType, jwt));
    }

    private void Encrypted(DecryptionKey reader, string content, ContentEncryption encryption = ContentEncryption.A256Gcm)
    {
        var jwe = JweEncrypter.Encrypt(System.Text.Encoding.ASCII.GetBytes(content), reader.Public, KeyManagementAlgorithm.EcdhEs, encryption);
        _op.On("/introspect", _ => OpDouble.Answer(HttpStatusCode.OK, TokenTypes.IntrospectionMediaType, jwe));
    }

    private async Task<MedIdResult<IntrospectionResponse>> IntrospectAsync(string token = "opaque-1")
    {
        var http = new ProtocolHttpClient(_op.CreateClient(), time: _op.Time);
        using var metadata = new MetadataClient(http, OpDouble.Issuer, _op.Time);
        using var keys = new JwksClient(http, _op.Time);
        return await new IntrospectionClient(http, metadata, keys, new ClientSecretBasicCredential(ClientId, "a-secret"), _options, _op.Time).IntrospectAsync(token);
    }
}
