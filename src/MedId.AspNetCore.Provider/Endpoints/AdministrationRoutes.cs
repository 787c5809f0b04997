using System.Globalization;
using System.Text.Json;
using MedId.Core;
using MedId.Cryptography;
using MedId.OAuth;
using MedId.OAuth.Server;
using MedId.Provider;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace MedId.AspNetCore.Provider;

/// <summary>The administration API (row A20): who calls, for whom, whether they may; then the chapter's own routes. Reads JSON, writes JSON, decides nothing else.</summary>
internal static class AdministrationRoutes
{
    public const string Prefix = "/admin/v1";

    /// <summary>Names the operator who acts.</summary>
    public const string OperatorHeader = "MedId-Operator";

    /// <summary>Names the client where its certificate is the credential.</summary>
    public const string ClientHeader = "MedId-Client";

    private const string Section = "MedId walk, administration";
    private const int MaxBody = TrustDesk.MaxBytes;

    public static void Map(RouteGroupBuilder group)
    {
        group.MapGet(Prefix + "/openapi.json", static (HttpContext http) => AdministrationOpenApi.WriteAsync(http));
        AdministrationClientRoutes.Map(group);
        AdministrationKeyRoutes.Map(group);
        AdministrationTrustRoutes.Map(group);
        AdministrationPeopleRoutes.Map(group);
        AdministrationSwitchRoutes.Map(group);
        AdministrationAuditRoutes.Map(group);
    }

    /// <summary>Maps a call that looks at something: it is recorded before the answer leaves.</summary>
    public static void Read(RouteGroupBuilder group, string path, string verb, Func<AdministrationCall, ValueTask<AdministrationAnswer>> act, AuditEventKind recorded = AuditEventKind.AdministrationRead) =>
        group.MapGet(Prefix + path, http => AnswerAsync(http, verb, recorded, act));

    /// <summary>Maps a call that changes something: the desk records it with the change.</summary>
    public static void Change(RouteGroupBuilder group, string method, string path, string verb, Func<AdministrationCall, ValueTask<AdministrationAnswer>> act, AuditEventKind? recorded = null) =>
        group.MapMethods(Prefix + path, [method], http => AnswerAsync(http, verb, recorded, act));

    private static async Task AnswerAsync(HttpContext http, string verb, AuditEventKind? recorded, Func<AdministrationCall, ValueTask<AdministrationAnswer>> act)
    {
        // The body first: a certificate may be asked for only when it was read.
        var body = HttpMethods.IsGet(http.Request.Method) || HttpMethods.IsDelete(http.Request.Method) ? (Body?)null : await Body.ReadAsync(http, MaxBody).ConfigureAwait(false);
        var caller = await AuthenticateAsync(http).ConfigureAwait(false);
        if (!caller.Succeeded)
        {
            // Whoever is not authenticated has no line: a trail that strangers can fill is no trail.
            await WriteAsync(http, verb, AdministrationAnswer.Refused(caller.Error)).ConfigureAwait(false);
            return;
        }

        var (client, operatorId) = caller.Value;
        var rules = http.RequestServices.GetRequiredService<AdministrationOptions>();
        var actor = new AdministrationActor(client.ClientId, operatorId ?? string.Empty);
        var answer = Refuse(rules, client, operatorId, verb) is { } refused ? AdministrationAnswer.Refused(refused) : await ActAsync(http, actor, body, act).ConfigureAwait(false);
        var trail = http.RequestServices.GetRequiredService<AuditTrail>();
        if (answer.Error is { } error)
        {
            var known = rules.Clients.FirstOrDefault(one => one.ClientId == client.ClientId)?.Find(operatorId) is not null;
            await trail.RecordNowAsync(
                AuditEventKind.AdministrationRefused,
                line => line with { Outcome = AuditOutcome.Refused, Agents = known ? actor.Agents : [AuditAgent.Client(client.ClientId)], Subject = answer.Subject, Reason = verb, ErrorCode = error.Code },
                http.RequestAborted).ConfigureAwait(false);
        }
        else if (recorded is { } kind)
        {
            await trail.RecordNowAsync(kind, line => line with { Agents = actor.Agents, Subject = answer.Subject, ObjectId = answer.ObjectId, Reason = verb }, http.RequestAborted).ConfigureAwait(false);
        }

        await WriteAsync(http, verb, answer, client.ClientId).ConfigureAwait(false);
    }

    /// <summary>The client by an assertion in the <c>Authorization</c> header (RFC 7523, as at the token endpoint), or by its certificate; and whom it says that it acts for.</summary>
    private static async ValueTask<MedIdResult<(ClientRegistration Client, string? Operator)>> AuthenticateAsync(HttpContext http)
    {
        var options = http.RequestServices.GetRequiredService<ProviderOptions>();
        var header = http.Request.Headers.Authorization;
        KeyValuePair<string, string>[] credential =
            header is [{ } bearer] && bearer.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase)
                ? [new(OAuthParameters.ClientAssertionType, TokenTypes.JwtBearerAssertion), new(OAuthParameters.ClientAssertion, bearer["Bearer ".Length..].Trim())]
            : header.Count == 0 && http.Request.Headers[ClientHeader] is [{ } named] ? [new(OAuthParameters.ClientId, named)]
            : [];
        var form = OAuthForm.Of(credential);
        if (!form.Succeeded)
        {
            return form.Error;
        }

        var shown = await OAuthRoutes.CertificateAsync(http).ConfigureAwait(false);
        if (shown.Refusal is { } unreadable)
        {
            return unreadable;
        }

        var request = new OAuthRequest { Tenant = options.Tenant, Form = form.Value, Certificate = shown.Certificate };
        var client = await http.RequestServices.GetRequiredService<ClientAuthenticator>().AuthenticateAsync(request, options.Issuer + Prefix, http.RequestAborted).ConfigureAwait(false);
        return client.Succeeded ? (client.Value, http.Request.Headers[OperatorHeader] is [{ } name] ? name : null) : client.Error;
    }

    private static MedIdError? Refuse(AdministrationOptions rules, ClientRegistration client, string? operatorId, string verb)
    {
        var known = rules.Clients.FirstOrDefault(one => string.Equals(one.ClientId, client.ClientId, StringComparison.Ordinal));
        return known is null ? new(ProviderErrorCodes.AdministrationClientUnknown, ErrorCategory.Untrusted, Section)
            : known.Find(operatorId) is not { } acting ? new(ProviderErrorCodes.AdministrationOperatorUnknown, ErrorCategory.Untrusted, Section)
            : !acting.Roles.Contains(rules.RoleOf(verb)) ? new MedIdError(ProviderErrorCodes.AdministrationNotPermitted, ErrorCategory.Policy, Section, verb)
            : null;
    }

    private static async ValueTask<AdministrationAnswer> ActAsync(HttpContext http, AdministrationActor actor, Body? read, Func<AdministrationCall, ValueTask<AdministrationAnswer>> act)
    {
        if (read is not { } body)
        {
            return await act(new(http, actor, default)).ConfigureAwait(false);
        }

        if (!body.IsRead)
        {
            return AdministrationAnswer.Refused(AdministrationRefusals.Malformed(body.Why)) with { Status = body.Status };
        }

        if (http.Request.ContentType is not { } type || !type.Split(';')[0].Trim().Equals("application/json", StringComparison.OrdinalIgnoreCase))
        {
            return AdministrationAnswer.Refused(AdministrationRefusals.Malformed("the media type is application/json")) with { Status = StatusCodes.Status415UnsupportedMediaType };
        }

        var json = StrictJson.ParseObject(body.Bytes, maxBytes: MaxBody);
        return json.Succeeded ? await act(new(http, actor, json.Value)).ConfigureAwait(false) : AdministrationAnswer.Refused(AdministrationRefusals.Malformed(json.Error.Code));
    }

    private static async Task WriteAsync(HttpContext http, string verb, AdministrationAnswer answer, string? clientId = null)
    {
        if (answer.Error is { } error)
        {
            Log.Refused(http.RequestServices.GetRequiredService<ILogger<ProviderLog>>(), LogLevel.Warning, Answers.Endpoint(http), error.Code, error.Section, error.Detail, clientId);
            ProviderTelemetry.CountRefusal(Answers.Endpoint(http), error.Code);
        }

        ProviderTelemetry.CountAdministration(verb, answer.Error is null ? "done" : "refused");
        http.Features.Set(new ProviderOutcome { Error = answer.Error, ClientId = clientId });
        http.Response.StatusCode = answer.Status;
        http.Response.Headers.CacheControl = "no-store";
        if (answer.Version is { } version)
        {
            http.Response.Headers.ETag = string.Create(CultureInfo.InvariantCulture, $"\"{version}\"");
        }

        if (answer.Status == StatusCodes.Status401Unauthorized)
        {
            http.Response.Headers.WWWAuthenticate = "Bearer";
        }

        if (answer is { Error: null, Write: null })
        {
            return;
        }

        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            if (answer.Error is { } problem)
            {
                // RFC 9457, with the stable code beside the members of the standard. What is wrong with a registration is told to whoever makes it.
                json.WriteStartObject();
                json.WriteString("title", "The request was refused.");
                json.WriteNumber("status", answer.Status);
                json.WriteString("code", problem.Code);
                if (clientId is not null && problem.Detail is { } detail)
                {
                    json.WriteString("detail", detail);
                }

                json.WriteEndObject();
            }
            else
            {
                answer.Write!(json);
            }
        }

        http.Response.ContentType = answer.Error is null ? answer.ContentType : "application/problem+json";
        http.Response.ContentLength = buffer.Length;
        await http.Response.Body.WriteAsync(buffer.GetBuffer().AsMemory(0, (int)buffer.Length), http.RequestAborted).ConfigureAwait(false);
    }
}
