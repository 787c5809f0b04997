using System.Text.Json;
using System.Text.Json.Nodes;
using MedId.Core;
using MedId.Cryptography;
using MedId.Samples.Hosting;
using Microsoft.AspNetCore.Http;

namespace MedId.Samples.RelyingPartyGateway;

/// <summary>Bodies in and out.</summary>
internal static class GatewayAnswers
{
    private const int MaxBytes = 64 * 1024;

    public static IResult Json(JsonObject json, int status = StatusCodes.Status200OK) => Results.Text(SampleJson.ToText(json), "application/json", statusCode: status);

    public static IResult Refused(string code, int status) => Json(new JsonObject { ["error"] = code }, status);

    /// <summary>What the caller has to mend is 400, what the OP or the patient refused is 409.</summary>
    public static IResult Refused(MedIdError error, int status = StatusCodes.Status409Conflict) =>
        Json(error.Detail is null ? new JsonObject { ["error"] = error.Code } : new JsonObject { ["error"] = error.Code, ["detail"] = error.Detail }, status);

    public static async Task<MedIdResult<JsonElement>> ReadAsync(HttpContext http)
    {
        var body = new byte[MaxBytes + 1];
        var length = await http.Request.Body.ReadAtLeastAsync(body, body.Length, throwOnEndOfStream: false, http.RequestAborted);
        var json = StrictJson.ParseObject(body.AsMemory(0, length), maxBytes: MaxBytes);
        return json.Succeeded ? json : new MedIdError(GatewayErrorCodes.RequestMalformed, ErrorCategory.Malformed, "openapi.json", json.Error.Code);
    }
}
