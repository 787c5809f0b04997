using System.Globalization;
using System.Text;
using System.Text.Json;
using MedId.Core;
using MedId.Cryptography;
using MedId.OAuth.Server;
using MedId.Provider;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace MedId.AspNetCore.Provider;

/// <summary>What a reception desk calls that takes consent on paper or in words. The desk authenticates like any client, and names its clerk.</summary>
internal static class ConsentDeskRoutes
{
    private const string Route = "/desk/consents";
    private const int MaxBytes = 32 * 1024;

    public static void Map(RouteGroupBuilder group) => group.MapPost(Route, static (HttpContext http) => OAuthRoutes.FormAsync(http, RecordAsync));

    private static async ValueTask<OAuthAnswer> RecordAsync(HttpContext http, OAuthRequest request)
    {
        var options = http.RequestServices.GetRequiredService<ProviderOptions>();
        var client = await http.RequestServices.GetRequiredService<ClientAuthenticator>().AuthenticateAsync(request, options.Issuer + Route, http.RequestAborted).ConfigureAwait(false);
        if (!client.Succeeded)
        {
            return OAuthAnswer.Refused(client.Error);
        }

        var read = Read(request.Form);
        var done = read.Succeeded
            ? await http.RequestServices.GetRequiredService<ConsentDesk>().RecordAsync(client.Value.ClientId, read.Value, http.RequestAborted).ConfigureAwait(false)
            : read.Error;
        return done.Succeeded
            ? OAuthAnswer.Json(Write(done.Value), client.Value.ClientId)
            : OAuthAnswer.Refused(new OAuthRefusal(done.Error, "invalid_request", DeviceRefusals.HttpStatus(done.Error)), client.Value.ClientId);
    }

    private static MedIdResult<DeskConsent> Read(OAuthForm form)
    {
        var parsed = form["consent"] is { } text && Encoding.UTF8.GetBytes(text) is { Length: <= MaxBytes } bytes ? StrictJson.ParseObject(bytes, maxDepth: 3, maxBytes: MaxBytes) : DeviceRefusals.Malformed("consent");
        if (!parsed.Succeeded)
        {
            return DeviceRefusals.Malformed("consent is a JSON object");
        }

        var json = parsed.Value;

        // A year has fewer than 2^25 seconds; anything longer is out of bounds in any case.
        return Text("person") is { } person && Text("method") is { } method && Text("resource") is { } resource && List("recipients") is { } recipients
            && List("scopes") is { } scopes && List("purposes") is { } purposes && Time("valid_until") is { } until && Time("taken_at") is { } taken && Text("form_version") is { } version
            && IsTextOrAbsent("scan_digest") && IsTextOrAbsent("witness")
            && json.TryGetProperty("access_seconds", out var access) && access.ValueKind == JsonValueKind.Number && access.TryGetInt32(out var seconds)
            ? new DeskConsent
            {
                Person = person,
                Method = method,
                Resource = resource,
                Recipients = recipients,
                Scopes = scopes,
                Purposes = purposes,
                ValidUntil = until,
                Access = TimeSpan.FromSeconds(seconds),
                FormVersion = version,
                TakenAt = taken,
                ClerkId = form["clerk"] ?? string.Empty,
                ScanDigest = Text("scan_digest"),
                WitnessId = Text("witness"),
            }
            : DeviceRefusals.Malformed("consent: person, method, resource, recipients, scopes, purposes, access_seconds, valid_until, form_version, taken_at; scan_digest or witness");

        string? Text(string name) => json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

        bool IsTextOrAbsent(string name) => !json.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.String;

        IReadOnlyList<string>? List(string name) =>
            json.TryGetProperty(name, out var list) && list.ValueKind == JsonValueKind.Array && list.GetArrayLength() <= 256 && list.EnumerateArray().All(static one => one.ValueKind == JsonValueKind.String)
                ? [.. list.EnumerateArray().Select(static one => one.GetString()!)]
                : null;

        DateTimeOffset? Time(string name) =>
            Text(name) is { } text && DateTimeOffset.TryParseExact(text, "yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time) ? time : null;
    }

    private static byte[] Write(StandingConsent standing)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("id", standing.Id);
            json.WriteString("given_at", ConsentNotice.FormatTime(standing.GivenAt));
            json.WriteString("valid_until", ConsentNotice.FormatTime(standing.ValidUntil));
            json.WriteEndObject();
        }

        return buffer.ToArray();
    }
}
