using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using MedId.Core;
using Microsoft.AspNetCore.Http;

namespace MedId.Testing;

/// <summary>Bodies and answers of the hook.</summary>
internal static class LabJson
{
    private const int MaxBytes = 64 * 1024;

    /// <summary>The body as an object, an empty one where there is none; null when it is something else.</summary>
    public static async ValueTask<JsonObject?> ReadAsync(HttpContext http)
    {
        using var buffer = new MemoryStream();
        var chunk = new byte[4096];
        int read;
        while ((read = await http.Request.Body.ReadAsync(chunk, http.RequestAborted).ConfigureAwait(false)) > 0)
        {
            if (buffer.Length + read > MaxBytes)
            {
                return null;
            }

            await buffer.WriteAsync(chunk.AsMemory(0, read), http.RequestAborted).ConfigureAwait(false);
        }

        if (buffer.Length == 0)
        {
            return [];
        }

        try
        {
            return JsonNode.Parse(buffer.GetBuffer().AsSpan(0, (int)buffer.Length), documentOptions: new() { AllowDuplicateProperties = false, MaxDepth = 16 }) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public static Task WriteAsync(HttpContext http, int status, JsonNode json)
    {
        var body = Encoding.UTF8.GetBytes(json.ToJsonString());
        http.Response.StatusCode = status;
        http.Response.ContentType = "application/json";
        http.Response.ContentLength = body.Length;
        http.Response.Headers.CacheControl = "no-store";
        return http.Response.Body.WriteAsync(body, http.RequestAborted).AsTask();
    }

    public static Task RefuseAsync(HttpContext http, int status, string error, string? detail = null) =>
        WriteAsync(http, status, detail is null ? new JsonObject { ["error"] = error } : new JsonObject { ["error"] = error, ["detail"] = detail });

    public static Task RefuseAsync(HttpContext http, int status, MedIdError error) => RefuseAsync(http, status, error.Code, error.Detail);

    public static string? Text(JsonObject body, string name) => body[name] is JsonValue value && value.TryGetValue(out string? text) ? text : null;

    public static JsonObject Describe(LabRequest request)
    {
        var parameters = new JsonObject { ["scope"] = string.Join(' ', request.Scopes) };
        Add("acr_values", request.AcrValues.Count > 0 ? string.Join(' ', request.AcrValues) : null);
        Add("binding_message", request.BindingMessage);
        Add("resource", request.Resource);
        if (request.Parameters is { } asked)
        {
            Add(
                asked.HintKind switch { Ciba.Server.HintKind.LoginHint => "login_hint", Ciba.Server.HintKind.IdTokenHint => "id_token_hint", _ => "login_hint_token" },
                asked.Hint);
            Add("requested_expiry", asked.RequestedExpiry is { } expiry ? ((long)expiry.TotalSeconds).ToString(CultureInfo.InvariantCulture) : null);
            Add("authorization_details", asked.AuthorizationDetails);
        }

        return new()
        {
            ["id"] = request.AuthReqId ?? request.RequestId,
            ["request"] = request.RequestId,
            ["clientId"] = request.ClientId,
            ["accountId"] = request.AccountId,
            ["params"] = parameters,
            ["signed"] = request.Parameters?.SignedRequest is not null,
            ["status"] = request.Status,
            ["at"] = request.CreatedAt.ToUnixTimeMilliseconds(),
        };

        void Add(string name, string? value)
        {
            if (value is not null)
            {
                parameters[name] = value;
            }
        }
    }
}
