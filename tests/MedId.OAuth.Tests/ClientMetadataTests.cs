using System.Text;
using System.Text.Json.Nodes;
using MedId.Core;
using MedId.Cryptography;
using MedId.TestSupport;

namespace MedId.OAuth.Tests;

public class ClientMetadataTests
{
    private static readonly LocalSigningKey Key = LocalSigningKey.Generate(SignatureAlgorithm.ES256, "ehr-1");

    [Fact]
    public void Parse_Valid_ReadsEveryMember()
    {
        var client = Parse(Valid()).Value!;
        Assert.Equal("ehr-clinic-a", client.ClientId);
        Assert.Equal("Clinic A", client.NameIn("en"));
        Assert.Equal("A内科", client.NameIn("JA"));
        Assert.Equal(ClientAuthenticationMethod.PrivateKeyJwt, client.TokenEndpointAuthMethod);
        Assert.Same(SignatureAlgorithm.ES256, client.BackchannelAuthenticationRequestSigningAlg);
        Assert.True(client.BackchannelUserCodeParameter);
        Assert.Equal("ehr-1", Assert.Single(client.Jwks!.Keys).KeyId);
        Assert.Equal("kept", client.Additional["x_own"].GetString());
    }

    [Fact]
    public void Parse_OnlySecret_TakesTheDefaultsOfTheStandard()
    {
        var client = Parse(new JsonObject { ["client_id"] = "health-record-api", ["client_secret"] = "0123456789abcdef0123456789abcdef" }).Value!;
        Assert.Equal(ClientAuthenticationMethod.ClientSecretBasic, client.TokenEndpointAuthMethod);
        Assert.Equal([GrantTypes.AuthorizationCode], client.GrantTypes);
        Assert.Equal("public", client.SubjectType);
        Assert.Equal("health-record-api", client.NameIn("ja"));
    }

    [Theory]
    [InlineData("client_id", null)]
    [InlineData("client_id", "\"\"")]
    [InlineData("client_id", "1")]
    [InlineData("client_name#ja", "1")]
    [InlineData("grant_types", "\"x\"")]
    [InlineData("backchannel_user_code_parameter", "\"true\"")]
    [InlineData("backchannel_authentication_request_signing_alg", "\"none\"")]
    [InlineData("backchannel_authentication_request_signing_alg", "\"HS256\"")]
    [InlineData("id_token_signed_response_alg", "\"es256\"")]
    [InlineData("jwks", "\"x\"")]
    public void Parse_MemberOfWrongTypeOrValue_IsRefused(string member, string? json)
    {
        var error = Parse(With(member, json)).Error!;
        Assert.Equal(OAuthErrorCodes.ClientMetadataMalformed, error.Code);
        Assert.Equal(member, error.Detail);
    }

    [Theory]
    [InlineData("none")]
    [InlineData("tls_client_auth")]
    [InlineData("client_secret_jwt")]
    public void Parse_MethodThatIsNotKnown_IsRefused(string method) =>
        Assert.Equal(OAuthErrorCodes.AuthenticationMethodUnsupported, Parse(With("token_endpoint_auth_method", $"\"{method}\"")).Error!.Code);

    [Theory]
    [InlineData("jwks", null)]
    [InlineData("jwks_uri", "\"https://ehr.example/jwks\"")]
    [InlineData("token_endpoint_auth_method", "\"client_secret_basic\"")]
    [InlineData("backchannel_token_delivery_mode", "\"ping\"")]
    [InlineData("backchannel_token_delivery_mode", "\"pull\"")]
    [InlineData("backchannel_token_delivery_mode", null)]
    [InlineData("grant_types", "[\"refresh_token\"]")]
    [InlineData("subject_type", "\"secret\"")]
    public void Parse_MembersThatGoAgainstEachOther_AreRefused(string member, string? json) =>
        Assert.Equal(OAuthErrorCodes.ClientMetadataInconsistent, Parse(With(member, json)).Error!.Code);

    [Fact]
    public void Parse_PrivateKeyInJwks_IsRefused()
    {
        var document = Valid();
        document["jwks"]!["keys"]![0]!["d"] = "AAAA";
        Assert.Equal(CryptographyErrorCodes.KeyPrivateMember, Parse(document).Error!.Code);
    }

    [Fact]
    public void ToString_WithSecret_DoesNotShowIt() => Assert.DoesNotContain(
        "0123456789abcdef", Parse(new JsonObject { ["client_id"] = "a", ["client_secret"] = "0123456789abcdef0123456789abcdef" }).Value!.ToString(), StringComparison.Ordinal);

    [Fact]
    public void Parse_Mutants_NeverThrowAndStayConsistent()
    {
        foreach (var mutant in new SeededMutator(43).Mutate(Valid().ToJsonString(), 3000))
        {
            var result = ClientMetadata.Parse(mutant.Bytes);
            Assert.True(!result.Succeeded || (result.Value.ClientId.Length > 0 && (result.Value.Jwks is not null || result.Value.JwksUri is not null || result.Value.ClientSecret is not null)), mutant.How);
        }
    }

    private static JsonObject Valid() => new()
    {
        ["client_id"] = "ehr-clinic-a",
        ["client_name"] = "Clinic A",
        ["client_name#ja"] = "A内科",
        ["jwks"] = JsonNode.Parse(JsonWebKeySet.Of(Key.ToJwk()).ToJson()),
        ["token_endpoint_auth_method"] = "private_key_jwt",
        ["token_endpoint_auth_signing_alg"] = "ES256",
        ["grant_types"] = new JsonArray(GrantTypes.Ciba, "refresh_token"),
        ["scope"] = "openid patient/Patient.read",
        ["backchannel_token_delivery_mode"] = "poll",
        ["backchannel_authentication_request_signing_alg"] = "ES256",
        ["backchannel_user_code_parameter"] = true,
        ["id_token_signed_response_alg"] = "ES256",
        ["subject_type"] = "public",
        ["x_own"] = "kept",
    };

    private static JsonObject With(string member, string? json)
    {
        var document = Valid();
        document.Remove(member);
        if (json is not null)
        {
            document[member] = JsonNode.Parse(json);
        }

        return document;
    }

    private static MedIdResult<ClientMetadata> Parse(JsonObject document) => ClientMetadata.Parse(Encoding.UTF8.GetBytes(document.ToJsonString()));
}
