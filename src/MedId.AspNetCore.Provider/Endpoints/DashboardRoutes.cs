using System.Globalization;
using System.Text.Json;
using MedId.Core;
using MedId.Cryptography;
using MedId.Provider;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace MedId.AspNetCore.Provider;

/// <summary>A person's whole view of their consents, for whoever signed in with a device: as JSON, and the way to the page in a browser.</summary>
internal static class DashboardRoutes
{
    private const int MaxBytes = 4 * 1024;

    public static void Map(RouteGroupBuilder group, Uri? page)
    {
        group.MapGet("/device/dashboard", static (HttpContext http) => ReadAsync(http));
        group.MapGet("/device/dashboard/consents/{id}", static (HttpContext http) => FindAsync(http));
        group.MapPost("/device/dashboard/consents/{id}/withdrawal", static (HttpContext http) => WithdrawAsync(http));
        group.MapPost("/device/dashboard/recipients/withdrawal", static (HttpContext http) => WithdrawRecipientAsync(http));
        group.MapPost("/device/dashboard/standing/{id}/withdrawal", static (HttpContext http) => WithdrawStandingAsync(http));
        if (page is not null)
        {
            group.MapPost("/device/dashboard/sessions", (HttpContext http) => OpenPageAsync(http, page));
        }
    }

    private static async Task ReadAsync(HttpContext http)
    {
        var person = await EnterAsync(http).ConfigureAwait(false);
        var query = ReadQuery(http.Request.Query);
        var view = !person.Succeeded ? person.Error
            : !query.Succeeded ? query.Error
            : await Dashboard(http).ReadAsync(person.Value, query.Value, http.RequestAborted).ConfigureAwait(false);
        await DeviceAnswers.WriteAsync(http, view, static (json, value) => DashboardJson.Write(json, value)).ConfigureAwait(false);
    }

    private static async Task FindAsync(HttpContext http)
    {
        var person = await EnterAsync(http).ConfigureAwait(false);
        var query = ReadQuery(http.Request.Query);
        var consent = !person.Succeeded ? person.Error
            : !query.Succeeded ? query.Error
            : await Dashboard(http).FindConsentAsync(person.Value, Id(http), query.Value, http.RequestAborted).ConfigureAwait(false);
        await DeviceAnswers.WriteAsync(http, consent, static (json, value) => DashboardJson.Write(json, value)).ConfigureAwait(false);
    }

    private static async Task WithdrawAsync(HttpContext http)
    {
        var person = await EnterAsync(http).ConfigureAwait(false);
        var said = await ReadActAsync(http).ConfigureAwait(false);
        var withdrawn = !person.Succeeded ? person.Error
            : !said.Succeeded ? said.Error
            : await Dashboard(http).WithdrawAsync(person.Value, Id(http), http.RequestAborted).ConfigureAwait(false);
        await DeviceAnswers.WriteAsync(http, withdrawn, write: null).ConfigureAwait(false);
    }

    private static async Task WithdrawStandingAsync(HttpContext http)
    {
        var person = await EnterAsync(http).ConfigureAwait(false);
        var said = await ReadActAsync(http).ConfigureAwait(false);
        var withdrawn = !person.Succeeded ? person.Error
            : !said.Succeeded ? said.Error
            : await Dashboard(http).WithdrawStandingAsync(person.Value, Id(http), http.RequestAborted).ConfigureAwait(false);
        await DeviceAnswers.WriteAsync(http, withdrawn, write: null).ConfigureAwait(false);
    }

    private static async Task WithdrawRecipientAsync(HttpContext http)
    {
        var person = await EnterAsync(http).ConfigureAwait(false);
        var said = await ReadActAsync(http).ConfigureAwait(false);
        var recipient = said.Succeeded && said.Value.TryGetProperty("client_id", out var client) && client.ValueKind == JsonValueKind.String ? client.GetString() : null;
        var withdrawn = !person.Succeeded ? person.Error
            : recipient is null ? DeviceRefusals.Malformed("client_id is a text")
            : await Dashboard(http).WithdrawRecipientAsync(person.Value, recipient, http.RequestAborted).ConfigureAwait(false);
        await DeviceAnswers.WriteAsync(http, withdrawn, static (json, value) =>
        {
            json.WriteStartObject();
            json.WriteNumber("withdrawn", value);
            json.WriteEndObject();
        }).ConfigureAwait(false);
    }

    private static async Task OpenPageAsync(HttpContext http, Uri page)
    {
        var said = await ReadActAsync(http).ConfigureAwait(false);
        var ticket = said.Succeeded
            ? await http.RequestServices.GetRequiredService<DashboardSessions>().IssueTicketAsync(DeviceAnswers.Bearer(http), http.RequestAborted).ConfigureAwait(false)
            : said.Error;
        var now = http.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow();
        await DeviceAnswers.WriteAsync(http, ticket, (json, value) =>
        {
            json.WriteStartObject();
            json.WriteString("link", page.AbsoluteUri + "?ticket=" + value.Value);
            json.WriteNumber("expires_in", (long)(value.ExpiresAt - now).TotalSeconds);
            json.WriteEndObject();
        }).ConfigureAwait(false);
    }

    private static MedIdResult<DashboardQuery> ReadQuery(IQueryCollection query)
    {
        var standard = new DashboardQuery();
        return TryNumber(query, "limit", standard.Limit, out var limit) && TryNumber(query, "lines", standard.Lines, out var lines) && query["lang"].Count <= 1 && query["after"].Count <= 1
            ? standard with { Language = query["lang"], After = query["after"], Limit = limit, Lines = lines }
            : new MedIdError(ProviderErrorCodes.DashboardQueryRefused, ErrorCategory.Malformed, "MedId walk, dashboard");
    }

    private static bool TryNumber(IQueryCollection query, string name, int otherwise, out int number)
    {
        number = otherwise;
        return query[name] is var values && (values.Count == 0 || (values.Count == 1 && int.TryParse(values[0], NumberStyles.None, CultureInfo.InvariantCulture, out number)));
    }

    private static async ValueTask<MedIdResult<JsonElement>> ReadActAsync(HttpContext http)
    {
        var body = await Body.ReadAsync(http, MaxBytes).ConfigureAwait(false);
        var parsed = body.IsRead ? StrictJson.ParseObject(body.Bytes, maxDepth: 2, maxBytes: MaxBytes) : body.Malformed;
        return parsed.Succeeded ? parsed : DeviceRefusals.Malformed("a JSON object");
    }

    private static ValueTask<MedIdResult<DashboardPerson>> EnterAsync(HttpContext http) => Dashboard(http).EnterAsync(DeviceAnswers.Bearer(http), http.RequestAborted);

    private static ConsentDashboard Dashboard(HttpContext http) => http.RequestServices.GetRequiredService<ConsentDashboard>();

    private static string Id(HttpContext http) => (string)http.Request.RouteValues["id"]!;
}
