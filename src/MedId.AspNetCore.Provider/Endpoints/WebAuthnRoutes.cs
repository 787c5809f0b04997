using System.Text;
using System.Text.Json;
using MedId.Core;
using MedId.Cryptography;
using MedId.Fido2;
using MedId.Provider;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace MedId.AspNetCore.Provider;

/// <summary>What a page or app calls for the acts of a passkey; options and responses are the standard's JSON (WebAuthn L3 §5.1).</summary>
internal static class WebAuthnRoutes
{
    private const int MaxBytes = 320 * 1024;
    private const int MaxDepth = 16;

    public static void Map(RouteGroupBuilder group, PasskeyOptions options)
    {
        group.MapPost("/webauthn/registration/options", static (HttpContext http) => BeginAsync(http, BeginEnrolmentAsync));
        group.MapPost("/webauthn/registration", static (HttpContext http) => CompleteAsync(http, CompleteEnrolmentAsync));
        group.MapPost("/webauthn/authentication/options", static (HttpContext http) => BeginAsync(http, BeginAuthenticationAsync));
        group.MapPost("/webauthn/authentication", static (HttpContext http) => CompleteAsync(http, CompleteAuthenticationAsync));
        if (options.RelatedOrigins.Count > 0)
        {
            group.MapGet(RelatedOriginsDocument.Path, static (HttpContext http) =>
            {
                http.Response.ContentType = RelatedOriginsDocument.ContentType;
                return http.Response.WriteAsync(Acts(http).RelatedOrigins!.ToJson(), http.RequestAborted);
            });
        }
    }

    private static PasskeyActs Acts(HttpContext http) => http.RequestServices.GetRequiredService<PasskeyActs>();

    private static async Task BeginAsync(HttpContext http, Func<HttpContext, JsonElement, ValueTask<MedIdResult<PasskeyAct>>> begin)
    {
        var asked = await ReadAsync(http).ConfigureAwait(false);
        var act = asked.Succeeded ? await begin(http, asked.Value).ConfigureAwait(false) : asked.Error;
        await DeviceAnswers.WriteAsync(http, act, static (json, value) =>
        {
            json.WriteStartObject();
            json.WriteString("ceremony", value.Id);
            json.WriteString("nonce", value.Nonce);
            json.WriteNumber("expires_in", (long)value.Lifetime.TotalSeconds);
            WriteIfAny(json, "choice", value.Choice);
            WriteIfAny(json, "digest", value.Digest);
            json.WritePropertyName("publicKey");
            json.WriteRawValue(value.PublicKey);
            json.WriteEndObject();
        }).ConfigureAwait(false);
    }

    private static async Task CompleteAsync(HttpContext http, Func<HttpContext, JsonElement, ValueTask<MedIdResult<PasskeyOutcome>>> complete)
    {
        var sent = await ReadAsync(http).ConfigureAwait(false);
        var outcome = sent.Succeeded ? await complete(http, sent.Value).ConfigureAwait(false) : sent.Error;
        if (outcome.Succeeded)
        {
            Log.ActAccepted(http.RequestServices.GetRequiredService<ILogger<ProviderLog>>(), outcome.Value.Kind.ToString());
            http.Features.Set(new ProviderOutcome { Act = outcome.Value.Kind });
        }

        ProviderTelemetry.CountAct(outcome.Value?.Kind.ToString() ?? "any", outcome.Error?.Code ?? "accepted");
        await DeviceAnswers.WriteAsync(http, outcome, Write).ConfigureAwait(false);
    }

    private static async ValueTask<MedIdResult<PasskeyAct>> BeginEnrolmentAsync(HttpContext http, JsonElement asked) => Text(asked, "ticket") is { } ticket
        ? await Acts(http).BeginEnrolmentAsync(ticket, http.RequestAborted).ConfigureAwait(false)
        : DeviceRefusals.Malformed("ticket is a text");

    private static async ValueTask<MedIdResult<PasskeyAct>> BeginAuthenticationAsync(HttpContext http, JsonElement asked) => Text(asked, "act") switch
    {
        "sign-in" => await Acts(http).BeginSignInAsync(http.RequestAborted).ConfigureAwait(false),
        "open" when Text(asked, "request") is { } request => await Acts(http).BeginOpenAsync(request, http.RequestAborted).ConfigureAwait(false),
        "consent" when Text(asked, "request") is { } request && DeviceRoutes.ReadChoice(asked) is { Succeeded: true } choice =>
            await Acts(http).ChooseAsync(DeviceAnswers.Bearer(http), request, choice.Value.Confirmed, choice.Value.Granted, http.RequestAborted).ConfigureAwait(false),
        "standing" when Text(asked, "draft") is { } draft && DeviceRoutes.ReadChoice(asked) is { Succeeded: true } choice =>
            await Acts(http).ChooseBeforehandAsync(DeviceAnswers.Bearer(http), draft, choice.Value.Confirmed, choice.Value.Granted, http.RequestAborted).ConfigureAwait(false),
        _ => DeviceRefusals.Malformed("act is sign-in, open with request, consent with request, confirmed and granted, or standing with draft, confirmed and granted"),
    };

    private static async ValueTask<MedIdResult<PasskeyOutcome>> CompleteEnrolmentAsync(HttpContext http, JsonElement sent) =>
        (Text(sent, "ceremony"), Text(sent, "ticket"), Credential(sent)) is ({ } ceremony, { } ticket, { } credential)
            ? await Acts(http).CompleteEnrolmentAsync(ceremony, credential, ticket, http.RequestAborted).ConfigureAwait(false)
            : DeviceRefusals.Malformed("ceremony and ticket are texts, credential is RegistrationResponseJSON");

    private static async ValueTask<MedIdResult<PasskeyOutcome>> CompleteAuthenticationAsync(HttpContext http, JsonElement sent) =>
        (Text(sent, "ceremony"), Credential(sent)) is ({ } ceremony, { } credential)
            ? await Acts(http).CompleteAsync(ceremony, credential, http.RequestAborted).ConfigureAwait(false)
            : DeviceRefusals.Malformed("ceremony is a text, credential is AuthenticationResponseJSON");

    private static async ValueTask<MedIdResult<JsonElement>> ReadAsync(HttpContext http)
    {
        var body = await Body.ReadAsync(http, MaxBytes).ConfigureAwait(false);
        var parsed = body.IsRead ? StrictJson.ParseObject(body.Bytes, maxDepth: MaxDepth, maxBytes: MaxBytes) : body.Malformed;
        return parsed.Succeeded ? parsed : DeviceRefusals.Malformed("a JSON object");
    }

    private static string? Text(JsonElement json, string name) => json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static byte[]? Credential(JsonElement json) =>
        json.TryGetProperty("credential", out var value) && value.ValueKind == JsonValueKind.Object ? Encoding.UTF8.GetBytes(value.GetRawText()) : null;

    private static void WriteIfAny(Utf8JsonWriter json, string name, string? value)
    {
        if (value is not null)
        {
            json.WriteString(name, value);
        }
    }

    private static void Write(Utf8JsonWriter json, PasskeyOutcome outcome)
    {
        json.WriteStartObject();
        json.WriteString("act", outcome.Kind switch
        {
            CeremonyKind.Enrol => "enrol",
            CeremonyKind.SignIn => "sign-in",
            CeremonyKind.Open => "open",
            CeremonyKind.Standing => "standing",
            _ => "consent",
        });
        if (outcome.Kind == CeremonyKind.Enrol)
        {
            json.WriteString("device", outcome.DeviceId);
        }

        WriteIfAny(json, "device_token", outcome.DeviceToken);
        if (outcome.Standing is { } standing)
        {
            json.WriteString("standing", standing.Id);
            json.WriteString("valid_until", ConsentNotice.FormatTime(standing.ValidUntil));
            WriteIfAny(json, "code", standing.Code);
        }

        if (outcome.Kind == CeremonyKind.SignIn)
        {
            json.WriteStartArray("requests");
            foreach (var waiting in outcome.Waiting)
            {
                json.WriteStartObject();
                json.WriteString("request", waiting.RequestId);
                json.WriteString("device_token", waiting.DeviceToken);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
    }
}
