using Microsoft.AspNetCore.Http;

namespace MedId.AspNetCore.ResourceServer;

/// <summary>A resource as an answer.</summary>
internal sealed class FhirContent(ReadOnlyMemory<byte> utf8) : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.ContentType = FhirResults.MediaType;
        httpContext.Response.ContentLength = utf8.Length;
        httpContext.Response.Headers.CacheControl = "no-store";
        await httpContext.Response.Body.WriteAsync(utf8, httpContext.RequestAborted).ConfigureAwait(false);
    }
}
