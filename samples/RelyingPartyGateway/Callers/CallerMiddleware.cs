using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace MedId.Samples.RelyingPartyGateway;

/// <summary>Who may call: a program on this machine that can read the callers' secret, and no page in a browser.</summary>
internal sealed class CallerMiddleware(RequestDelegate next, GatewaySetup setup)
{
    private const string Scheme = "Bearer ";

    public Task InvokeAsync(HttpContext http)
    {
        // A browser says where its page is from, and a page that had its name pointed here says another host.
        if (http.Request.Headers.Origin.Count > 0 || http.Request.Headers.ContainsKey("Sec-Fetch-Site") || !IsOfThisMachine(http.Request.Host.Host)
            || http.Connection.RemoteIpAddress is not { } caller || !IPAddress.IsLoopback(caller))
        {
            return RefuseAsync(http, StatusCodes.Status403Forbidden, GatewayErrorCodes.CallerForeign);
        }

        if (http.Request.Path == "/openapi.json" || http.Request.Path == "/health")
        {
            return next(http);
        }

        var shown = http.Request.Headers.Authorization is [{ } only] && only.StartsWith(Scheme, StringComparison.Ordinal) ? only[Scheme.Length..] : string.Empty;
        if (CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(shown)), SHA256.HashData(Encoding.UTF8.GetBytes(setup.CallerSecret))))
        {
            return next(http);
        }

        http.Response.Headers.WWWAuthenticate = "Bearer";
        return RefuseAsync(http, StatusCodes.Status401Unauthorized, GatewayErrorCodes.CallerUnknown);
    }

    private static bool IsOfThisMachine(string host) => host is "localhost" || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));

    private static Task RefuseAsync(HttpContext http, int status, string code) => GatewayAnswers.Refused(code, status).ExecuteAsync(http);
}
