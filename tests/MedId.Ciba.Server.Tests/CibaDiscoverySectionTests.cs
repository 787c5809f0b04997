using MedId.Core;
using MedId.OAuth;
using MedId.OAuth.Server;
using MedId.OAuth.Server.Tests;

namespace MedId.Ciba.Server.Tests;

public sealed class CibaDiscoverySectionTests
{
    private readonly TestOp _op = new();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task WriteTo_Document_SaysWhatTheEndpointTakes(bool userCodes)
    {
        var section = new CibaDiscoverySection(_op.Server.Options, _op.Options, TestOp.Acrs, userCodes, _op.Server.Time);
        var answer = await new DiscoveryDocument(_op.Server.Options, _op.Server.Keys, _op.Tokens.GrantTypes, sections: [section]).HandleAsync(TenantId.Single);
        var metadata = AuthorizationServerMetadata.Parse(answer.Body, TestServer.Issuer).Value!;
        Assert.Equal("https://op.example/bc-authorize", metadata.BackchannelAuthenticationEndpoint);
        Assert.Equal(["poll", "ping"], metadata.BackchannelTokenDeliveryModesSupported);
        Assert.Contains("ES256", metadata.BackchannelRequestSigningAlgsSupported);
        Assert.DoesNotContain("RS256", metadata.BackchannelRequestSigningAlgsSupported);
        Assert.DoesNotContain("none", metadata.BackchannelRequestSigningAlgsSupported);
        Assert.Equal(userCodes, metadata.BackchannelUserCodeParameterSupported);
        Assert.Equal([TestOp.Acr], metadata.AcrValuesSupported);
        Assert.Equal([GrantTypes.Ciba], metadata.GrantTypesSupported);
    }

    [Fact]
    public void WriteTo_Modes_AreThoseThatAreOffered()
    {
        Assert.Equal("""["poll"]""", Member(o => o.DeliveryModes = [CibaDeliveryMode.Poll], "backchannel_token_delivery_modes_supported"));
        Assert.Equal(
            """["poll","ping","push"]""",
            Member(o => o.DeliveryModes = [CibaDeliveryMode.Push, CibaDeliveryMode.Poll, CibaDeliveryMode.Ping], "backchannel_token_delivery_modes_supported"));
    }

    [Fact]
    public void WriteTo_TypesOfDetailsAndHintTokens_ArePublishedWhereThereAreSome()
    {
        Assert.Equal("""["medid_consent"]""", Member(o => o.AuthorizationDetailsTypes = ["medid_consent"], "authorization_details_types_supported"));
        Assert.Equal("""["synthetic-card"]""", Member(o => o.LoginHintTokenTypes = ["synthetic-card"], "backchannel_endpoint_login_hint_token_types_supported"));
        Assert.Null(Member(_ => { }, "authorization_details_types_supported"));
        Assert.Null(Member(_ => { }, "backchannel_endpoint_login_hint_token_types_supported"));
    }

    private static string? Member(Action<CibaOptions> change, string name)
    {
        var op = new TestOp(change);
        var buffer = new System.Buffers.ArrayBufferWriter<byte>();
        using (var writer = new System.Text.Json.Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            new CibaDiscoverySection(op.Server.Options, op.Options, TestOp.Acrs, userCodes: true, op.Server.Time).WriteTo(writer);
            writer.WriteEndObject();
        }

        return System.Text.Json.Nodes.JsonNode.Parse(buffer.WrittenSpan)![name]?.ToJsonString();
    }
}
