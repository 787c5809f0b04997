using MedId.Provider;
using Microsoft.AspNetCore.Http;

namespace MedId.Samples.PatientAuthOp;

/// <summary>The cookie of the page's session: out of reach of scripts, sent to this host only, never with a request that another site began.</summary>
/// <param name="secure">Whether the OP is reached over TLS. A sample on loopback may do without, and then cannot have the prefix that asks for it.</param>
internal sealed class PageCookie(bool secure)
{
    private string Name => secure ? "__Host-medid-consents" : "medid-consents";

    public string? Read(HttpRequest request) => request.Cookies[Name];

    public void Write(HttpResponse response, DashboardSession session) => response.Cookies.Append(Name, session.Value, Options(session.ExpiresAt));

    public void Remove(HttpResponse response) => response.Cookies.Delete(Name, Options(expires: null));

    private CookieOptions Options(DateTimeOffset? expires) => new() { HttpOnly = true, IsEssential = true, SameSite = SameSiteMode.Strict, Secure = secure, Path = "/", Expires = expires };
}
