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
    [InlineData("introspection_signed_response_alg", "\"none\"")]
    [InlineData("jwks", "\"x\"")]
    public void Parse_MemberOfWrongTypeOrValue_IsRefused(string member, string? json)
    {
        var error = Parse(With(member, json)).Error!;
        Assert.Equal(OAuthErrorCodes.ClientMetadataMalformed, error.Code);
        Assert.Equal(member, error.Detail);
    }

    [Theory]
    [InlineData("none")]
    [InlineData("client_secret")]
    [InlineData("Private_Key_JWT")]
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
    [InlineData("id_token_encrypted_response_alg", "\"RSA1_5\"")]
    [InlineData("id_token_encrypted_response_enc", "\"A256GCM\"")]
    [InlineData("introspection_encrypted_response_alg", "\"PBES2-HS256+A128KW\"")]
    [InlineData("introspection_encrypted_response_enc", "\"A256GCM\"")]
    public void Parse_MembersThatGoAgainstEachOther_AreRefused(string member, string? json) =>
        Assert.Equal(OAuthErrorCodes.ClientMetadataInconsistent, Parse(With(member, json)).Error!.Code);

    // "§" stands for a secret of so many characters.
    [Theory]
    [InlineData("client_secret_post", """{"client_secret":"§32"}""", true)]
    [InlineData("client_secret_post", "{}", false)]
    [InlineData("client_secret_jwt", """{"client_secret":"§32"}""", true)]
    [InlineData("client_secret_jwt", """{"client_secret":"§31"}""", false)]
    [InlineData("client_secret_jwt", """{"client_secret":"§48","token_endpoint_auth_signing_alg":"HS384"}""", true)]
    [InlineData("client_secret_jwt", """{"client_secret":"§47","token_endpoint_auth_signing_alg":"HS384"}""", false)]
    [InlineData("client_secret_jwt", """{"client_secret":"§64","token_endpoint_auth_signing_alg":"HS512"}""", true)]
    [InlineData("client_secret_jwt", """{"client_secret":"§63","token_endpoint_auth_signing_alg":"HS512"}""", false)]
    [InlineData("client_secret_jwt", "{}", false)]
    [InlineData("client_secret_basic", """{"client_secret":"§32","token_endpoint_auth_signing_alg":"ES256"}""", false)]
    [InlineData("client_secret_basic", """{"client_secret":"§32","tls_client_auth_san_dns":"ehr.example"}""", false)]
    [InlineData("private_key_jwt", """{"jwks_uri":"https://ehr.example/jwks","token_endpoint_auth_signing_alg":"ES256"}""", true)]
    [InlineData("private_key_jwt", """{"jwks_uri":"https://ehr.example/jwks","tls_client_auth_subject_dn":"CN=ehr"}""", false)]
    [InlineData("private_key_jwt", """{"jwks":{"keys":[]},"token_endpoint_auth_signing_alg":"ES256"}""", false)]
    [InlineData("private_key_jwt", "{}", false)]
    [InlineData("tls_client_auth", """{"tls_client_auth_subject_dn":"CN=ehr"}""", true)]
    [InlineData("tls_client_auth", """{"tls_client_auth_san_dns":"ehr.example"}""", true)]
    [InlineData("tls_client_auth", """{"tls_client_auth_san_uri":"https://ehr.example"}""", true)]
    [InlineData("tls_client_auth", """{"tls_client_auth_san_ip":"192.0.2.7"}""", true)]
    [InlineData("tls_client_auth", """{"tls_client_auth_san_email":"ehr@ehr.example"}""", true)]
    [InlineData("tls_client_auth", """{"tls_client_auth_san_dns":"ehr.example","tls_client_auth_san_uri":"https://ehr.example"}""", false)]
    [InlineData("tls_client_auth", """{"tls_client_auth_san_dns":"ehr.example","token_endpoint_auth_signing_alg":"ES256"}""", false)]
    [InlineData("tls_client_auth", "{}", false)]
    [InlineData("self_signed_tls_client_auth", """{"jwks_uri":"https://ehr.example/jwks"}""", true)]
    [InlineData("self_signed_tls_client_auth", """{"jwks":{"keys":[]}}""", true)]
    [InlineData("self_signed_tls_client_auth", """{"client_secret":"§32"}""", false)]
    public void Parse_MethodAndWhatItNeeds_GoTogether(string method, string json, bool accepted)
    {
        foreach (var length in new[] { 31, 32, 47, 48, 63, 64 })
        {
            json = json.Replace("§" + length, new string('s', length), StringComparison.Ordinal);
        }

        var document = JsonNode.Parse(json)!.AsObject();
        document["client_id"] = "ehr";
        document["token_endpoint_auth_method"] = method;
        document["grant_types"] = new JsonArray();
        var result = Parse(document);
        Assert.Equal(accepted ? null : OAuthErrorCodes.ClientMetadataInconsistent, result.Error?.Code);
        Assert.True(!accepted || ClientAuthenticationMethods.ToName(result.Value!.TokenEndpointAuthMethod) == method);
    }

    [Theory]
    [InlineData("client_secret_jwt", "ES256")]
    [InlineData("client_secret_jwt", "none")]
    [InlineData("client_secret_jwt", "hs256")]
    [InlineData("private_key_jwt", "HS256")]
    public void Parse_AlgorithmOfAnotherMethod_IsRefused(string method, string algorithm)
    {
        var document = With("token_endpoint_auth_signing_alg", $"\"{algorithm}\"");
        document["token_endpoint_auth_method"] = method;
        var error = Parse(document).Error!;
        Assert.Equal(OAuthErrorCodes.ClientMetadataMalformed, error.Code);
        Assert.Equal("token_endpoint_auth_signing_alg", error.Detail);
    }

    [Fact]
    public void Parse_HmacAlgorithm_IsReadForTheSecretOnly()
    {
        var client = Parse(new JsonObject
        {
            ["client_id"] = "ehr",
            ["client_secret"] = new string('s', 64),
            ["token_endpoint_auth_method"] = "client_secret_jwt",
            ["token_endpoint_auth_signing_alg"] = "HS512",
        }).Value!;
        Assert.Same(HmacAlgorithm.HS512, client.TokenEndpointAuthHmacAlg);
        Assert.Null(client.TokenEndpointAuthSigningAlg);
    }

    [Theory]
    [InlineData("EdDSA")]
    [InlineData("Ed25519")]
    public void Parse_EitherNameOfEd25519_IsTheSameAlgorithm(string name)
    {
        // RFC 9864 §2.2; the public key of RFC 8037 appendix A.2.
        var client = Parse(JsonNode.Parse($$$"""
            {"client_id":"ed","token_endpoint_auth_method":"private_key_jwt","token_endpoint_auth_signing_alg":"{{{name}}}",
             "jwks":{"keys":[{"kty":"OKP","crv":"Ed25519","alg":"{{{name}}}","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}]}}
            """)!.AsObject()).Value!;
        Assert.Same(SignatureAlgorithm.Ed25519, client.TokenEndpointAuthSigningAlg);
        Assert.Same(SignatureAlgorithm.Ed25519, Assert.Single(client.Jwks!.Keys).Algorithm);
    }

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
