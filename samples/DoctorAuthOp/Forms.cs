using MedId.Core;
using MedId.OAuth.Server;
using Microsoft.AspNetCore.Http;

namespace MedId.Samples.DoctorAuthOp;

/// <summary>Reads form bodies of bounded size.</summary>
internal static class Forms
{
    public static async Task<MedIdResult<OAuthForm>> ReadAsync(HttpRequest request)
    {
        var body = new byte[OAuthForm.MaxBytes + 1];
        var length = await request.Body.ReadAtLeastAsync(body, body.Length, throwOnEndOfStream: false, request.HttpContext.RequestAborted);
        return OAuthForm.Read(request.ContentType, body.AsSpan(0, length));
    }

    public static async Task WriteAsync(HttpResponse response, OAuthAnswer answer)
    {
        response.StatusCode = answer.Status;
        response.ContentType = answer.ContentType;
        foreach (var (name, value) in answer.Headers)
        {
            response.Headers.Append(name, value);
        }

        await response.Body.WriteAsync(answer.Body, response.HttpContext.RequestAborted);
    }
}
