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
        Assert.Equal(["poll"], metadata.BackchannelTokenDeliveryModesSupported);
        Assert.Contains("ES256", metadata.BackchannelRequestSigningAlgsSupported);
        Assert.DoesNotContain("RS256", metadata.BackchannelRequestSigningAlgsSupported);
        Assert.DoesNotContain("none", metadata.BackchannelRequestSigningAlgsSupported);
        Assert.Equal(userCodes, metadata.BackchannelUserCodeParameterSupported);
        Assert.Equal([TestOp.Acr], metadata.AcrValuesSupported);
        Assert.Equal([GrantTypes.Ciba], metadata.GrantTypesSupported);
    }
}
