using System.Text;
using System.Text.Json.Nodes;
using MedId.Consumers.TestSupport;
using MedId.Core;
using MedId.Cryptography;
using MedId.TestSupport;

namespace MedId.OAuth.Tests;

public class AuthorizationServerMetadataTests
{
    [Fact]
    public void Parse_Valid_ReadsEveryMember()
    {
        var metadata = Parse(new OpDouble().Metadata).Value!;
        Assert.Equal(OpDouble.Issuer, metadata.Issuer);
        Assert.Equal(OpDouble.Issuer + "/bc-authorize", metadata.BackchannelAuthenticationEndpoint);
        Assert.Equal(["poll"], metadata.BackchannelTokenDeliveryModesSupported);
        Assert.Equal(["ES256", "PS256"], metadata.BackchannelRequestSigningAlgsSupported);
        Assert.True(metadata.BackchannelUserCodeParameterSupported);
    }

    [Theory]
    [InlineData("issuer", null)]
    [InlineData("jwks_uri", null)]
    [InlineData("token_endpoint", null)]
    [InlineData("token_endpoint", "1")]
    [InlineData("introspection_endpoint", "[]")]
    [InlineData("grant_types_supported", "\"x\"")]
    [InlineData("grant_types_supported", "[1]")]
    [InlineData("backchannel_user_code_parameter_supported", "\"true\"")]
    public void Parse_MemberAbsentOrOfWrongType_IsRefused(string member, string? json)
    {
        var document = new OpDouble().Metadata;
        document.Remove(member);
        if (json is not null)
        {
            document[member] = JsonNode.Parse(json);
        }

        var error = Parse(document).Error!;
        Assert.Equal(OAuthErrorCodes.MetadataMalformed, error.Code);
        Assert.Equal(member, error.Detail);
    }

    [Fact]
    public void WithMtlsEndpoints_Aliases_TakeThePlaceOfTheEndpoints()
    {
        var document = new OpDouble().Metadata;
        document["mtls_endpoint_aliases"] = new JsonObject
        {
            ["token_endpoint"] = "https://mtls.op.example/token",
            ["backchannel_authentication_endpoint"] = "https://mtls.op.example/bc-authorize",
            ["x_own"] = 1,
        };
        document["tls_client_certificate_bound_access_tokens"] = true;
        var metadata = Parse(document).Value!;
        Assert.True(metadata.TlsClientCertificateBoundAccessTokens);
        Assert.Equal(OpDouble.Issuer + "/token", metadata.TokenEndpoint);
        var mtls = metadata.WithMtlsEndpoints();
        Assert.Equal("https://mtls.op.example/token", mtls.TokenEndpoint);
        Assert.Equal("https://mtls.op.example/bc-authorize", mtls.BackchannelAuthenticationEndpoint);
        Assert.Equal(metadata.IntrospectionEndpoint, mtls.IntrospectionEndpoint);
        Assert.Equal(metadata.Issuer, mtls.Issuer);
    }

    [Theory]
    [InlineData("[]", OAuthErrorCodes.MetadataMalformed)]
    [InlineData("{\"token_endpoint\":1}", OAuthErrorCodes.MetadataMalformed)]
    [InlineData("{\"token_endpoint\":\"\"}", OAuthErrorCodes.MetadataMalformed)]
    [InlineData("{\"token_endpoint\":\"http://mtls.op.example/token\"}", OAuthErrorCodes.EndpointNotHttps)]
    public void Parse_AliasesThatAreNone_AreRefused(string json, string code)
    {
        var document = new OpDouble().Metadata;
        document["mtls_endpoint_aliases"] = JsonNode.Parse(json);
        Assert.Equal(code, Parse(document).Error!.Code);
    }

    [Theory]
    [InlineData("https://other.example")]
    [InlineData("https://op.example/")]
    [InlineData("https://OP.example")]
    public void Parse_IssuerOfAnother_IsRefused(string issuer)
    {
        var document = new OpDouble().Metadata;
        document["issuer"] = issuer;
        Assert.Equal(OAuthErrorCodes.IssuerMismatch, Parse(document).Error!.Code);
    }

    [Theory]
    [InlineData("token_endpoint")]
    [InlineData("jwks_uri")]
    [InlineData("backchannel_authentication_endpoint")]
    [InlineData("introspection_endpoint")]
    [InlineData("revocation_endpoint")]
    public void Parse_PlainHttpEndpoint_IsRefused(string member)
    {
        var document = new OpDouble().Metadata;
        document[member] = "http://op.example/x";
        Assert.Equal(OAuthErrorCodes.EndpointNotHttps, Parse(document).Error!.Code);
    }

    [Fact]
    public void Parse_MemberTwice_IsRefused() => Assert.Equal(
        CryptographyErrorCodes.JsonDuplicateMember,
        AuthorizationServerMetadata.Parse("""{"issuer":"https://op.example","issuer":"https://op.example"}"""u8.ToArray(), OpDouble.Issuer).Error!.Code);

    [Fact]
    public void Parse_Mutants_KeepIssuerAndHttps()
    {
        foreach (var mutant in new SeededMutator(42).Mutate(new OpDouble().Metadata.ToJsonString(), 2000))
        {
            var result = AuthorizationServerMetadata.Parse(mutant.Bytes, OpDouble.Issuer);
            Assert.True(
                !result.Succeeded || (result.Value.Issuer == OpDouble.Issuer && result.Value.TokenEndpoint.StartsWith("https://", StringComparison.OrdinalIgnoreCase)), mutant.How);
        }
    }

    private static MedIdResult<AuthorizationServerMetadata> Parse(JsonObject document) =>
        AuthorizationServerMetadata.Parse(Encoding.UTF8.GetBytes(document.ToJsonString()), OpDouble.Issuer);
}
