using System.Text;
using System.Text.Json;
using MedId.Core;
using MedId.Cryptography;
using MedId.Fido.Uaf;
using MedId.Provider;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace MedId.AspNetCore.Provider;

/// <summary>The UAF HTTP transport binding: what a phone asks for, and what it answers.</summary>
internal static class UafRoutes
{
    private const string MediaType = "application/fido+uaf; charset=utf-8";
    private const int MaxBytes = 128 * 1024;

    public static void Map(RouteGroupBuilder group)
    {
        group.MapGet("/uaf/facets", static (HttpContext http) =>
            WriteAsync(http, TrustedFacetList.MediaType, Encoding.UTF8.GetBytes(http.RequestServices.GetRequiredService<DeviceActs>().Facets.ToJson())));
        group.MapPost("/uaf/request", RequestAsync);
        group.MapPost("/uaf/response", ResponseAsync);
    }

    private static async Task RequestAsync(HttpContext http)
    {
        var body = await Body.ReadAsync(http, MaxBytes).ConfigureAwait(false);
        var asked = body.IsRead ? GetUafRequest.Parse(body.Bytes) : body.Malformed;
        var act = asked.Succeeded ? await BeginAsync(http, asked.Value).ConfigureAwait(false) : asked.Error;
        if (!act.Succeeded)
        {
            Refused(http, act.Error, asked.Value?.Operation == UafOperation.Registration ? CeremonyKind.Enrol : null);
        }

        await WriteAsync(http, MediaType, act.Succeeded ? act.Value.ToJson() : WriteRefusal(act.Error)).ConfigureAwait(false);
    }

    private static async ValueTask<MedIdResult<ActRequest>> BeginAsync(HttpContext http, GetUafRequest asked)
    {
        var acts = http.RequestServices.GetRequiredService<DeviceActs>();
        var context = ReadContext(asked.Context);
        if (!context.Succeeded)
        {
            return context.Error;
        }

        var values = context.Value;
        return (asked.Operation, values.Act) switch
        {
            (UafOperation.Registration, null) when values is { Ticket: { } ticket, PushAddress: { } address } =>
                await acts.BeginEnrolmentAsync(ticket, address, http.RequestAborted).ConfigureAwait(false),
            (UafOperation.Authentication, "open") when values.Request is { } request =>
                await acts.BeginOpenAsync(request, http.RequestAborted).ConfigureAwait(false),
            (UafOperation.Authentication, "sign-in") when values.Account is { } account =>
                await acts.BeginSignInAsync(account, http.RequestAborted).ConfigureAwait(false),
            _ => DeviceRefusals.Malformed("op and context do not name an act"),
        };
    }

    private static async Task ResponseAsync(HttpContext http)
    {
        var body = await Body.ReadAsync(http, MaxBytes).ConfigureAwait(false);
        var sent = body.IsRead ? SendUafResponse.Parse(body.Bytes) : body.Malformed;
        var outcome = sent.Succeeded ? await CompleteAsync(http, sent.Value).ConfigureAwait(false) : sent.Error;
        if (outcome.Succeeded)
        {
            Log.ActAccepted(Logger(http), outcome.Value.Kind.ToString());
            ProviderTelemetry.CountAct(outcome.Value.Kind.ToString(), "accepted");
            http.Features.Set(new ProviderOutcome { Act = outcome.Value.Kind });
            var answer = new ServerResponse { StatusCode = UafStatusCodes.Ok, AdditionalTokens = outcome.Value.Token is { } token ? [new("OAUTH2", token)] : [] };
            await WriteAsync(http, MediaType, Encoding.UTF8.GetBytes(answer.ToJson())).ConfigureAwait(false);
            return;
        }

        Refused(http, outcome.Error, IsEnrolment(sent.Value) ? CeremonyKind.Enrol : null);
        await WriteAsync(http, MediaType, WriteRefusal(outcome.Error)).ConfigureAwait(false);
    }

    private static async ValueTask<MedIdResult<ActOutcome>> CompleteAsync(HttpContext http, SendUafResponse sent)
    {
        var context = ReadContext(sent.Context);
        return context.Succeeded
            ? await http.RequestServices.GetRequiredService<DeviceActs>().CompleteAsync(sent.UafResponse, context.Value.Ticket, http.RequestAborted).ConfigureAwait(false)
            : context.Error;
    }

    private static MedIdResult<ActContext> ReadContext(string? context)
    {
        if (context is null)
        {
            return new ActContext(null, null, null, null, null);
        }

        var parsed = StrictJson.ParseObject(Encoding.UTF8.GetBytes(context), maxDepth: 2, maxBytes: 8192);
        if (!parsed.Succeeded)
        {
            return DeviceRefusals.Malformed("context is not a JSON object as a string");
        }

        var values = parsed.Value;
        return new ActContext(Text("ticket"), Text("push_address"), Text("act"), Text("request"), Text("account"));

        string? Text(string name) => values.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
    }

    private static bool IsEnrolment(SendUafResponse? sent) => sent is not null && ReadContext(sent.Context).Value?.Ticket is not null;

    private static void Refused(HttpContext http, MedIdError error, CeremonyKind? act)
    {
        Log.ActRefused(Logger(http), error.Code, error.Section, error.Detail);
        ProviderTelemetry.CountAct(act?.ToString() ?? "any", error.Code);
        http.Features.Set(new ProviderOutcome { Error = error, Act = act });
    }

    /// <summary>ReturnUAFRequest and ServerResponse alike carry a status code; the description is the refusal's code.</summary>
    private static byte[] WriteRefusal(MedIdError error) =>
        Encoding.UTF8.GetBytes(new ServerResponse { StatusCode = DeviceRefusals.UafStatus(error), Description = error.Code }.ToJson());

    private static ILogger<ProviderLog> Logger(HttpContext http) => http.RequestServices.GetRequiredService<ILogger<ProviderLog>>();

    private static async Task WriteAsync(HttpContext http, string type, byte[] body)
    {
        http.Response.ContentType = type;
        http.Response.Headers.CacheControl = type == TrustedFacetList.MediaType ? "public, max-age=900" : "no-store";
        http.Response.ContentLength = body.Length;
        await http.Response.Body.WriteAsync(body, http.RequestAborted).ConfigureAwait(false);
    }

    private sealed record ActContext(string? Ticket, string? PushAddress, string? Act, string? Request, string? Account);
}
