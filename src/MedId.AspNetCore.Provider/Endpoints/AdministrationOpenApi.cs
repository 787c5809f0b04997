using Microsoft.AspNetCore.Http;

namespace MedId.AspNetCore.Provider;

/// <summary>The description of the administration API (OpenAPI 3.1), which is written by hand and held against the routes by a test.</summary>
internal static class AdministrationOpenApi
{
    private static readonly Lazy<byte[]> Document = new(static () =>
    {
        using var resource = typeof(AdministrationOpenApi).Assembly.GetManifestResourceStream("MedId.AspNetCore.Provider.administration.openapi.json")
            ?? throw new InvalidOperationException("The description of the administration API is not in the assembly.");
        using var copy = new MemoryStream();
        resource.CopyTo(copy);
        return copy.ToArray();
    });

    public static async Task WriteAsync(HttpContext http)
    {
        http.Response.ContentType = "application/json";
        http.Response.ContentLength = Document.Value.Length;
        await http.Response.Body.WriteAsync(Document.Value, http.RequestAborted).ConfigureAwait(false);
    }
}
