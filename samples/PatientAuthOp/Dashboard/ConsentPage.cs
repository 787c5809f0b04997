using MedId.Core;
using MedId.Provider;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;

namespace MedId.Samples.PatientAuthOp;

/// <summary>
/// The page on which a person sees who reads what, and takes it back (row D5). Rendered here, without any script; what is changed is asked first, and confirmed by a form of this session.
/// </summary>
internal sealed class ConsentPage
{
    public const string Path = "/consents";
    public const string SignOutAct = "sign-out";

    private const string Policy = "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
    private const int MaxForm = 8 * 1024;
    private readonly PageCookie _cookie;
    private readonly bool _passkeys;

    private ConsentPage(bool secure, bool passkeys) => (_cookie, _passkeys) = (new(secure), passkeys);

    public static void Map(WebApplication app, bool secure, bool passkeys)
    {
        var page = new ConsentPage(secure, passkeys);
        app.MapGet(Path, page.ListAsync);
        app.MapGet(Path + "/item", page.ItemAsync);
        app.MapGet(Path + "/withdrawal", page.AskAsync);
        app.MapPost(Path + "/withdrawal", page.WithdrawAsync);
        app.MapGet(Path + "/withdrawn", page.DoneAsync);
        app.MapPost(Path + "/sign-out", page.SignOutAsync);
        app.MapGet(Path + "/signed-out", page.SignedOutAsync);
        app.MapGet(Path + ".css", SendStyleAsync);
    }

    private async Task ListAsync(HttpContext http)
    {
        if (http.Request.Query.TryGetValue("ticket", out var ticket))
        {
            await OpenAsync(http, ticket);
            return;
        }

        var (page, refusal) = await EnterAsync(http);
        if (refusal is not null)
        {
            await page.WriteAsync(MessagePages.Refused(page, refusal, _passkeys));
            return;
        }

        var view = await Dashboard(http).ReadAsync(page.Person!, new() { Language = page.Texts.Language, After = http.Request.Query["after"], Lines = 0 }, http.RequestAborted);
        await page.WriteAsync(view.Succeeded ? ListPage.Write(page, view.Value) : MessagePages.Refused(page, view.Error, _passkeys));
    }

    /// <summary>The ticket becomes a session, and goes out of the address.</summary>
    private async Task OpenAsync(HttpContext http, string? ticket)
    {
        var session = await Sessions(http).OpenAsync(ticket, http.RequestAborted);
        var page = Begin(http, session: null, person: null);
        if (!session.Succeeded)
        {
            await page.WriteAsync(MessagePages.Refused(page, session.Error, _passkeys));
            return;
        }

        // One session a browser: the one before ends.
        await Sessions(http).EndAsync(_cookie.Read(http.Request), http.RequestAborted);
        _cookie.Write(http.Response, session.Value);
        page.Redirect(http.Request.Query["lang"] is [{ } language] ? $"{http.Request.PathBase}{Path}?lang={PageTexts.Of(language).Language}" : http.Request.PathBase + Path);
    }

    private async Task ItemAsync(HttpContext http)
    {
        var (page, refusal) = await EnterAsync(http);
        var consent = refusal ?? await ConsentAsync(page, Single(http, "consent"));
        await page.WriteAsync(consent.Succeeded ? ItemPage.Write(page, consent.Value) : MessagePages.Refused(page, consent.Error, _passkeys));
    }

    private async Task AskAsync(HttpContext http)
    {
        var (page, refusal) = await EnterAsync(http);
        var target = refusal ?? await WithdrawalTarget.FindAsync(page, Dashboard(http), name => Single(http, name));
        await page.WriteAsync(target.Succeeded ? WithdrawalPages.Ask(page, target.Value) : MessagePages.Refused(page, target.Error, _passkeys));
    }

    private async Task WithdrawAsync(HttpContext http)
    {
        var (page, refusal) = await EnterAsync(http);
        var form = await ReadFormAsync(http);
        var target = refusal ?? await WithdrawalTarget.FindAsync(page, Dashboard(http), name => form.GetValueOrDefault(name));

        // The form is judged before what it names is touched; what it names is looked up within this person's only.
        var act = target.Succeeded ? target.Value.Act : "unknown";
        var judged = refusal ?? page.CheckForm(act, form.GetValueOrDefault("form_token"));
        var done = !judged.Succeeded ? (target.Succeeded ? judged.Error : target.Error)
            : !target.Succeeded ? target.Error
            : await target.Value.WithdrawAsync(page, Dashboard(http));
        if (!done.Succeeded)
        {
            await page.WriteAsync(MessagePages.Refused(page, done.Error, _passkeys));
            return;
        }

        page.Redirect(page.Link("/withdrawn", (target.Value!.Kind, target.Value.Id)));
    }

    /// <summary>Says what became of it, as the store has it now: not what a form claimed.</summary>
    private async Task DoneAsync(HttpContext http)
    {
        var (page, refusal) = await EnterAsync(http);
        var target = refusal ?? await WithdrawalTarget.FindAsync(page, Dashboard(http), name => Single(http, name));
        if (target is { Succeeded: true, Value.IsDone: false })
        {
            page.Redirect(page.Link(string.Empty));
            return;
        }

        await page.WriteAsync(target.Succeeded ? WithdrawalPages.Done(page, target.Value) : MessagePages.Refused(page, target.Error, _passkeys));
    }

    private async Task SignOutAsync(HttpContext http)
    {
        var (page, refusal) = await EnterAsync(http);
        var form = await ReadFormAsync(http);
        var judged = refusal ?? page.CheckForm(SignOutAct, form.GetValueOrDefault("form_token"));
        if (!judged.Succeeded)
        {
            await page.WriteAsync(MessagePages.Refused(page, judged.Error, _passkeys));
            return;
        }

        await Sessions(http).EndAsync(_cookie.Read(http.Request), http.RequestAborted);
        _cookie.Remove(http.Response);
        page.Redirect(page.Link("/signed-out"));
    }

    private Task SignedOutAsync(HttpContext http)
    {
        var page = Begin(http, session: null, person: null);
        return page.WriteAsync(MessagePages.SignedOut(page, _passkeys));
    }

    private async Task<(PageContext Page, MedIdError? Refusal)> EnterAsync(HttpContext http)
    {
        var session = _cookie.Read(http.Request);
        var person = await Sessions(http).EnterAsync(session, http.RequestAborted);
        return (Begin(http, person.Succeeded ? session : null, person.Value), person.Error);
    }

    /// <summary>The language that is asked for, else the account's, else the browser's.</summary>
    private static PageContext Begin(HttpContext http, string? session, DashboardPerson? person)
    {
        SetHeaders(http.Response);
        var language = http.Request.Query["lang"] is [{ } asked] ? asked
            : person?.Language ?? (http.Request.GetTypedHeaders().AcceptLanguage.OrderByDescending(one => one.Quality ?? 1).FirstOrDefault()?.Value.Value is { } preferred && !preferred.StartsWith("ja", StringComparison.OrdinalIgnoreCase) ? "en" : "ja");
        return new(http, PageTexts.Of(language), session, person);
    }

    private static async Task<Dictionary<string, string?>> ReadFormAsync(HttpContext http)
    {
        var fields = new Dictionary<string, string?>(StringComparer.Ordinal);
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = MaxForm;
        }

        if (http.Request.HasFormContentType && http.Request.ContentLength is <= MaxForm)
        {
            foreach (var (name, values) in await http.Request.ReadFormAsync(http.RequestAborted))
            {
                fields[name] = values.Count == 1 ? values[0] : null;
            }
        }

        return fields;
    }

    private static async Task SendStyleAsync(HttpContext http)
    {
        SetHeaders(http.Response);
        http.Response.ContentType = "text/css; charset=utf-8";
        await using var style = typeof(ConsentPage).Assembly.GetManifestResourceStream("consents.css")!;
        await style.CopyToAsync(http.Response.Body, http.RequestAborted);
    }

    private static void SetHeaders(HttpResponse response)
    {
        response.Headers.ContentSecurityPolicy = Policy;
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers["Referrer-Policy"] = "no-referrer";
        response.Headers["Cross-Origin-Opener-Policy"] = "same-origin";
        response.Headers.CacheControl = "no-store";
        response.Headers.Vary = "Cookie, Accept-Language";
    }

    private static async ValueTask<MedIdResult<DashboardConsent>> ConsentAsync(PageContext page, string? id) =>
        await Dashboard(page.Http).FindConsentAsync(page.Person!, id ?? string.Empty, new() { Language = page.Texts.Language, Lines = 200 }, page.Http.RequestAborted);

    private static string? Single(HttpContext http, string name) => http.Request.Query[name] is [{ } value] ? value : null;

    private static ConsentDashboard Dashboard(HttpContext http) => http.RequestServices.GetRequiredService<ConsentDashboard>();

    private static DashboardSessions Sessions(HttpContext http) => http.RequestServices.GetRequiredService<DashboardSessions>();
}
