using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace MedId.Samples.ConsentedAccess;

/// <summary>A request as it came to the gate, whole, so that it can be sent once or again.</summary>
internal sealed record GateRequest(string Method, string Path, string Query, IReadOnlyList<KeyValuePair<string, string>> Headers, byte[] Body)
{
    public static async Task<GateRequest> ReadAsync(HttpRequest request)
    {
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body, request.HttpContext.RequestAborted);
        return new GateRequest(
            request.Method,
            request.Path.Value!,
            request.QueryString.Value ?? "",
            [.. request.Headers.Select(header => KeyValuePair.Create(header.Key, header.Value.ToString()))],
            body.ToArray());
    }

    public string? FormValue(string name) => QueryHelpers.ParseQuery(Encoding.ASCII.GetString(Body)).TryGetValue(name, out var values) ? values.ToString() : null;

    public GateRequest WithForm(IEnumerable<KeyValuePair<string, string>> form) =>
        this with { Body = Encoding.ASCII.GetBytes(string.Join('&', form.Select(one => $"{WebUtility.UrlEncode(one.Key)}={WebUtility.UrlEncode(one.Value)}"))) };

    public HttpRequestMessage ToMessage(string server, IReadOnlySet<string> notForwarded)
    {
        var message = new HttpRequestMessage(new HttpMethod(Method), server + Path + Query);
        if (Body.Length > 0)
        {
            message.Content = new ByteArrayContent(Body);
        }

        foreach (var (name, value) in Headers.Where(header => !notForwarded.Contains(header.Key)))
        {
            if (!message.Headers.TryAddWithoutValidation(name, value))
            {
                message.Content?.Headers.TryAddWithoutValidation(name, value);
            }
        }

        // A connection of its own for each request: none outlives the process at its other end.
        message.Headers.ConnectionClose = true;
        return message;
    }
}
