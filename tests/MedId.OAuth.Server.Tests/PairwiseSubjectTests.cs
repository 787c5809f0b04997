using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using MedId.Core;
using MedId.Cryptography;
using MedId.TestSupport;

namespace MedId.OAuth.Server.Tests;

/// <summary>By which <c>sub</c> each party knows a person. Everything is synthetic.</summary>
public sealed class PairwiseSubjectTests
{
    private const string Account = "patient-0001";
    private static readonly byte[] Secret = [.. Enumerable.Range(0, 32).Select(i => (byte)i)];
    private static readonly SubjectIdentifiers Subjects = new(tenant => new(tenant, Secret));

    private readonly TestServer _server = new(ehr => ehr with { SubjectType = "pairwise", Jwks = null, JwksUri = "https://clinic-a.example/jwks" });

    private static ClientRegistration Client(string id, string? jwksUri = "https://clinic-a.example/jwks", string? sector = null, string type = "pairwise", string tenant = "default", string? push = null) =>
        new(new TenantId(tenant), TestServer.Metadata(id, TestServer.EhrKey) with
        {
            Jwks = null,
            JwksUri = jwksUri,
            SectorIdentifierUri = sector,
            SubjectType = type,
            BackchannelTokenDeliveryMode = push is null ? null : "push",
            BackchannelClientNotificationEndpoint = push,
        });

    [Fact]
    public void Of_OneSector_IsAlwaysTheSameSubject()
    {
        var subject = Subjects.Of(Client("one"), Account);
        Assert.Equal(subject, Subjects.Of(Client("two"), Account));
        Assert.NotEqual(Account, subject);
        Assert.InRange(subject.Length, 1, 255);
    }

    [Fact]
    public void Of_AnotherSectorAccountTenantOrSecret_IsAnotherSubject()
    {
        string[] subjects =
        [
            Subjects.Of(Client("one"), Account),
            Subjects.Of(Client("one", "https://clinic-b.example/jwks"), Account),
            Subjects.Of(Client("one", sector: "https://group.example/sector"), Account),
            Subjects.Of(Client("one", push: "https://push.example/cb"), Account),
            Subjects.Of(Client("one"), "patient-0002"),
            Subjects.Of(Client("one", tenant: "other"), Account),
            new SubjectIdentifiers(tenant => new(tenant, new byte[32])).Of(Client("one"), Account),
        ];
        Assert.Equal(subjects.Length, subjects.Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public void Of_APublicClient_IsTheAccount() => Assert.Equal(Account, Subjects.Of(Client("one", type: "public"), Account));

    [Theory]
    [InlineData("患者-𠮷野-1")]
    [InlineData("a")]
    public void AccountOf_WhatOfGave_IsTheAccount(string account) => Assert.Equal(account, Subjects.AccountOf(Client("one"), Subjects.Of(Client("one"), account)));

    [Fact]
    public void Of_AnAccountIdThatWouldNotFit_IsRefused()
    {
        Assert.InRange(Subjects.Of(Client("one"), new string('a', 163)).Length, 1, 255);
        Assert.Throws<ArgumentException>(() => Subjects.Of(Client("one"), new string('a', 164)));
    }

    [Fact]
    public void AccountOf_AnotherSectorsSubject_IsNobody() => Assert.Null(Subjects.AccountOf(Client("one", "https://clinic-b.example/jwks"), Subjects.Of(Client("one"), Account)));

    [Fact]
    public void AccountOf_AnAccountId_IsNobody() => Assert.Null(Subjects.AccountOf(Client("one"), Account));

    [Fact]
    public void AccountOf_Mutants_AreNobody()
    {
        var subject = Subjects.Of(Client("one"), Account);
        foreach (var mutant in new SeededMutator(17).Mutate(subject, 20_000))
        {
            Assert.True(mutant.Text == subject || Subjects.AccountOf(Client("one"), mutant.Text) is null, mutant.ToString());
        }
    }

    [Fact]
    public void Refuse_PairwiseWithoutKeyOrSector_IsNamed()
    {
        Assert.Equal(OAuthServerErrorCodes.SubjectTypeUnavailable, SubjectIdentifiers.PublicOnly.Refuse(Client("one"))?.Code);
        Assert.Contains("AddPairwiseSubjects", SubjectIdentifiers.PublicOnly.Refuse(Client("one"))!.Detail, StringComparison.Ordinal);
        Assert.Equal(OAuthServerErrorCodes.SectorIdentifierMissing, Subjects.Refuse(Client("one", jwksUri: null))?.Code);
        Assert.Null(Subjects.Refuse(Client("one")));
        Assert.Null(SubjectIdentifiers.PublicOnly.Refuse(Client("one", type: "public")));
        Assert.Throws<InvalidOperationException>(() => SubjectIdentifiers.PublicOnly.Of(Client("one"), Account));
        Assert.Throws<InvalidOperationException>(() => Subjects.Of(Client("one", jwksUri: null), Account));
    }

    [Theory]
    [InlineData("poll", ClientAuthenticationMethod.PrivateKeyJwt, false, true, null)]
    [InlineData("ping", ClientAuthenticationMethod.SelfSignedTlsClientAuth, false, true, null)]
    [InlineData("poll", ClientAuthenticationMethod.ClientSecretBasic, true, true, null)]
    [InlineData("poll", ClientAuthenticationMethod.ClientSecretBasic, false, true, OAuthServerErrorCodes.SectorIdentifierUnproven)]
    [InlineData("ping", ClientAuthenticationMethod.ClientSecretJwt, false, true, OAuthServerErrorCodes.SectorIdentifierUnproven)]
    [InlineData("poll", ClientAuthenticationMethod.PrivateKeyJwt, false, false, OAuthServerErrorCodes.SectorIdentifierUnproven)]
    [InlineData("push", ClientAuthenticationMethod.ClientSecretBasic, false, false, null)]
    public void Refuse_SectorOfAHostThatNoKeyShowsToBeItsOwn_IsNamed(string mode, ClientAuthenticationMethod method, bool signs, bool publishes, string? code)
    {
        var client = Client("one", push: "https://push.example/cb", sector: "https://group.example/sector");
        var secret = method is ClientAuthenticationMethod.ClientSecretBasic or ClientAuthenticationMethod.ClientSecretJwt ? new string('s', 64) : null;
        var metadata = client.Metadata with
        {
            ClientSecret = secret,
            TokenEndpointAuthMethod = method,
            BackchannelTokenDeliveryMode = mode,
            BackchannelAuthenticationRequestSigningAlg = signs ? SignatureAlgorithm.ES256 : null,
            Jwks = publishes ? null : TestServer.Metadata("one", TestServer.EhrKey).Jwks,
            JwksUri = publishes ? "https://clinic-a.example/jwks" : null,
        };
        Assert.Equal(code, Subjects.Refuse(new(client.Tenant, metadata))?.Code);
    }

    [Fact]
    public void Key_TooShort_IsRefused() => Assert.Throws<ArgumentException>(() => new PairwiseKey(TenantId.Single, new byte[31]));

    [Fact]
    public void Of_AResourceServer_IsOfItsResourcesHost()
    {
        var server = new ClientRegistration(TenantId.Single, TestServer.Metadata("api", TestServer.ApiKey) with { SubjectType = "pairwise" }) { ServedResources = ["https://API.example/fhir"] };
        Assert.Equal("api.example", SectorIdentifier.Of(server));
        Assert.Equal("urn:example:records", SectorIdentifier.OfResource("urn:example:records"));
    }

    [Theory]
    [InlineData("[\"https://clinic-a.example/jwks\"]", null)]
    [InlineData("[\"https://other.example/x\",\"https://clinic-a.example/jwks\"]", null)]
    [InlineData("[\"https://clinic-b.example/jwks\"]", OAuthServerErrorCodes.SectorIdentifierForeign)]
    [InlineData("[]", OAuthServerErrorCodes.SectorIdentifierForeign)]
    [InlineData("{}", OAuthServerErrorCodes.SectorIdentifierMalformed)]
    [InlineData("[1]", OAuthServerErrorCodes.SectorIdentifierMalformed)]
    [InlineData("", OAuthServerErrorCodes.SectorIdentifierMalformed)]
    public void Judge_TheSectorDocument_NamesTheClient(string document, string? code) =>
        Assert.Equal(code, SectorIdentifier.Judge(Client("one", sector: "https://group.example/sector"), Encoding.UTF8.GetBytes(document)).Error?.Code);

    [Fact]
    public void Judge_APushClient_IsNamedByItsEndpoint()
    {
        var client = Client("one", push: "https://push.example/cb", sector: "https://group.example/sector");
        Assert.True(SectorIdentifier.Judge(client, "[\"https://push.example/cb\"]"u8.ToArray()).Succeeded);
        Assert.Equal(OAuthServerErrorCodes.SectorIdentifierForeign, SectorIdentifier.Judge(client, "[\"https://clinic-a.example/jwks\"]"u8.ToArray()).Error?.Code);
    }

    [Theory]
    [InlineData("[\"https://api.example/fhir\",\"https://api.example/images\"]", null)]
    [InlineData("[\"https://api.example/fhir\"]", OAuthServerErrorCodes.SectorIdentifierForeign)]
    public void Judge_AResourceServer_IsNamedByEachOfItsResources(string document, string? code)
    {
        var server = new ClientRegistration(TenantId.Single, TestServer.Metadata("api", TestServer.ApiKey) with { SectorIdentifierUri = "https://group.example/sector" })
        {
            ServedResources = ["https://api.example/fhir", "https://api.example/images"],
        };
        Assert.Equal(code, SectorIdentifier.Judge(server, Encoding.UTF8.GetBytes(document)).Error?.Code);
    }

    [Fact]
    public async Task IssueAsync_PairwiseClientWithoutSubjectKey_GivesNoTokens()
    {
        var issued = await new TokenMinter(_server.Keys, _server.Options, _server.Time).IssueAsync(new() { Grant = TestServer.Grant(), Client = _server.Ehr });
        Assert.Equal(OAuthServerErrorCodes.SubjectTypeUnavailable, issued.Error?.Code);
        Assert.Equal((503, "temporarily_unavailable"), (OAuthServerRefusals.Of(issued.Error!).Status, OAuthServerRefusals.Of(issued.Error!).WireError));
    }

    [Fact]
    public void Judge_AClientWithoutAnAddressOfItsOwn_IsNobodysMember() => Assert.Equal(
        OAuthServerErrorCodes.SectorIdentifierForeign,
        SectorIdentifier.Judge(Client("one", jwksUri: null, sector: "https://group.example/sector"), "[\"https://clinic-a.example/jwks\"]"u8.ToArray()).Error?.Code);

    [Fact]
    public async Task IssueAsync_PairwiseClient_NoTokenNamesTheAccount()
    {
        var tokens = await IssueAsync();
        var (access, id) = ((string?)TestJws.Claims(tokens.AccessToken)["sub"], (string?)TestJws.Claims(tokens.IdToken!)["sub"]);
        Assert.Equal(Subjects.Of(_server.Ehr, Account), id);
        Assert.NotEqual(id, access);
        Assert.DoesNotContain(Account, tokens.AccessToken + tokens.IdToken, StringComparison.Ordinal);
        Assert.NotEqual(Account, access);
    }

    [Fact]
    public async Task Introspect_EachResourceServer_HearsItsOwnSubject()
    {
        var token = (await IssueAsync()).AccessToken;
        var endpoint = new IntrospectionEndpoint(_server.Authenticator, _server.Store, _server.Store, _server.Keys, _server.Options, _server.Time, _server.Store, Subjects);
        var answer = TestServer.Body(await endpoint.HandleAsync(await _server.RequestByAsync(TestServer.ApiId, ("token", token))));
        Assert.Equal(Account, (string?)answer["sub"]);

        var api = new ClientRegistration(TenantId.Single, _server.Api.Metadata with { SubjectType = "pairwise" }) { ServedResources = _server.Api.ServedResources };
        var clients = new ClientAuthenticator(new ConfiguredClients(api), new ClientKeySource(), _server.Store, _server.Options, _server.Time);
        var pairwise = new IntrospectionEndpoint(clients, _server.Store, _server.Store, _server.Keys, _server.Options, _server.Time, _server.Store, Subjects);
        answer = TestServer.Body(await pairwise.HandleAsync(await _server.RequestByAsync(TestServer.ApiId, ("token", token))));
        Assert.True((bool)answer["active"]!);
        Assert.Equal(Subjects.Of(api, Account), (string?)answer["sub"]);
        Assert.NotEqual(Subjects.Of(_server.Ehr, Account), (string?)answer["sub"]);
    }

    [Fact]
    public async Task UserInfo_APairwiseClient_HearsTheSubjectOfItsIdToken()
    {
        var tokens = await IssueAsync();
        var endpoint = new UserInfoEndpoint(_server.Store, _server.Store, _server.Keys, _server.Options, time: _server.Time, clients: _server.Clients, subjects: Subjects);
        var answer = TestServer.Body(await endpoint.HandleAsync(new() { Tenant = TenantId.Single, Authorization = "Bearer " + tokens.AccessToken }));
        Assert.Equal((string?)TestJws.Claims(tokens.IdToken!)["sub"], (string?)answer["sub"]);
    }

    private async Task<IssuedTokens> IssueAsync() =>
        (await new TokenMinter(_server.Keys, _server.Options, _server.Time, subjects: Subjects).IssueAsync(new() { Grant = TestServer.Grant(), Client = _server.Ehr })).Value!;
}
