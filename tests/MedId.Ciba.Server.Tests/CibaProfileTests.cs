using MedId.Core;
using MedId.Cryptography;
using MedId.OAuth;
using MedId.OAuth.Server;
using MedId.OAuth.Server.Tests;

namespace MedId.Ciba.Server.Tests;

public sealed class CibaProfileTests
{
    public static TheoryData<string> Names { get; } = new(CibaProfile.All.Select(profile => profile.Name));

    private static CibaProfile Named(string name) => CibaProfile.All.Single(profile => profile.Name == name);

    private static (CibaOptions Ciba, OAuthServerOptions Server) Applied(CibaProfile profile)
    {
        var (ciba, server) = (new CibaOptions(), new OAuthServerOptions { Issuer = TestServer.Issuer, TakesClientCertificates = true });
        profile.ApplyTo(ciba, server);
        return (ciba, server);
    }

    private static string[] Algorithms(OAuthServerOptions server, SignatureUse use, DateTimeOffset? at = null) =>
        [.. server.Algorithms.For(use, at ?? TestServer.Start).Algorithms.Select(a => a.Name).Order(StringComparer.Ordinal)];

    private static ClientMetadata Good(CibaProfile profile) => new()
    {
        ClientId = "ehr-clinic-a",
        Jwks = JsonWebKeySet.Of(TestServer.EhrKey.ToJwk()),
        TokenEndpointAuthMethod = ClientAuthenticationMethod.PrivateKeyJwt,
        GrantTypes = [GrantTypes.Ciba, GrantTypes.RefreshToken],
        BackchannelTokenDeliveryMode = "poll",
        BackchannelAuthenticationRequestSigningAlg = SignatureAlgorithm.ES256,
        TlsClientCertificateBoundAccessTokens = profile.RequiresMutualTls,
        DpopBoundAccessTokens = profile is { RequiresSenderConstraint: true, RequiresMutualTls: false },
    };

    private static IReadOnlyList<string> Refuse(CibaProfile profile, Func<ClientMetadata, ClientMetadata> change) =>
        profile.RefuseClient(new(TenantId.Single, change(Good(profile)), ClientSecret.Digest("synthetic secret: 32 characters +")));

    [Theory]
    [MemberData(nameof(Names))]
    public void ApplyTo_DefaultOptions_Stand(string name)
    {
        var (ciba, server) = Applied(Named(name));
        Assert.Empty(ciba.Validate(server));
        Assert.Empty(server.Validate());
        Assert.Same(Named(name), ciba.Profile);
        Assert.Empty(Refuse(Named(name), m => m));
        Assert.Equal(name, Named(name).ToString());
    }

    [Fact]
    public void CibaCore_LeavesOpenWhatTheStandardLeavesOpen()
    {
        var (ciba, server) = Applied(CibaProfile.CibaCore);
        Assert.Equal([CibaDeliveryMode.Poll, CibaDeliveryMode.Ping, CibaDeliveryMode.Push], ciba.DeliveryModes);
        Assert.Equal(Enum.GetValues<ClientAuthenticationMethod>(), server.AuthenticationMethods);
        Assert.False(ciba.RequireSignedRequests || ciba.RequireTransactionContext || server.RequireSenderConstrainedTokens);
        Assert.Equal(ClientAssertionAudience.IssuerOrEndpoints, server.ClientAssertionAudience);
        Assert.Equal(["ES256", "ES384", "ES512", "Ed25519", "PS256", "PS384", "PS512"], Algorithms(server, SignatureUse.ClientAssertion));
        Assert.Empty(Refuse(CibaProfile.CibaCore, m => m with
        {
            BackchannelTokenDeliveryMode = "push",
            BackchannelAuthenticationRequestSigningAlg = null,
            TokenEndpointAuthMethod = ClientAuthenticationMethod.ClientSecretBasic,
        }));
    }

    [Fact]
    public void FapiCibaId1_SetsWhatItsStandardsAskFor()
    {
        var (ciba, server) = Applied(CibaProfile.FapiCibaId1);
        Assert.Equal([CibaDeliveryMode.Poll, CibaDeliveryMode.Ping], ciba.DeliveryModes);
        Assert.True(ciba.RequireSignedRequests && ciba.RequireTransactionContext && server.RequireSenderConstrainedTokens);
        Assert.Equal(
            [ClientAuthenticationMethod.PrivateKeyJwt, ClientAuthenticationMethod.TlsClientAuth, ClientAuthenticationMethod.SelfSignedTlsClientAuth], server.AuthenticationMethods);
        foreach (var use in (SignatureUse[])[SignatureUse.ClientAssertion, SignatureUse.SignedRequest, SignatureUse.IdToken, SignatureUse.AccessToken, SignatureUse.ProofOfPossession])
        {
            Assert.Equal(["ES256", "PS256"], Algorithms(server, use));
        }

        Assert.Equal(ClientAssertionAudience.IssuerOrEndpoints, server.ClientAssertionAudience);
        Assert.Equal(TimeSpan.FromMinutes(60), ciba.MaxSignedRequestLifetime);
    }

    [Fact]
    public void FapiCiba2_SetsWhatItsStandardsAskFor()
    {
        var (ciba, server) = Applied(CibaProfile.FapiCiba2);
        Assert.Equal([CibaDeliveryMode.Poll, CibaDeliveryMode.Ping], ciba.DeliveryModes);
        Assert.True(ciba.RequireTransactionContext && server.RequireSenderConstrainedTokens);
        Assert.False(ciba.RequireSignedRequests);
        Assert.Equal(["ES256", "Ed25519", "PS256"], Algorithms(server, SignatureUse.SignedRequest));
        Assert.Equal(ClientAssertionAudience.IssuerOnly, server.ClientAssertionAudience);
    }

    [Fact]
    public void HeartCiba_SetsWhatItsStandardsAskFor()
    {
        var (ciba, server) = Applied(CibaProfile.HeartCiba);
        Assert.Equal([CibaDeliveryMode.Poll, CibaDeliveryMode.Ping], ciba.DeliveryModes);
        Assert.Equal([ClientAuthenticationMethod.PrivateKeyJwt], server.AuthenticationMethods);
        Assert.Contains("RS256", Algorithms(server, SignatureUse.ClientAssertion));
        Assert.Contains("RS256", Algorithms(server, SignatureUse.SignedRequest));
        Assert.DoesNotContain("RS256", Algorithms(server, SignatureUse.ProofOfPossession));
        Assert.Contains("RS256", Algorithms(server, SignatureUse.ClientAssertion, new(2030, 12, 31, 23, 59, 59, TimeSpan.Zero)));
        Assert.DoesNotContain("RS256", Algorithms(server, SignatureUse.ClientAssertion, new(2031, 1, 1, 0, 0, 0, TimeSpan.Zero)));
        var longer = new OAuthServerOptions { Issuer = TestServer.Issuer, RefreshTokenLifetime = TimeSpan.FromDays(30) };
        CibaProfile.HeartCiba.ApplyTo(longer);
        Assert.Equal(TimeSpan.FromHours(24), longer.RefreshTokenLifetime);
    }

    public static TheoryData<string, Action<CibaOptions, OAuthServerOptions>, string> Against { get; } = new()
    {
        { "fapi-ciba-id1", (c, _) => c.DeliveryModes = [CibaDeliveryMode.Poll, CibaDeliveryMode.Push], "DeliveryModes" },
        { "fapi-ciba-id1", (c, _) => c.DeliveryModes = [CibaDeliveryMode.Ping], "DeliveryModes" },
        { "fapi-ciba-id1", (c, _) => c.RequireSignedRequests = false, "RequireSignedRequests" },
        { "fapi-ciba-id1", (c, _) => c.RequireTransactionContext = false, "RequireTransactionContext" },
        { "fapi-ciba-id1", (_, s) => s.RequireSenderConstrainedTokens = false, "RequireSenderConstrainedTokens" },
        { "fapi-ciba-id1", (_, s) => s.AuthenticationMethods = [ClientAuthenticationMethod.ClientSecretBasic], "AuthenticationMethods" },
        { "fapi-ciba-id1", (_, s) => s.AllowHttpOnLoopback = true, "AllowHttpOnLoopback" },
        { "fapi-ciba-id1", (_, s) => s.TakesClientCertificates = false, "TakesClientCertificates" },
        { "fapi-ciba-id1", (_, s) => s.Algorithms = AlgorithmPolicy.Default, "Algorithms" },
        { "fapi-ciba-2", (_, s) => s.ClientAssertionAudience = ClientAssertionAudience.IssuerOrEndpoints, "ClientAssertionAudience" },
        { "fapi-ciba-2", (_, s) => s.RequireSenderConstrainedTokens = false, "RequireSenderConstrainedTokens" },
        { "fapi-ciba-2", (c, _) => c.DeliveryModes = [CibaDeliveryMode.Poll, CibaDeliveryMode.Push], "DeliveryModes" },
        { "fapi-ciba-2", (_, s) => s.AllowHttpOnLoopback = true, "AllowHttpOnLoopback" },
        { "heart-ciba", (_, s) => s.RefreshTokenLifetime = TimeSpan.FromHours(25), "RefreshTokenLifetime" },
        { "heart-ciba", (_, s) => s.ClientAssertionAudience = ClientAssertionAudience.IssuerOnly, "ClientAssertionAudience" },
        { "heart-ciba", (_, s) => s.AuthenticationMethods = [ClientAuthenticationMethod.TlsClientAuth], "AuthenticationMethods" },
        { "heart-ciba", (c, _) => c.DeliveryModes = [CibaDeliveryMode.Poll, CibaDeliveryMode.Push], "DeliveryModes" },
        { "ciba-core", (c, _) => c.DeliveryModes = [CibaDeliveryMode.Push], "DeliveryModes" },
    };

    [Theory]
    [MemberData(nameof(Against))]
    public void Validate_OptionAgainstTheProfile_IsNamedWithIt(string name, Action<CibaOptions, OAuthServerOptions> change, string option)
    {
        var (ciba, server) = Applied(Named(name));
        change(ciba, server);
        var wrong = Assert.Single(ciba.Validate(server));
        Assert.Contains(name, wrong, StringComparison.Ordinal);
        Assert.Contains(option, wrong, StringComparison.Ordinal);
    }

    public static TheoryData<string, Func<ClientMetadata, ClientMetadata>, string> Clients { get; } = new()
    {
        { "fapi-ciba-id1", m => m with { BackchannelTokenDeliveryMode = "push" }, "backchannel_token_delivery_mode" },
        { "fapi-ciba-id1", m => m with { TokenEndpointAuthMethod = ClientAuthenticationMethod.ClientSecretBasic }, "token_endpoint_auth_method" },
        { "fapi-ciba-id1", m => m with { TokenEndpointAuthMethod = ClientAuthenticationMethod.ClientSecretJwt, ClientSecret = "synthetic secret: 32 characters +" }, "token_endpoint_auth_method" },
        { "fapi-ciba-id1", m => m with { BackchannelAuthenticationRequestSigningAlg = null }, "backchannel_authentication_request_signing_alg" },
        { "fapi-ciba-id1", m => m with { BackchannelAuthenticationRequestSigningAlg = SignatureAlgorithm.ES384 }, "backchannel_authentication_request_signing_alg" },
        { "fapi-ciba-id1", m => m with { BackchannelAuthenticationRequestSigningAlg = SignatureAlgorithm.RS256 }, "backchannel_authentication_request_signing_alg" },
        { "fapi-ciba-id1", m => m with { TokenEndpointAuthSigningAlg = SignatureAlgorithm.RS256 }, "token_endpoint_auth_signing_alg" },
        { "fapi-ciba-id1", m => m with { IdTokenSignedResponseAlg = SignatureAlgorithm.RS256 }, "id_token_signed_response_alg" },
        { "fapi-ciba-id1", m => m with { TlsClientCertificateBoundAccessTokens = false, DpopBoundAccessTokens = true }, "tls_client_certificate_bound_access_tokens" },
        { "fapi-ciba-id1", m => m with { BackchannelTokenDeliveryMode = "ping", BackchannelClientNotificationEndpoint = "http://127.0.0.1/cb" }, "backchannel_client_notification_endpoint" },
        { "fapi-ciba-2", m => m with { BackchannelTokenDeliveryMode = "push" }, "backchannel_token_delivery_mode" },
        { "fapi-ciba-2", m => m with { DpopBoundAccessTokens = false }, "dpop_bound_access_tokens" },
        { "fapi-ciba-2", m => m with { TokenEndpointAuthMethod = ClientAuthenticationMethod.ClientSecretBasic }, "token_endpoint_auth_method" },
        { "fapi-ciba-2", m => m with { TokenEndpointAuthSigningAlg = SignatureAlgorithm.ES512 }, "token_endpoint_auth_signing_alg" },
        { "heart-ciba", m => m with { TokenEndpointAuthMethod = ClientAuthenticationMethod.ClientSecretBasic }, "token_endpoint_auth_method" },
        { "heart-ciba", m => m with { TokenEndpointAuthMethod = ClientAuthenticationMethod.TlsClientAuth, TlsClientAuthSanDns = "ehr.example" }, "token_endpoint_auth_method" },
        { "heart-ciba", m => m with { BackchannelTokenDeliveryMode = "push" }, "backchannel_token_delivery_mode" },
        { "heart-ciba", m => m with { GrantTypes = [GrantTypes.Ciba, GrantTypes.AuthorizationCode] }, "grant_types" },
    };

    [Theory]
    [MemberData(nameof(Clients))]
    public void RefuseClient_MemberAgainstTheProfile_IsNamed(string name, Func<ClientMetadata, ClientMetadata> change, string member)
    {
        var why = Assert.Single(Refuse(Named(name), change));
        Assert.StartsWith(member + ":", why, StringComparison.Ordinal);
        Assert.Contains(name, why, StringComparison.Ordinal);
    }

    [Fact]
    public void RefuseClient_BindingByCertificate_IsEnoughForFapi2() =>
        Assert.Empty(Refuse(CibaProfile.FapiCiba2, m => m with { DpopBoundAccessTokens = false, TlsClientCertificateBoundAccessTokens = true, BackchannelAuthenticationRequestSigningAlg = null }));

    [Theory]
    [InlineData("fapi-ciba-id1", 1)]
    [InlineData("fapi-ciba-2", 1)]
    [InlineData("heart-ciba", 1)]
    [InlineData("ciba-core", 0)]
    public void RefuseClient_ResourceServerWithASecret_IsJudgedByItsAuthenticationOnly(string name, int reasons)
    {
        var api = new ClientRegistration(TenantId.Single, new() { ClientId = "api", GrantTypes = [], ClientSecret = "synthetic secret: 32 characters +" }) { ServedResources = [TestServer.Resource] };
        Assert.Equal(reasons, Named(name).RefuseClient(api).Count);
    }

    [Fact]
    public void RefuseKeys_KeyOfAnotherAlgorithm_IsNamed()
    {
        var ring = new KeyRing([LocalSigningKey.Generate(SignatureAlgorithm.ES256, "a"), LocalSigningKey.Generate(SignatureAlgorithm.ES384, "b")]);
        Assert.Contains("ES384", Assert.Single(CibaProfile.FapiCibaId1.RefuseKeys(ring)), StringComparison.Ordinal);
        Assert.Contains("ES384", Assert.Single(CibaProfile.FapiCiba2.RefuseKeys(ring)), StringComparison.Ordinal);
        Assert.Empty(CibaProfile.CibaCore.RefuseKeys(ring));
    }

    public static TheoryData<Func<ClientMetadata, ClientMetadata>, Action<CibaOptions, OAuthServerOptions>, int> Rules { get; } = new()
    {
        { m => m, (_, _) => { }, 0 },
        { m => m with { BackchannelTokenDeliveryMode = "ping", BackchannelClientNotificationEndpoint = "https://ehr.example/cb" }, (_, _) => { }, 0 },
        { m => m with { BackchannelTokenDeliveryMode = "ping", BackchannelClientNotificationEndpoint = "https://ehr.example/cb" }, (c, _) => c.DeliveryModes = [CibaDeliveryMode.Poll], 1 },
        { m => m with { BackchannelTokenDeliveryMode = "ping", BackchannelClientNotificationEndpoint = "https://10.0.0.1/cb" }, (_, _) => { }, 1 },
        { m => m with { BackchannelTokenDeliveryMode = "ping", BackchannelClientNotificationEndpoint = "https://10.0.0.1/cb" }, (c, _) => c.NotificationNetworks = [System.Net.IPNetwork.Parse("10.0.0.0/24")], 0 },
        { m => m with { BackchannelTokenDeliveryMode = "ping", BackchannelClientNotificationEndpoint = "http://127.0.0.1:7000/cb" }, (_, _) => { }, 1 },
        { m => m with { BackchannelTokenDeliveryMode = "ping", BackchannelClientNotificationEndpoint = "http://127.0.0.1:7000/cb" }, (_, s) => s.AllowHttpOnLoopback = true, 0 },
        { m => m with { BackchannelTokenDeliveryMode = "ping", BackchannelClientNotificationEndpoint = "http://127.0.0.1:7000/cb" }, (c, _) => c.AllowLoopbackNotifications = true, 0 },
        { m => m with { BackchannelTokenDeliveryMode = "ping", BackchannelClientNotificationEndpoint = "http://10.0.0.1/cb" }, (c, _) => c.NotificationNetworks = [System.Net.IPNetwork.Parse("10.0.0.0/24")], 1 },
        { m => m with { BackchannelTokenDeliveryMode = "push", BackchannelClientNotificationEndpoint = "https://ehr.example/cb" }, (_, _) => { }, 1 },
        { m => m with { BackchannelTokenDeliveryMode = "push", BackchannelClientNotificationEndpoint = "https://ehr.example/cb" }, (c, _) => c.DeliveryModes = [CibaDeliveryMode.Push, CibaDeliveryMode.Poll], 0 },
        { m => m with { BackchannelTokenDeliveryMode = "push", BackchannelClientNotificationEndpoint = "https://ehr.example/cb", DpopBoundAccessTokens = true }, (c, _) => c.DeliveryModes = [CibaDeliveryMode.Push, CibaDeliveryMode.Poll], 1 },
    };

    [Theory]
    [MemberData(nameof(Rules))]
    public void Refuse_Registration_SaysEachReason(Func<ClientMetadata, ClientMetadata> change, Action<CibaOptions, OAuthServerOptions> options, int reasons)
    {
        var (ciba, server) = (new CibaOptions(), new OAuthServerOptions { Issuer = TestServer.Issuer });
        options(ciba, server);
        Assert.Equal(reasons, CibaClientRules.Refuse(new(TenantId.Single, change(Good(CibaProfile.CibaCore))), ciba, server).Count);
    }
}
