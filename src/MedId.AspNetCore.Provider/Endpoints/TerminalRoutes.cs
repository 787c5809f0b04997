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

/// <summary>What a clinic terminal calls for the person whose card is in it (row A18). The terminal authenticates like any client; notice and refusal are the phone's.</summary>
internal static class TerminalRoutes
{
    private const string Choice = "/terminal/requests/{id}/choice";
    private const int MaxCertificateBytes = 16 * 1024;
    private const int MaxSignatureBytes = 2 * 1024;

    public static void Map(RouteGroupBuilder group)
    {
        group.MapPost("/terminal/sign-in", static (HttpContext http) => AnswerAsync(http, "/terminal/sign-in", static (h, terminal, _) =>
            ActAsync(h.RequestServices.GetRequiredService<TerminalActs>().BeginSignInAsync(terminal, h.RequestAborted))));
        group.MapPost("/terminal/act", static (HttpContext http) => AnswerAsync(http, "/terminal/act", CompleteAsync));
        group.MapPost(Choice, static (HttpContext http) =>
        {
            var id = (string)http.Request.RouteValues["id"]!;
            return AnswerAsync(http, Choice.Replace("{id}", id, StringComparison.Ordinal), (h, terminal, form) => ChooseAsync(h, terminal, id, form));
        });
    }

    private static async ValueTask<MedIdResult<byte[]>> CompleteAsync(HttpContext http, string terminal, OAuthForm form)
    {
        var signature = StrictBase64Url.Decode(form["signature"], MaxSignatureBytes);
        var certificate = StrictBase64Url.Decode(form["certificate"], MaxCertificateBytes);
        if (form["act"] is not { } act || !signature.Succeeded || !certificate.Succeeded)
        {
            return DeviceRefusals.Malformed("act, signature and certificate, the last two in base64url");
        }

        var waiting = await http.RequestServices.GetRequiredService<TerminalActs>().CompleteAsync(terminal, act, signature.Value, certificate.Value, http.RequestAborted).ConfigureAwait(false);
        return waiting.Then<byte[]>(static requests => Write(json =>
        {
            json.WriteStartArray("requests");
            foreach (var request in requests)
            {
                json.WriteStartObject();
                json.WriteString("request", request.RequestId);
                json.WriteString("device_token", request.DeviceToken);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }));
    }

    private static ValueTask<MedIdResult<byte[]>> ChooseAsync(HttpContext http, string terminal, string id, OAuthForm form) => ActAsync(http.RequestServices.GetRequiredService<TerminalActs>().ChooseAsync(
        terminal,
        form["device_token"],
        id,
        string.Equals(form["confirmed"], "true", StringComparison.Ordinal),
        (form["granted"] ?? string.Empty).Split(' ', StringSplitOptions.RemoveEmptyEntries),
        http.RequestAborted));

    private static async ValueTask<MedIdResult<byte[]>> ActAsync(ValueTask<MedIdResult<TerminalAct>> begun)
    {
        var act = await begun.ConfigureAwait(false);
        return act.Then<byte[]>(static value => Write(json =>
        {
            json.WriteString("act", value.Id);
            json.WriteString("challenge", StrictBase64Url.Encode(value.Challenge));
            json.WriteNumber("expires_in", (long)value.Lifetime.TotalSeconds);
            WriteIfAny(json, "nonce", value.Nonce);
            WriteIfAny(json, "choice", value.Choice);
            WriteIfAny(json, "digest", value.Digest);
        }));
    }

    private static void WriteIfAny(Utf8JsonWriter json, string name, string? value)
    {
        if (value is not null)
        {
            json.WriteString(name, value);
        }
    }

    private static byte[] Write(Action<Utf8JsonWriter> members)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            members(json);
            json.WriteEndObject();
        }

        return buffer.ToArray();
    }

    private static Task AnswerAsync(HttpContext http, string path, Func<HttpContext, string, OAuthForm, ValueTask<MedIdResult<byte[]>>> act) =>
        OAuthRoutes.FormAsync(http, (h, request) => JudgeAsync(h, request, path, act));

    private static async ValueTask<OAuthAnswer> JudgeAsync(
        HttpContext http, OAuthRequest request, string path, Func<HttpContext, string, OAuthForm, ValueTask<MedIdResult<byte[]>>> act)
    {
        var endpoint = http.RequestServices.GetRequiredService<ProviderOptions>().Issuer + path;
        var client = await http.RequestServices.GetRequiredService<ClientAuthenticator>().AuthenticateAsync(request, endpoint, http.RequestAborted).ConfigureAwait(false);
        if (!client.Succeeded)
        {
            return OAuthAnswer.Refused(client.Error);
        }

        var done = await act(http, client.Value.ClientId, request.Form).ConfigureAwait(false);
        return done.Succeeded
            ? OAuthAnswer.Json(done.Value, client.Value.ClientId)
            : OAuthAnswer.Refused(new OAuthRefusal(done.Error, "invalid_request", DeviceRefusals.HttpStatus(done.Error)), client.Value.ClientId);
    }
}
