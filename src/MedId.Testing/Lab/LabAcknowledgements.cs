using System.Text.Json;
using MedId.Ciba.Server;
using MedId.OAuth.Server;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace MedId.Testing;

/// <summary>Reads the <c>auth_req_id</c> in passing, because the OP itself keeps only its digest.</summary>
internal static class LabAcknowledgements
{
    private const int MaxBytes = 4096;

    public static async Task ReadAsync(HttpContext http, RequestDelegate next)
    {
        var endpoint = http.RequestServices.GetRequiredService<CibaOptions>().EndpointOf(http.RequestServices.GetRequiredService<OAuthServerOptions>());
        if (!HttpMethods.IsPost(http.Request.Method) || !endpoint.EndsWith(http.Request.Path.Value ?? "/", StringComparison.Ordinal))
        {
            await next(http).ConfigureAwait(false);
            return;
        }

        var outside = http.Response.Body;
        using var copy = new MemoryStream();
        http.Response.Body = copy;
        try
        {
            await next(http).ConfigureAwait(false);
        }
        finally
        {
            http.Response.Body = outside;
        }

        if (http.Response.StatusCode == StatusCodes.Status200OK && copy.Length is > 0 and <= MaxBytes)
        {
            Note(http, copy.GetBuffer().AsMemory(0, (int)copy.Length));
        }

        await outside.WriteAsync(copy.GetBuffer().AsMemory(0, (int)copy.Length), http.RequestAborted).ConfigureAwait(false);
    }

    private static void Note(HttpContext http, ReadOnlyMemory<byte> body)
    {
        using var json = JsonDocument.Parse(body);
        if (json.RootElement.TryGetProperty("auth_req_id", out var id) && id.GetString() is { } authReqId
            && http.RequestServices.GetRequiredService<LabRequests>().FindByDigest(LabRequests.DigestOf(authReqId)) is { } seen)
        {
            seen.AuthReqId = authReqId;
        }
    }
}
