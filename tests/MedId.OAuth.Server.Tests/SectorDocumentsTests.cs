using System.Net;
using MedId.Core;
using MedId.TestSupport;

namespace MedId.OAuth.Server.Tests;

/// <summary>What is at a <c>sector_identifier_uri</c>, as a server that misbehaves gives it.</summary>
public sealed class SectorDocumentsTests
{
    private const string Named = """["https://clinic-a.example/jwks"]""";
    private readonly ManualTimeProvider _time = new(TestServer.Start);

    private static ClientRegistration Client(string? sector = "https://group.example/sector") => new(
        TenantId.Single, TestServer.Metadata("one", TestServer.EhrKey) with { Jwks = null, JwksUri = "https://clinic-a.example/jwks", SectorIdentifierUri = sector });

    [Fact]
    public async Task VerifyAsync_DocumentThatNamesTheClient_IsTaken() => Assert.Null(await CodeAsync(_ => Answer(Named)));

    [Fact]
    public async Task VerifyAsync_NoSectorIdentifierUri_CallsNobody() => Assert.Null(await CodeAsync(_ => throw new InvalidOperationException("nobody is called"), Client(sector: null)));

    [Fact]
    public async Task VerifyAsync_DocumentThatDoesNot_IsRefused() =>
        Assert.Equal(OAuthServerErrorCodes.SectorIdentifierForeign, await CodeAsync(_ => Answer("""["https://clinic-b.example/jwks"]""")));

    [Fact]
    public async Task VerifyAsync_NoDocument_IsRefused()
    {
        foreach (var answer in new Func<HttpRequestMessage, HttpResponseMessage>[]
        {
            _ => Answer(Named, HttpStatusCode.NotFound),
            _ => Answer(Named, HttpStatusCode.Found),
            _ => Answer(Named, HttpStatusCode.NoContent),
            _ => Answer(Named, HttpStatusCode.InternalServerError),
            _ => Answer(Named + new string(' ', 64 * 1024)),
            _ => throw new HttpRequestException("refused", new AddressRefusedException()),
            _ => throw new HttpRequestException("nobody"),
        })
        {
            Assert.Equal(OAuthServerErrorCodes.SectorIdentifierUnavailable, await CodeAsync(answer));
        }

        Assert.Equal(OAuthServerErrorCodes.SectorIdentifierUnavailable, await CodeAsync(_ => Answer(Named), Client("http://group.example/sector")));
    }

    [Fact]
    public async Task VerifyAsync_ServerThatDoesNotAnswer_IsRefusedInTime()
    {
        using var http = new HttpClient(new Handler(async (_, cancelled) =>
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, cancelled);
            return Answer(Named);
        }));
        var asked = new SectorDocuments(new ProtocolHttpClient(http, new() { Timeout = TimeSpan.FromSeconds(5) }, _time)).VerifyAsync(Client(), TestContext.Current.CancellationToken);
        _time.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(OAuthServerErrorCodes.SectorIdentifierUnavailable, (await asked).Error?.Code);
    }

    private static HttpResponseMessage Answer(string body, HttpStatusCode status = HttpStatusCode.OK) => new(status) { Content = new StringContent(body) };

    private async Task<string?> CodeAsync(Func<HttpRequestMessage, HttpResponseMessage> answer, ClientRegistration? client = null)
    {
        using var http = new HttpClient(new Handler((request, _) =>
        {
            var response = answer(request);
            response.RequestMessage = request;
            return Task.FromResult(response);
        }));
        return (await new SectorDocuments(new ProtocolHttpClient(http, null, _time)).VerifyAsync(client ?? Client(), TestContext.Current.CancellationToken)).Error?.Code;
    }

    private sealed class Handler(Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage>> answer) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) => answer(request, cancellationToken);
    }
}
