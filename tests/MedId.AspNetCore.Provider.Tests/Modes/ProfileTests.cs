using MedId.Ciba.Server;
using MedId.OAuth.Server;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace MedId.AspNetCore.Provider.Tests;

public sealed class ProfileTests
{
    private static async Task<string> RefusedAsync(OpSettings settings)
    {
        var error = await Assert.ThrowsAsync<OptionsValidationException>(() => OpWorld.StartAsync(settings));
        return string.Join("\n", error.Failures);
    }

    [Fact]
    public async Task UseProfile_ClientsThatItForbids_StopTheStartByName()
    {
        var said = await RefusedAsync(new() { More = op => op.UseProfile(CibaProfile.FapiCibaId1) });
        Assert.Contains("ehr-clinic-c: token_endpoint_auth_method: client_secret_basic (profile fapi-ciba-id1)", said, StringComparison.Ordinal);
        Assert.Contains("ehr-clinic-a: tls_client_certificate_bound_access_tokens", said, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("fapi-ciba-id1")]
    [InlineData("fapi-ciba-2")]
    public async Task UseProfile_OptionAgainstIt_StopsTheStartByName(string name)
    {
        var profile = CibaProfile.All.Single(one => one.Name == name);
        var said = await RefusedAsync(new()
        {
            More = op => op.UseProfile(profile),
            Server = server => server.AllowHttpOnLoopback = true,
            Ciba = ciba => ciba.DeliveryModes = [CibaDeliveryMode.Poll, CibaDeliveryMode.Push],
        });
        Assert.Contains($"The profile {name} forbids that OAuthServerOptions.AllowHttpOnLoopback is true.", said, StringComparison.Ordinal);
        Assert.Contains("CibaOptions.DeliveryModes", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task UseProfile_CalledLast_IsAppliedBeforeTheHostsOwnSettings()
    {
        // The host's own choice of modes stands, because the profile allows it, and the profile's other choices stand too.
        await using var world = await OpWorld.StartAsync(new()
        {
            Ciba = ciba => ciba.DeliveryModes = [CibaDeliveryMode.Poll],
            More = op => op.UseProfile(CibaProfile.CibaCore),
        });
        var ciba = world.Services.GetRequiredService<CibaOptions>();
        Assert.Equal([CibaDeliveryMode.Poll], ciba.DeliveryModes);
        Assert.Same(CibaProfile.CibaCore, ciba.Profile);
        Assert.Contains("Ed25519", (await world.GetAsync("/.well-known/openid-configuration")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task UseProfile_Twice_TheLastCounts()
    {
        await using var world = await OpWorld.StartAsync(new() { More = op => op.UseProfile(CibaProfile.FapiCibaId1).UseProfile(CibaProfile.CibaCore) });
        Assert.Same(CibaProfile.CibaCore, world.Services.GetRequiredService<CibaOptions>().Profile);
        Assert.False(world.Services.GetRequiredService<OAuthServerOptions>().RequireSenderConstrainedTokens);
    }

    [Fact]
    public async Task Start_SigningKeyThatTheProfileForbids_IsNamed()
    {
        var said = await RefusedAsync(new()
        {
            Server = server => server.Algorithms = Cryptography.AlgorithmPolicy.Default,
            More = op => op.UseProfile(CibaProfile.FapiCiba2),
        });
        Assert.Contains("OAuthServerOptions.Algorithms allows one that it forbids", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Discovery_OfAProfile_SaysWhatItTakes()
    {
        await using var world = await OpWorld.StartAsync(new() { More = op => op.UseProfile(CibaProfile.CibaCore) });
        var document = (await world.GetAsync("/.well-known/openid-configuration")).Json;
        Assert.Equal("""["poll","ping","push"]""", document["backchannel_token_delivery_modes_supported"]!.ToJsonString());
        Assert.Equal("""["medid_consent"]""", document["authorization_details_types_supported"]!.ToJsonString());
    }
}
