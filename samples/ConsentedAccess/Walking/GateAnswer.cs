using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace MedId.Samples.ConsentedAccess;

/// <summary>An answer of the patient OP on its way through the gate.</summary>
internal sealed record GateAnswer(HttpStatusCode Status, IReadOnlyList<KeyValuePair<string, string[]>> Headers, byte[] Body)
{
    public static async Task<GateAnswer> ReadAsync(HttpResponseMessage answer, IReadOnlySet<string> notForwarded, CancellationToken cancellationToken) => new(
        answer.StatusCode,
        [.. answer.Headers.Concat(answer.Content.Headers).Where(header => !notForwarded.Contains(header.Key)).Select(header => KeyValuePair.Create(header.Key, header.Value.ToArray()))],
        await answer.Content.ReadAsByteArrayAsync(cancellationToken));

    public string? Text(string member)
    {
        try
        {
            return JsonNode.Parse(Body)?[member]?.ToString();
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public async Task WriteAsync(HttpResponse response)
    {
        response.StatusCode = (int)Status;
        foreach (var (name, values) in Headers)
        {
            response.Headers[name] = values;
        }

        if (Body.Length > 0)
        {
            response.ContentLength = Body.Length;
            await response.Body.WriteAsync(Body, response.HttpContext.RequestAborted);
        }
    }
}
