using System.Net;
using System.Net.Sockets;
using System.Text;

namespace MedId.OAuth.Tests;

public sealed class GuardedHttpHandlerTests
{
    [Theory]
    [InlineData("0.0.0.0")]
    [InlineData("0.255.255.255")]
    [InlineData("10.0.0.1")]
    [InlineData("100.64.0.1")]
    [InlineData("100.127.255.255")]
    [InlineData("127.0.0.1")]
    [InlineData("127.255.255.254")]
    [InlineData("169.254.169.254")]
    [InlineData("172.16.0.1")]
    [InlineData("172.31.255.255")]
    [InlineData("192.0.0.8")]
    [InlineData("192.0.2.1")]
    [InlineData("192.88.99.1")]
    [InlineData("192.168.1.1")]
    [InlineData("198.18.0.1")]
    [InlineData("198.19.255.255")]
    [InlineData("198.51.100.7")]
    [InlineData("203.0.113.7")]
    [InlineData("224.0.0.1")]
    [InlineData("240.0.0.1")]
    [InlineData("255.255.255.255")]
    [InlineData("::")]
    [InlineData("::1")]
    [InlineData("::10.0.0.1")]
    [InlineData("::ffff:10.0.0.1")]
    [InlineData("::ffff:127.0.0.1")]
    [InlineData("::ffff:169.254.169.254")]
    [InlineData("64:ff9b::10.0.0.1")]
    [InlineData("64:ff9b::127.0.0.1")]
    [InlineData("64:ff9b:1::1")]
    [InlineData("100::1")]
    [InlineData("2001::1")]
    [InlineData("2001:2::1")]
    [InlineData("2001:10::1")]
    [InlineData("2001:db8::1")]
    [InlineData("2002:0a00:0001::1")]
    [InlineData("3fff::1")]
    [InlineData("5f00::1")]
    [InlineData("fc00::1")]
    [InlineData("fd12:3456::1")]
    [InlineData("fe80::1")]
    [InlineData("fec0::1")]
    [InlineData("ff02::1")]
    public async Task Create_AddressThatIsNotPublic_IsNeverConnectedTo(string address)
    {
        var parsed = IPAddress.Parse(address);
        var literal = parsed.AddressFamily == AddressFamily.InterNetworkV6 ? $"[{address}]" : address;
        Assert.Equal(OAuthErrorCodes.AddressNotPublic, GuardedHttpHandler.Check($"https://{literal}/cb").Error?.Code);
        await AssertRefusedAsync($"https://{literal}:1/cb", new());
        await AssertRefusedAsync("https://client.example:1/cb", new() { Resolve = (_, _) => Task.FromResult<IPAddress[]>([parsed]) });
    }

    [Theory]
    [InlineData("9.255.255.255")]
    [InlineData("11.0.0.0")]
    [InlineData("100.63.255.255")]
    [InlineData("100.128.0.0")]
    [InlineData("172.15.255.255")]
    [InlineData("172.32.0.0")]
    [InlineData("192.167.255.255")]
    [InlineData("192.169.0.0")]
    [InlineData("198.17.255.255")]
    [InlineData("198.20.0.0")]
    [InlineData("223.255.255.255")]
    [InlineData("::ffff:11.0.0.0")]
    [InlineData("64:ff9b::11.0.0.0")]
    [InlineData("2001:200::1")]
    [InlineData("2400:4000::1")]
    [InlineData("3ffe::1")]
    public void Check_PublicAddress_IsTaken(string address) =>
        Assert.True(GuardedHttpHandler.Check(address.Contains(':', StringComparison.Ordinal) ? $"https://[{address}]/cb" : $"https://{address}/cb").Succeeded);

    [Theory]
    [InlineData("https://localhost/cb")]
    [InlineData("https://localhost./cb")]
    [InlineData("https://rp.localhost/cb")]
    [InlineData("https://0x7f000001/cb")]
    [InlineData("https://2130706433/cb")]
    [InlineData("https://127.1/cb")]
    [InlineData("https://0177.0.0.1/cb")]
    public void Check_LoopbackInDisguise_IsRefused(string url)
    {
        Assert.Equal(OAuthErrorCodes.AddressNotPublic, GuardedHttpHandler.Check(url).Error?.Code);
        Assert.True(GuardedHttpHandler.Check(url, new() { AllowHttpOnLoopback = true }).Succeeded);
    }

    [Theory]
    [InlineData("http://client.example/cb")]
    [InlineData("http://127.0.0.1/cb")]
    [InlineData("ftp://client.example/cb")]
    [InlineData("https://user@client.example/cb")]
    [InlineData("https://client.example/cb#f")]
    [InlineData("/cb")]
    [InlineData("")]
    [InlineData(null)]
    public void Check_UrlThatIsNotHttps_IsRefused(string? url) => Assert.Equal(OAuthErrorCodes.EndpointNotHttps, GuardedHttpHandler.Check(url).Error?.Code);

    [Fact]
    public async Task Create_NameThatLeadsOutAndIn_IsRefused() => await AssertRefusedAsync(
        "https://client.example:1/cb", new() { Resolve = (_, _) => Task.FromResult<IPAddress[]>([IPAddress.Parse("11.0.0.1"), IPAddress.Loopback]) });

    [Fact]
    public async Task Create_NameThatLeadsNowhere_IsRefused() =>
        await AssertRefusedAsync("https://client.example:1/cb", new() { Resolve = (_, _) => Task.FromResult<IPAddress[]>([]) });

    [Fact]
    public async Task Create_PrivateNetworkThatWasNamed_IsCalledByHttpsOnly()
    {
        var options = new GuardedHttpOptions { AllowedNetworks = [IPNetwork.Parse("10.20.0.0/16")] };
        Assert.True(GuardedHttpHandler.Check("https://10.20.1.1/cb", options).Succeeded);
        Assert.True(GuardedHttpHandler.Check("https://[::ffff:10.20.1.1]/cb", options).Succeeded);
        Assert.Equal(OAuthErrorCodes.AddressNotPublic, GuardedHttpHandler.Check("https://10.21.1.1/cb", options).Error?.Code);
        await AssertRefusedAsync("http://10.20.1.1:1/cb", options);
    }

    [Fact]
    public async Task Create_LoopbackThatWasAllowed_IsCalledWithoutProxyCookieRedirectOrTrace()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var serving = ServeAsync(listener, "HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1/elsewhere\r\nSet-Cookie: a=b\r\nContent-Length: 0\r\n\r\n");
        using var activity = new System.Diagnostics.Activity("test").Start();
        using var handler = GuardedHttpHandler.Create(new() { AllowHttpOnLoopback = true });
        using var http = new HttpClient(handler, disposeHandler: false);
        using var answer = await http.GetAsync(new Uri($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/cb"), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
        var asked = await serving;
        Assert.DoesNotContain("traceparent", asked, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("cookie", asked, StringComparison.OrdinalIgnoreCase);
        Assert.False(handler.UseProxy);
        Assert.False(handler.UseCookies);
        Assert.False(handler.AllowAutoRedirect);
    }

    [Fact]
    public async Task Create_NameIsResolvedOnce_TheJudgedAddressIsCalled()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var serving = ServeAsync(listener, "HTTP/1.1 204 No Content\r\n\r\n");
        var resolved = 0;
        using var http = new HttpClient(GuardedHttpHandler.Create(new()
        {
            AllowHttpOnLoopback = true,
            Resolve = (_, _) => Task.FromResult<IPAddress[]>(++resolved == 1 ? [IPAddress.Loopback] : [IPAddress.Parse("11.0.0.1")]),
        }));
        using var answer = await http.GetAsync(new Uri($"http://rebinding.localhost:{((IPEndPoint)listener.LocalEndpoint).Port}/cb"), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        Assert.Equal(1, resolved);
        await serving;
    }

    [Fact]
    public void Create_WithoutTime_Throws() => Assert.Throws<ArgumentException>(() => GuardedHttpHandler.Create(new() { ConnectTimeout = TimeSpan.Zero }));

    private static async Task AssertRefusedAsync(string url, GuardedHttpOptions options)
    {
        using var http = new HttpClient(GuardedHttpHandler.Create(options));
        var refused = await Assert.ThrowsAsync<HttpRequestException>(() => http.GetAsync(new Uri(url), TestContext.Current.CancellationToken));
        Assert.IsType<AddressRefusedException>(refused.InnerException);
    }

    private static async Task<string> ServeAsync(TcpListener listener, string answer)
    {
        using var socket = await listener.AcceptTcpClientAsync(TestContext.Current.CancellationToken);
        var stream = socket.GetStream();
        var buffer = new byte[4096];
        var read = await stream.ReadAsync(buffer, TestContext.Current.CancellationToken);
        await stream.WriteAsync(Encoding.ASCII.GetBytes(answer), TestContext.Current.CancellationToken);
        return Encoding.ASCII.GetString(buffer, 0, read);
    }
}
