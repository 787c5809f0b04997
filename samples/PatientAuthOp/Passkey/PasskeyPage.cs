using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace MedId.Samples.PatientAuthOp;

/// <summary>The page at which a person enrols a passkey, sees what waits and confirms. It comes from this OP whole and may load nothing from elsewhere.</summary>
internal static class PasskeyPage
{
    private const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    public static void Map(WebApplication app)
    {
        Serve(app, "/passkey", "passkey.html", "text/html; charset=utf-8");
        Serve(app, "/passkey.js", "passkey.js", "text/javascript; charset=utf-8");
        Serve(app, "/passkey.css", "passkey.css", "text/css; charset=utf-8");
    }

    private static void Serve(WebApplication app, string path, string resource, string type)
    {
        using var stream = typeof(PasskeyPage).Assembly.GetManifestResourceStream(resource) ?? throw new InvalidOperationException(resource + " is not embedded");
        using var buffer = new MemoryStream();
        stream.CopyTo(buffer);
        var bytes = buffer.ToArray();
        app.MapGet(path, async (HttpContext http) =>
        {
            http.Response.Headers.ContentSecurityPolicy = Policy;
            http.Response.Headers.XContentTypeOptions = "nosniff";
            http.Response.Headers["Referrer-Policy"] = "no-referrer";
            http.Response.Headers.CacheControl = "no-store";
            http.Response.ContentType = type;
            await http.Response.Body.WriteAsync(bytes, http.RequestAborted);
        });
    }
}
