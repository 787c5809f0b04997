using System.Net;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using MedId.Ciba.Client;
using MedId.OAuth;

namespace MedId.Ciba.Interop.Tests;

/// <summary>
/// Our relying party under its FAPI profiles against our OP, over TLS, from the request to a record that was read. What it refuses of an OP that misbehaves is in <c>FapiRefusalTests</c> of
/// MedId.Ciba.Client.Tests.
/// </summary>
public sealed class OwnFapiTests(OwnFapiOp first, OwnFapi2Op second) : IClassFixture<OwnFapiOp>, IClassFixture<OwnFapi2Op>
{
    private const CibaClientProfile Id1 = CibaClientProfile.FapiCibaId1;
    private const CibaClientProfile Ciba2 = CibaClientProfile.FapiCiba2;
    private const TokenDeliveryMode Poll = TokenDeliveryMode.Poll;
    private const TokenDeliveryMode Ping = TokenDeliveryMode.Ping;

    [Theory]
    [InlineData(Id1, "private_key_jwt", "PS256", Poll, false, true)]
    [InlineData(Id1, "private_key_jwt", "ES256", Ping, false, true)]
    [InlineData(Id1, "tls_client_auth", "ES256", Poll, false, true)]
    [InlineData(Id1, "self_signed_tls_client_auth", "PS256", Poll, false, true)]
    [InlineData(Id1, "self_signed_tls_client_auth", "ES256", Ping, false, true)]
    [InlineData(Ciba2, "private_key_jwt", "ES256", Poll, true, false)]
    [InlineData(Ciba2, "private_key_jwt", "PS256", Ping, true, true)]
    [InlineData(Ciba2, "private_key_jwt", "ES256", Poll, false, false)]
    [InlineData(Ciba2, "tls_client_auth", "ES256", Ping, false, true)]
    [InlineData(Ciba2, "self_signed_tls_client_auth", "ES256", Poll, true, false)]
    public async Task Flow_EachWayOfTheProfile_EndsInARecordThatNobodyElseReadsWithTheToken(CibaClientProfile profile, string method, string algorithm, TokenDeliveryMode mode, bool byProof, bool signs)
    {
        if (mode == Ping)
        {
            OwnClient.RequirePing();
        }

        var world = Of(profile);
        await using var api = await FhirApi.StartAsync(world);
        await using var client = await OwnClient.StartAsync(world, $"{method}-{algorithm}-{mode}-{byProof}", new(profile, method, algorithm, mode, byProof, signs));

        var result = await client.RunAsync(OwnClient.Request("openid", "patient/Patient.rs"));

        Assert.True(result.Succeeded, result.Error?.ToString());
        var tokens = result.Value;
        Assert.Equal(("alice", OwnClient.Acr, byProof ? "DPoP" : "Bearer"), (tokens.IdToken.Subject, tokens.IdToken.Acr, tokens.TokenType));
        Assert.Equal(HttpStatusCode.OK, await client.CallAsync(api.Record, tokens.AccessToken, client.Certificate));
        Assert.Equal(client.Binding, api.Introspected!.Confirmation);
        using var other = X509Certificate2.CreateFromPem(world.Other.Certificate, world.Other.Key);
        Assert.Equal(HttpStatusCode.Unauthorized, await client.CallAsync(api.Record, tokens.AccessToken, other, proves: false));
        Assert.Equal(HttpStatusCode.Unauthorized, await client.CallAsync(api.Record, tokens.AccessToken, shown: null, proves: false));
    }

    [Fact]
    public async Task Walk_ByAClientThatTlsAuthenticates_AsksIsPingedReadsRenewsAndGivesBack()
    {
        OwnClient.RequirePing();
        await using var api = await FhirApi.StartAsync(first);
        await using var client = await OwnClient.StartAsync(first, "walk", new(Id1, "tls_client_auth", "PS256", Ping));
        var request = OwnClient.Request("openid", "offline_access", "patient/Patient.rs");

        var tokens = (await client.RunAsync(request)).Value!;
        var renewed = (await client.Service.RefreshAsync(tokens)).Value!;
        Assert.NotEqual(tokens.AccessToken, renewed.AccessToken);
        Assert.Equal(HttpStatusCode.OK, await client.CallAsync(api.Record, renewed.AccessToken, client.Certificate));
        Assert.Equal(client.Binding, api.Introspected!.Confirmation);
        Assert.Equal(HttpStatusCode.OK, await client.CallAsync(first.Op.Issuer + "/userinfo", renewed.AccessToken, client.Certificate));

        Assert.Null((await client.Service.RevokeAsync(renewed)).Error);
        Assert.Equal(HttpStatusCode.Unauthorized, await client.CallAsync(api.Record, renewed.AccessToken, client.Certificate));
        Assert.Equal(OAuthErrorCodes.InvalidGrant, (await client.Service.RefreshAsync(renewed)).Error!.Code);
        Assert.Equal(OAuthErrorCodes.AccessDenied, (await client.RunAsync(request, "deny")).Error!.Code);
    }

    [Theory]
    [InlineData("tls_client_auth", "other")]
    [InlineData("tls_client_auth", "stranger")]
    [InlineData("self_signed_tls_client_auth", "named")]
    public async Task StartAsync_ByACertificateThatIsNotTheClients_IsRefused(string method, string which)
    {
        var shown = which switch
        {
            "other" => first.Other,
            "stranger" => first.Stranger,
            _ => first.Named,
        };
        await using var client = await OwnClient.StartAsync(first, $"{method}-{which}", new(Id1, method, "ES256", Poll), shown);

        Assert.Equal(OAuthErrorCodes.InvalidClient, (await client.RunAsync(OwnClient.Request("openid"))).Error?.Code);
    }

    [Theory]
    [InlineData(Id1)]
    [InlineData(Ciba2)]
    public async Task StartAsync_AnOpThatNobodyTrusts_GetsNothing(CibaClientProfile profile)
    {
        var world = Of(profile);
        using var root = X509CertificateLoader.LoadCertificate(Of(profile == Id1 ? Ciba2 : Id1).Servers.Certificate.Der);
        await using var client = await OwnClient.StartAsync(world, "distrusts", new(profile, "private_key_jwt", "ES256", Poll), trusted: root);

        var failure = await Assert.ThrowsAsync<HttpRequestException>(() => client.RunAsync(OwnClient.Request("openid")));

        Assert.IsType<AuthenticationException>(failure.InnerException);
    }

    private TlsOp Of(CibaClientProfile profile) => profile == Id1 ? first : second;
}
