using System.Text;
using MedId.Samples.Hosting;
using MedId.Samples.PatientPhone;
using Microsoft.AspNetCore.Http;

namespace MedId.Samples.Tests;

/// <summary>A push holds an opaque id and nothing else.</summary>
public class PushEndpointTests
{
    private const string Id = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8";

    [Fact]
    public async Task Handle_OpaqueId_TakesIt()
    {
        var push = new PushEndpoint(new StepReporter("phone", null, TimeProvider.System));
        var context = Context($$"""{"id":"{{Id}}"}""", "application/json");
        await push.HandleAsync(context);
        Assert.Equal(StatusCodes.Status204NoContent, context.Response.StatusCode);
        await foreach (var taken in push.Requests(CancellationToken.None))
        {
            Assert.Equal(Id, taken);
            break;
        }
    }

    [Theory]
    [InlineData("{\"id\":\"" + Id + "\",\"name\":\"x\"}", "application/json")]
    [InlineData("{\"id\":\"" + Id + "\",\"id\":\"" + Id + "\"}", "application/json")]
    [InlineData("{\"id\":\"" + Id + "A\"}", "application/json")]
    [InlineData("{\"id\":\"" + Id + "=\"}", "application/json")]
    [InlineData("{\"id\":1}", "application/json")]
    [InlineData("{}", "application/json")]
    [InlineData("[\"" + Id + "\"]", "application/json")]
    [InlineData("{\"id\":\"" + Id + "\"}", "text/plain")]
    [InlineData("", "application/json")]
    public async Task Handle_AnythingElse_IsMalformed(string body, string mediaType)
    {
        using var reports = new StringWriter();
        var context = Context(body, mediaType);
        await new PushEndpoint(new StepReporter("phone", reports, TimeProvider.System)).HandleAsync(context);
        Assert.Equal(StatusCodes.Status400BadRequest, context.Response.StatusCode);
        Assert.Contains(PhoneErrorCodes.PushMalformed, reports.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(256, StatusCodes.Status204NoContent)]
    [InlineData(257, StatusCodes.Status400BadRequest)]
    public async Task Handle_BodyAtTheLimitAndOneBeyond_IsJudgedByItsLength(int length, int status)
    {
        var context = Context($$"""{"id":"{{Id}}"}""".PadRight(length), "application/json");
        await new PushEndpoint(new StepReporter("phone", null, TimeProvider.System)).HandleAsync(context);
        Assert.Equal(status, context.Response.StatusCode);
    }

    private static DefaultHttpContext Context(string body, string mediaType)
    {
        var context = new DefaultHttpContext();
        context.Request.Body = new MemoryStream(Encoding.UTF8.GetBytes(body));
        context.Request.ContentType = mediaType;
        return context;
    }
}
