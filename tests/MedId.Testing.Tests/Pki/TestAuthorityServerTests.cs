using System.Net;

namespace MedId.Testing.Tests.Pki;

public sealed class TestAuthorityServerTests : IAsyncLifetime
{
    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false }) { Timeout = TimeSpan.FromSeconds(5) };
    private TestAuthorityServer _server = null!;
    private TestAuthority _authority = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await TestAuthorityServer.StartAsync();
        _authority = TestAuthority.CreateRoot(TestName.Common("LAB root"), new() { BaseUri = _server.BaseUri, Now = TimeProvider.System.GetUtcNow() });
        _server.Add(_authority).Add(new TestTimestampAuthority(_authority));
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task Get_IssuerCertificate_IsTheCertificate()
    {
        var response = await _http.GetAsync(new Uri($"{_server.BaseUri}/aia/{_authority.Slug}.cer"));

        Assert.Equal("application/pkix-cert", response.Content.Headers.ContentType!.MediaType);
        Assert.Equal(_authority.Certificate.Der, await response.Content.ReadAsByteArrayAsync());
        Assert.Equal(new TestServerRequest("GET", "aia", $"/aia/{_authority.Slug}.cer"), Assert.Single(_server.Requests));
    }

    [Fact]
    [Trait("Peer", "openssl")]
    public async Task Ocsp_OpenSslOverHttp_IsGood()
    {
        using var openSsl = new OpenSsl();
        var issuer = openSsl.WritePems("issuer.pem", _authority.Certificate);
        var leaf = openSsl.WritePems("leaf.pem", _authority.Issue(TestName.Common("LAB leaf")));

        var text = await OpenSsl.SucceedAsync("ocsp", "-url", $"{_server.BaseUri}/ocsp/{_authority.Slug}", "-issuer", issuer, "-cert", leaf, "-CAfile", issuer);

        Assert.Contains(": good", text, StringComparison.Ordinal);
        Assert.Equal(1, _server.Count("ocsp"));
    }

    [Fact]
    public async Task Ocsp_GetAndPostOfOneRequest_AnswerAlike()
    {
        var id = TestOcspResponder.CertificateId(_authority, _authority.Issue(TestName.Common("LAB leaf")).SerialNumber);
        var request = TestDer.Sequence(TestDer.Sequence(TestDer.Sequence(TestDer.Sequence(id))));
        var uri = $"{_server.BaseUri}/ocsp/{_authority.Slug}";
        using var content = new ByteArrayContent(request);

        var posted = await (await _http.PostAsync(new Uri(uri), content)).Content.ReadAsByteArrayAsync();
        var got = await _http.GetByteArrayAsync(new Uri($"{uri}/{Uri.EscapeDataString(Convert.ToBase64String(request))}"));

        Assert.Contains(Convert.ToHexString(id), Convert.ToHexString(posted), StringComparison.Ordinal);
        Assert.Contains(Convert.ToHexString(id), Convert.ToHexString(got), StringComparison.Ordinal);
        Assert.Equal(["POST", "GET"], _server.Requests.Select(asked => asked.Method));
    }

    [Theory]
    [InlineData(ServerFault.InternalServerError, HttpStatusCode.InternalServerError)]
    [InlineData(ServerFault.NotFound, HttpStatusCode.NotFound)]
    [InlineData(ServerFault.Unavailable, HttpStatusCode.ServiceUnavailable)]
    [InlineData(ServerFault.Redirect, HttpStatusCode.Redirect)]
    public async Task Misbehave_Status_IsSent(ServerFault fault, HttpStatusCode status) =>
        Assert.Equal(status, (await _http.GetAsync(CrlUri(fault))).StatusCode);

    [Theory]
    [InlineData(ServerFault.Empty, "application/pkix-crl", 0)]
    [InlineData(ServerFault.Garbage, "application/pkix-crl", 14)]
    [InlineData(ServerFault.Html, "text/html", 39)]
    public async Task Misbehave_Body_IsSent(ServerFault fault, string mediaType, int length)
    {
        var response = await _http.GetAsync(CrlUri(fault));

        Assert.Equal(mediaType, response.Content.Headers.ContentType!.MediaType);
        Assert.Equal(length, (await response.Content.ReadAsByteArrayAsync()).Length);
    }

    [Theory]
    [InlineData(ServerFault.Hang)]
    [InlineData(ServerFault.HangInBody)]
    [InlineData(ServerFault.Endless)]
    public async Task Misbehave_Hang_OutlastsTheCaller(ServerFault fault)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMilliseconds(300));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            using var response = await _http.GetAsync(CrlUri(fault), HttpCompletionOption.ResponseHeadersRead, patience.Token);
            await (await response.Content.ReadAsStreamAsync(patience.Token)).CopyToAsync(Stream.Null, patience.Token);
        });
    }

    [Fact]
    public async Task Misbehave_Break_BreaksTheBody() => await Assert.ThrowsAsync<HttpRequestException>(() => _http.GetByteArrayAsync(CrlUri(ServerFault.Break)));

    [Fact]
    public async Task Misbehave_NoneAgain_Behaves()
    {
        await _http.GetAsync(CrlUri(ServerFault.NotFound));

        Assert.Equal(HttpStatusCode.OK, (await _http.GetAsync(CrlUri(ServerFault.None))).StatusCode);
        Assert.Equal(2, _server.Count("crl"));
    }

    private Uri CrlUri(ServerFault fault)
    {
        _server.Misbehave("crl", fault);
        return new($"{_server.BaseUri}/crl/{_authority.Slug}.crl");
    }
}
