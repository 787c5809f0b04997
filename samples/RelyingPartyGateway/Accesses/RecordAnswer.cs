using Microsoft.AspNetCore.Http;

namespace MedId.Samples.RelyingPartyGateway;

/// <summary>The API's answer, handed on.</summary>
internal sealed class RecordAnswer(int status, string? contentType, byte[] body) : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.StatusCode = status;
        httpContext.Response.ContentType = contentType;
        await httpContext.Response.Body.WriteAsync(body, httpContext.RequestAborted);
    }
}
