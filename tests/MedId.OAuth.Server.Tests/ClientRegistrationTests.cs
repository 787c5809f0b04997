using MedId.Core;

namespace MedId.OAuth.Server.Tests;

public sealed class ClientRegistrationTests
{
    private static ClientMetadata Basic(string? secret) => new() { ClientId = "c", ClientSecret = secret };

    [Fact]
    public void Constructor_Secret_IsKeptAsDigestOnly()
    {
        var client = new ClientRegistration(TenantId.Single, Basic(TestServer.Secret));
        Assert.Null(client.Metadata.ClientSecret);
        Assert.Equal([ClientSecret.Digest(TestServer.Secret)], client.SecretDigests);
        Assert.DoesNotContain(TestServer.Secret, client.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(TestServer.Secret, client.SecretDigests[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(31, false)]
    [InlineData(32, true)]
    [InlineData(512, true)]
    [InlineData(513, false)]
    public void Constructor_LengthOfSecret_IsBounded(int length, bool accepted)
    {
        var secret = new string('s', length);
        if (accepted)
        {
            Assert.Single(new ClientRegistration(TenantId.Single, Basic(secret)).SecretDigests);
        }
        else
        {
            Assert.Throws<ArgumentException>(() => new ClientRegistration(TenantId.Single, Basic(secret)));
        }
    }

    [Fact]
    public void Constructor_SecretMethodWithoutSecret_Throws() => Assert.Throws<ArgumentException>(() => new ClientRegistration(TenantId.Single, Basic(null)));

    [Fact]
    public void Constructor_SecretInTheBodyWithoutSecret_Throws()
    {
        var post = Basic(TestServer.Secret) with { TokenEndpointAuthMethod = ClientAuthenticationMethod.ClientSecretPost };
        Assert.Single(new ClientRegistration(TenantId.Single, post).SecretDigests);
        Assert.Throws<ArgumentException>(() => new ClientRegistration(TenantId.Single, post with { ClientSecret = null }));
    }

    [Fact]
    public void HasGrantType_ResourceServer_HasNone()
    {
        var client = new ClientRegistration(TenantId.Single, Basic(TestServer.Secret) with { GrantTypes = [GrantTypes.Ciba] });
        Assert.True(client.HasGrantType(GrantTypes.Ciba));
        Assert.False((client with { ServedResources = [TestServer.Resource] }).HasGrantType(GrantTypes.Ciba));
    }

    [Theory]
    [InlineData("https://api.example/fhir", true)]
    [InlineData("urn:example:api", true)]
    [InlineData("https://api.example/fhir#patients", false)]
    [InlineData("api.example", false)]
    [InlineData("/fhir", false)]
    [InlineData("", false)]
    public void Resources_AreAbsoluteUrisWithoutFragment(string resource, bool taken)
    {
        var client = new ClientRegistration(TenantId.Single, Basic(TestServer.Secret));
        Assert.Equal(taken ? null : typeof(ArgumentException), Record.Exception(() => client with { Resources = [resource] })?.GetType());
        Assert.Equal(taken ? null : typeof(ArgumentException), Record.Exception(() => client with { ServedResources = [resource] })?.GetType());
    }

    [Fact]
    public async Task ConfiguredClients_IdsAreOfTheirTenant()
    {
        var other = new TenantId("other");
        var clients = new ConfiguredClients(new ClientRegistration(TenantId.Single, Basic(TestServer.Secret)));
        Assert.NotNull(await clients.FindClientAsync(TenantId.Single, "c"));
        Assert.Null(await clients.FindClientAsync(other, "c"));
        Assert.Null(await clients.FindClientAsync(TenantId.Single, "C"));
        Assert.Throws<ArgumentException>(() => new ConfiguredClients(
            new ClientRegistration(TenantId.Single, Basic(TestServer.Secret)), new ClientRegistration(TenantId.Single, Basic(TestServer.Secret))));
    }
}
