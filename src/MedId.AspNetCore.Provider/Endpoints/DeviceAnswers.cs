using System.Text.Json;
using MedId.Core;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace MedId.AspNetCore.Provider;

/// <summary>How the JSON endpoints of a person's devices read and answer: bearer tokens, no caching, problem details with our codes.</summary>
internal static class DeviceAnswers
{
    public static string? Bearer(HttpContext http) =>
        http.Request.Headers.Authorization is [{ } header] && header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) ? header["Bearer ".Length..].Trim() : null;

    public static async Task WriteAsync<T>(HttpContext http, MedIdResult<T> result, Action<Utf8JsonWriter, T>? write)
        where T : notnull
    {
        http.Response.Headers.CacheControl = "no-store";
        if (result.Succeeded && write is null)
        {
            http.Response.StatusCode = StatusCodes.Status204NoContent;
            return;
        }

        if (!result.Succeeded)
        {
            Log.ActRefused(http.RequestServices.GetRequiredService<ILogger<ProviderLog>>(), result.Error.Code, result.Error.Section, result.Error.Detail);
            ProviderTelemetry.CountRefusal(Answers.Endpoint(http), result.Error.Code);
            http.Features.Set(new ProviderOutcome { Error = result.Error });
            http.Response.StatusCode = DeviceRefusals.HttpStatus(result.Error);
            if (http.Response.StatusCode == StatusCodes.Status401Unauthorized)
            {
                http.Response.Headers.WWWAuthenticate = "Bearer error=\"invalid_token\"";
            }
        }

        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            if (result.Succeeded)
            {
                write!(json, result.Value);
            }
            else
            {
                // RFC 9457, with the stable code beside the members of the standard.
                json.WriteStartObject();
                json.WriteString("title", "The request was refused.");
                json.WriteNumber("status", http.Response.StatusCode);
                json.WriteString("code", result.Error.Code);
                json.WriteEndObject();
            }
        }

        http.Response.ContentType = result.Succeeded ? "application/json" : "application/problem+json";
        http.Response.ContentLength = buffer.Length;
        await http.Response.Body.WriteAsync(buffer.GetBuffer().AsMemory(0, (int)buffer.Length), http.RequestAborted).ConfigureAwait(false);
    }
}
