using MedId.Testing;

namespace MedId.Pki.Tests;

/// <summary>A stranger's certificate must not make this host ask its own network.</summary>
public sealed class EvidenceAddressRulesTests
{
    [Theory]
    [InlineData("http://crl.lab.invalid/a.crl")]
    [InlineData("https://crl.lab.invalid:8443/a.crl")]
    [InlineData("http://192.0.2.1/a.crl")]
    [InlineData("http://[2001:db8::1]/a.crl")]
    public void Check_PublicAddress_IsAllowed(string address) => Assert.Null(new EvidenceAddressRules().Check(new(address)));

    [Theory]
    [InlineData("ldap://crl.lab.invalid/cn=a")]
    [InlineData("file:///etc/passwd")]
    [InlineData("ftp://crl.lab.invalid/a")]
    [InlineData("http://user@crl.lab.invalid/a")]
    [InlineData("http://localhost/a")]
    [InlineData("http://a.localhost/a")]
    [InlineData("http://127.0.0.1/a")]
    [InlineData("http://127.1.2.3/a")]
    [InlineData("http://2130706433/a")]
    [InlineData("http://0x7f.1/a")]
    [InlineData("http://[::1]/a")]
    [InlineData("http://[::ffff:127.0.0.1]/a")]
    [InlineData("http://10.0.0.1/a")]
    [InlineData("http://172.16.0.1/a")]
    [InlineData("http://172.31.255.255/a")]
    [InlineData("http://192.168.1.1/a")]
    [InlineData("http://100.64.0.1/a")]
    [InlineData("http://169.254.169.254/latest")]
    [InlineData("http://0.0.0.0/a")]
    [InlineData("http://224.0.0.1/a")]
    [InlineData("http://[fe80::1]/a")]
    [InlineData("http://[fc00::1]/a")]
    [InlineData("http://[::]/a")]
    public void Check_AddressOfThisNetwork_IsRefused(string address) =>
        Assert.Equal(PkiErrorCodes.GatherAddressRefused, new EvidenceAddressRules().Check(new(address))?.Code);

    [Fact]
    public void Check_Options_AllowByNameWhatTheySay()
    {
        Assert.Null(new EvidenceAddressRules { DangerouslyAllowLoopback = true }.Check(new("http://127.0.0.1/a")));
        Assert.NotNull(new EvidenceAddressRules { DangerouslyAllowLoopback = true }.Check(new("http://10.0.0.1/a")));
        Assert.Null(new EvidenceAddressRules { AllowPrivateNetworks = true }.Check(new("http://10.0.0.1/a")));
        Assert.NotNull(new EvidenceAddressRules { AllowPrivateNetworks = true }.Check(new("http://169.254.169.254/a")));
        Assert.NotNull(new EvidenceAddressRules { AllowedHosts = ["a.lab.invalid"] }.Check(new("http://b.lab.invalid/a")));
        Assert.Null(new EvidenceAddressRules { AllowedHosts = ["a.lab.invalid"] }.Check(new("http://A.lab.invalid/a")));
    }

    [Fact]
    public async Task GatherAsync_RefusedAddress_IsNamedAndNotAsked()
    {
        await using var world = await GatheringWorld.CreateAsync(new());
        var gathered = await world.GatherAsync();

        Assert.Equal(PkiErrorCodes.GatherAddressRefused, Assert.Single(gathered.Attempts).Error?.Code);
        Assert.Empty(world.Server.Requests);
        Assert.Empty(world.Ledger.Entries);
    }

    [Fact]
    public async Task CreateHandler_NameThatResolvesToLoopback_IsNotConnected()
    {
        await using var world = await GatheringWorld.CreateAsync();
        var port = new Uri(world.Server.BaseUri).Port;
        using var client = new HttpClient(new EvidenceAddressRules().CreateHandler());
        var answer = await new HttpEvidenceTransport(client).SendAsync(new(EvidenceKind.Crl, new($"http://localhost:{port}{world.CrlPath}"), default, 4096));

        Assert.Equal((PkiErrorCodes.GatherUnreachable, false), (answer.Error?.Code, answer.WasSent));
        Assert.Empty(world.Server.Requests);
    }
}
