using System.Text;
using MedId.Core;
using MedId.Provider;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace MedId.Samples.PatientAuthOp;

/// <summary>One request of the page: its language, its session, and where its links lead.</summary>
internal sealed class PageContext(HttpContext http, PageTexts texts, string? session, DashboardPerson? person)
{
    public HttpContext Http => http;

    public PageTexts Texts => texts;

    /// <summary>Null where nobody is signed in.</summary>
    public DashboardPerson? Person => person;

    public string this[string name] => texts[name];

    /// <summary>An address of this page in its language.</summary>
    public string Link(string path, params (string Name, string? Value)[] query) => Link(texts.Language, path, query);

    /// <summary>The same page in the other language; what a form did is not done again.</summary>
    public string OtherLanguage()
    {
        if (!HttpMethods.IsGet(http.Request.Method))
        {
            return Link(texts.Other.Language, string.Empty);
        }

        var query = http.Request.Query.Where(pair => pair.Key is "consent" or "recipient" or "standing" or "after").Select(pair => (pair.Key, (string?)pair.Value));
        return Link(texts.Other.Language, http.Request.Path.Value!["/consents".Length..], [.. query]);
    }

    /// <summary>The hidden field that binds a form to this session and act.</summary>
    public Html FormToken(string act) => Html.Of($"<input type=\"hidden\" name=\"form_token\" value=\"{DashboardSessions.FormToken(session!, act)}\">");

    /// <summary>Whether a form that came is of this session and act.</summary>
    public MedIdResult<Unit> CheckForm(string act, string? token) => DashboardSessions.CheckForm(session!, act, token);

    public async Task WriteAsync(PageAnswer answer)
    {
        http.Response.StatusCode = answer.Status;
        http.Response.ContentType = "text/html; charset=utf-8";
        http.Response.Headers.ContentLanguage = texts.Language;
        await http.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(PageLayout.Write(this, answer).Markup), http.RequestAborted);
    }

    public void Redirect(string link)
    {
        http.Response.StatusCode = StatusCodes.Status303SeeOther;
        http.Response.Headers.Location = link;
    }

    private string Link(string language, string path, params (string Name, string? Value)[] query) =>
        QueryHelpers.AddQueryString(http.Request.PathBase + "/consents" + path, query.Append(("lang", language)).Select(pair => KeyValuePair.Create(pair.Item1, pair.Item2)));
}
