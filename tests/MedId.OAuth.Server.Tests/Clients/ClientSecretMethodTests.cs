using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using MedId.Core;
using MedId.Cryptography;
using MedId.TestSupport;

namespace MedId.OAuth.Server.Tests.Clients;

/// <summary><c>client_secret_post</c> and <c>client_secret_jwt</c>. Secrets are synthetic.</summary>
public sealed class ClientSecretMethodTests
{
    private const string Id = "ehr-secret";

    private static readonly string Secret = new('s', 64);

    private readonly TestStore _store = new();

    private static ClientMetadata Client(ClientAuthenticationMethod method = ClientAuthenticationMethod.ClientSecretJwt) =>
        new() { ClientId = Id, ClientSecret = Secret, TokenEndpointAuthMethod = method };

    private async Task<MedIdError?> RefusalAsync(ClientRegistration client, OAuthRequest request, Action<OAuthServerOptions>? change = null)
    {
        var options = new OAuthServerOptions { Issuer = TestServer.Issuer };
        change?.Invoke(options);
        var authenticator = new ClientAuthenticator(new ConfiguredClients(client), new ClientKeySource(), _store, options, new ManualTimeProvider(TestServer.Start));
        var result = await authenticator.AuthenticateAsync(request, options.TokenEndpoint);
        Assert.True(!result.Succeeded || ReferenceEquals(result.Value, client));
        return result.Error;
    }

    private Task<MedIdError?> RefusalAsync(ClientMetadata client, OAuthRequest request, Action<OAuthServerOptions>? change = null) =>
        RefusalAsync(new ClientRegistration(TenantId.Single, client), request, change);

    private async Task<string?> CodeAsync(ClientMetadata client, OAuthRequest request) => (await RefusalAsync(client, request))?.Code;

    private static OAuthRequest Assertion(string assertion) => TestServer.Request(null, ("client_assertion", assertion), ("client_assertion_type", TokenTypes.JwtBearerAssertion));

    private static string Jwt(HmacAlgorithm? algorithm = null, string? secret = null, string type = "JWT", Action<JsonObject>? change = null, string id = Id)
    {
        var now = TestServer.Start.ToUnixTimeSeconds();
        var claims = new JsonObject { ["iss"] = id, ["sub"] = id, ["aud"] = TestServer.Issuer, ["iat"] = now, ["exp"] = now + 60, ["jti"] = SecretGenerator.Base64Url(16) };
        change?.Invoke(claims);
        return JwtSigner.Sign(algorithm ?? HmacAlgorithm.HS256, Encoding.UTF8.GetBytes(secret ?? Secret), type, writer =>
        {
            foreach (var (name, value) in claims)
            {
                writer.WritePropertyName(name);
                value!.WriteTo(writer);
            }
        });
    }

    [Fact]
    public async Task AuthenticateAsync_SecretInTheForm_IsTheClient()
    {
        var client = Client(ClientAuthenticationMethod.ClientSecretPost);
        Assert.Null(await CodeAsync(client, TestServer.Request(null, ("client_id", Id), ("client_secret", Secret))));
        Assert.Equal(OAuthServerErrorCodes.ClientAuthenticationFailed, await CodeAsync(client, TestServer.Request(null, ("client_id", Id), ("client_secret", Secret + "x"))));
        Assert.Equal(OAuthServerErrorCodes.ClientAuthenticationFailed, await CodeAsync(client, TestServer.Request(null, ("client_id", "nobody"), ("client_secret", Secret))));
        Assert.Equal(OAuthServerErrorCodes.ParameterMissing, await CodeAsync(client, TestServer.Request(null, ("client_secret", Secret))));
    }

    [Theory]
    [InlineData(ClientAuthenticationMethod.ClientSecretBasic)]
    [InlineData(ClientAuthenticationMethod.ClientSecretPost)]
    public async Task AuthenticateAsync_RightSecretByAnotherMethod_IsRefusedLikeAWrongOne(ClientAuthenticationMethod registered)
    {
        var byHeader = TestServer.Request(TestServer.BasicHeader(Id, Secret));
        var byForm = TestServer.Request(null, ("client_id", Id), ("client_secret", Secret));
        var (right, wrong) = registered == ClientAuthenticationMethod.ClientSecretBasic ? (byHeader, byForm) : (byForm, byHeader);
        Assert.Null(await CodeAsync(Client(registered), right));
        var refused = await RefusalAsync(Client(registered), wrong);
        var unknown = await RefusalAsync(Client(registered) with { ClientId = "other" }, wrong);
        Assert.Equal(OAuthServerErrorCodes.ClientAuthenticationFailed, refused?.Code);
        Assert.Equal(unknown, refused);
    }

    [Theory]
    [InlineData("HS256")]
    [InlineData("HS384")]
    [InlineData("HS512")]
    public async Task AuthenticateAsync_AssertionByTheSecret_IsTheClientOnce(string name)
    {
        Assert.True(HmacAlgorithm.TryFromJose(name, out var algorithm));
        var assertion = Jwt(algorithm);
        Assert.Null(await CodeAsync(Client(), Assertion(assertion)));
        Assert.Equal("client_assertion:" + Id, Assert.Single(_store.Consumed).Issuer);
        Assert.Equal(OAuthServerErrorCodes.ClientAssertionReplayed, await CodeAsync(Client(), Assertion(assertion)));
    }

    [Fact]
    public async Task AuthenticateAsync_AlgorithmThatWasNotRegistered_IsRefused()
    {
        var client = Client() with { TokenEndpointAuthHmacAlg = HmacAlgorithm.HS512 };
        Assert.Null(await CodeAsync(client, Assertion(Jwt(HmacAlgorithm.HS512))));
        Assert.Equal(OAuthServerErrorCodes.ClientAuthenticationFailed, await CodeAsync(client, Assertion(Jwt(HmacAlgorithm.HS256))));
    }

    [Theory]
    [InlineData(47, "HS384")]
    [InlineData(63, "HS512")]
    public async Task AuthenticateAsync_SecretShorterThanTheHash_IsRefused(int length, string name)
    {
        Assert.True(HmacAlgorithm.TryFromJose(name, out var algorithm));
        var client = Client() with { ClientSecret = Secret[..length] };
        Assert.Null(await CodeAsync(client, Assertion(Jwt(secret: Secret[..length]))));
        Assert.Equal(OAuthServerErrorCodes.ClientAuthenticationFailed, await CodeAsync(client, Assertion(Jwt(algorithm))));
        Assert.Throws<ArgumentException>(() => new ClientRegistration(TenantId.Single, client with { TokenEndpointAuthHmacAlg = algorithm }));
        Assert.NotNull(new ClientRegistration(TenantId.Single, client with { ClientSecret = Secret[..algorithm.MinimumKeyLength], TokenEndpointAuthHmacAlg = algorithm }));
    }

    [Fact]
    public async Task AuthenticateAsync_WrongSecretUnknownClientAndOtherMethod_AreToldApartNowhere()
    {
        using var key = LocalSigningKey.Generate(SignatureAlgorithm.ES256);
        var keyed = Client(ClientAuthenticationMethod.PrivateKeyJwt) with { ClientSecret = null, Jwks = JsonWebKeySet.Of(key.ToJwk()) };
        var wrong = await RefusalAsync(Client(), Assertion(Jwt(secret: new string('x', 64))));
        var unknown = await RefusalAsync(Client(), Assertion(Jwt(id: "nobody")));
        var other = await RefusalAsync(keyed, Assertion(Jwt()));
        foreach (var error in new[] { wrong, unknown, other })
        {
            Assert.Equal(OAuthServerErrorCodes.ClientAuthenticationFailed, error?.Code);
            Assert.Equal(OAuthAnswer.Refused(wrong!).Body.ToArray(), OAuthAnswer.Refused(error!).Body.ToArray());
        }
    }

    [Fact]
    public async Task AuthenticateAsync_SignatureByAKeyWhereASecretIsRegistered_IsRefused()
    {
        using var key = LocalSigningKey.Generate(SignatureAlgorithm.ES256);
        var client = Client() with { Jwks = JsonWebKeySet.Of(key.ToJwk()) };
        var now = TestServer.Start.ToUnixTimeSeconds();
        var signed = await TestJws.SignAsync(key, new() { ["iss"] = Id, ["sub"] = Id, ["aud"] = TestServer.Issuer, ["exp"] = now + 60, ["jti"] = "synthetic-1" });
        Assert.Equal(OAuthServerErrorCodes.ClientAuthenticationFailed, await CodeAsync(client, Assertion(signed)));
    }

    [Fact]
    public async Task AuthenticateAsync_HmacUnderThePublicKey_IsRefused()
    {
        // RFC 8725 §2.1: the published key must never serve as a secret.
        using var key = LocalSigningKey.Generate(SignatureAlgorithm.ES256);
        var client = Client(ClientAuthenticationMethod.PrivateKeyJwt) with { ClientSecret = null, Jwks = JsonWebKeySet.Of(key.ToJwk()) };
        foreach (var secret in new[] { Encoding.UTF8.GetString(client.Jwks!.ToJson()), Convert.ToBase64String(key.PublicKey.ExportSubjectPublicKeyInfo()) })
        {
            Assert.Equal(OAuthServerErrorCodes.ClientAuthenticationFailed, await CodeAsync(client, Assertion(Jwt(secret: secret))));
        }
    }

    [Theory]
    [InlineData("sub", CryptographyErrorCodes.JoseClaimMissing)]
    [InlineData("aud", CryptographyErrorCodes.JoseAudienceMismatch)]
    [InlineData("exp", CryptographyErrorCodes.JoseClaimMissing)]
    [InlineData("jti", CryptographyErrorCodes.JoseClaimMissing)]
    public async Task AuthenticateAsync_MissingClaim_IsNamedToWhoHoldsTheSecret(string claim, string code)
    {
        Assert.Equal(code, await CodeAsync(Client(), Assertion(Jwt(change: claims => claims.Remove(claim)))));
        Assert.Equal(OAuthServerErrorCodes.ClientAuthenticationFailed, await CodeAsync(Client(), Assertion(Jwt(secret: new string('x', 64), change: claims => claims.Remove(claim)))));
    }

    [Fact]
    public async Task AuthenticateAsync_AudienceAlsoOfAnotherOrEndFarAway_IsRefused()
    {
        Assert.Equal(
            OAuthServerErrorCodes.ClientAssertionAudience,
            await CodeAsync(Client(), Assertion(Jwt(change: claims => claims["aud"] = new JsonArray(TestServer.Issuer, "https://other.example")))));
        Assert.Equal(
            CryptographyErrorCodes.JoseLifetimeTooLong, await CodeAsync(Client(), Assertion(Jwt(change: claims => claims["exp"] = TestServer.Start.ToUnixTimeSeconds() + 631))));
    }

    [Fact]
    public async Task AuthenticateAsync_Mutants_NoneIsAccepted()
    {
        var assertion = Jwt();
        foreach (var mutant in new SeededMutator(7523).Mutate(assertion, 1000))
        {
            if (mutant.Text != assertion)
            {
                Assert.NotNull(await CodeAsync(Client(), Assertion(mutant.Text)));
            }
        }

        Assert.Null(await CodeAsync(Client(), Assertion(assertion)));
    }

    [Theory]
    [InlineData(ClientAuthenticationMethod.ClientSecretBasic)]
    [InlineData(ClientAuthenticationMethod.ClientSecretPost)]
    [InlineData(ClientAuthenticationMethod.ClientSecretJwt)]
    public async Task AuthenticateAsync_MethodThatTheServerDoesNotTake_IsRefusedLikeAnUnknownClient(ClientAuthenticationMethod method)
    {
        var request = method switch
        {
            ClientAuthenticationMethod.ClientSecretBasic => TestServer.Request(TestServer.BasicHeader(Id, Secret)),
            ClientAuthenticationMethod.ClientSecretPost => TestServer.Request(null, ("client_id", Id), ("client_secret", Secret)),
            _ => Assertion(Jwt()),
        };
        var refused = await RefusalAsync(Client(method), request, options => options.AuthenticationMethods = [ClientAuthenticationMethod.PrivateKeyJwt]);
        Assert.Equal(OAuthServerErrorCodes.ClientAuthenticationFailed, refused?.Code);
        Assert.Null((await RefusalAsync(Client(method), request))?.Code);
    }

    [Fact]
    public async Task Protect_Secret_IsBackForItsTenantAndClientOnly()
    {
        var cipher = new FieldCipher("tenant-a", FieldKey.Generate("k1"));
        var stored = new ClientHmacSecret(Secret).Protect(cipher, Id);
        Assert.DoesNotContain(Secret, stored, StringComparison.Ordinal);
        Assert.NotEqual(stored, new ClientHmacSecret(Secret).Protect(cipher, Id));
        var client = new ClientRegistration(TenantId.Single, Client() with { ClientSecret = null }, [ClientHmacSecret.Unprotect(cipher, Id, stored).Value!]);
        Assert.Null((await RefusalAsync(client, Assertion(Jwt())))?.Code);

        Assert.Equal(CryptographyErrorCodes.FieldNotAuthentic, ClientHmacSecret.Unprotect(cipher, "other", stored).Error?.Code);
        Assert.Equal(CryptographyErrorCodes.FieldKeyUnknown, ClientHmacSecret.Unprotect(new FieldCipher("tenant-a", FieldKey.Generate("k2")), Id, stored).Error?.Code);
        Assert.Equal(CryptographyErrorCodes.FieldMalformed, ClientHmacSecret.Unprotect(cipher, Id, stored + "=").Error?.Code);
        foreach (var mutant in new SeededMutator(41).Mutate(stored, 500))
        {
            Assert.True(!ClientHmacSecret.Unprotect(cipher, Id, mutant.Text).Succeeded || mutant.Text == stored, mutant.How);
        }
    }

    [Fact]
    public void Constructor_HmacSecret_IsKeptWhereNobodySeesIt()
    {
        var client = new ClientRegistration(TenantId.Single, Client());
        Assert.Null(client.Metadata.ClientSecret);
        Assert.Empty(client.SecretDigests);
        Assert.DoesNotContain(Secret, client.ToString() + Assert.Single(client.HmacSecrets), StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, JsonSerializer.Serialize(client.HmacSecrets[0]), StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new ClientRegistration(TenantId.Single, Client() with { ClientSecret = null }));
        Assert.Throws<ArgumentException>(() => new ClientHmacSecret(Secret[..31]));
        Assert.Throws<ArgumentException>(() => new ClientHmacSecret(new string('s', 513)));
    }
}
