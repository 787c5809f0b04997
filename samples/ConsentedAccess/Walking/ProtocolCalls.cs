using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace MedId.Samples.ConsentedAccess;

/// <summary>The few calls by which the main job steers: the proofing desk, the doctor's terminal, the patient's hand on the phone.</summary>
internal sealed class ProtocolCalls : IDisposable
{
    private readonly HttpClient _http = new() { Timeout = StepFeed.StepTimeout };

    public Task<JsonNode> PostAsync(string url, JsonObject body, CancellationToken cancellationToken, HttpStatusCode? expected = null, string? bearer = null) =>
        SendAsync(HttpMethod.Post, url, JsonContent.Create(body), bearer, expected, cancellationToken);

    public Task<JsonNode> GetAsync(string url, CancellationToken cancellationToken, string? bearer = null) =>
        SendAsync(HttpMethod.Get, url, content: null, bearer, expected: null, cancellationToken);

    public void Dispose() => _http.Dispose();

    private async Task<JsonNode> SendAsync(
        HttpMethod method, string url, HttpContent? content, string? bearer, HttpStatusCode? expected, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, new Uri(url)) { Content = content };
        request.Headers.Authorization = bearer is null ? null : new("Bearer", bearer);
        using var answer = await _http.SendAsync(request, cancellationToken);
        return await ReadAsync(url, answer, expected, cancellationToken);
    }

    private static async Task<JsonNode> ReadAsync(string url, HttpResponseMessage answer, HttpStatusCode? expected, CancellationToken cancellationToken)
    {
        var text = await answer.Content.ReadAsStringAsync(cancellationToken);
        if (expected is { } status ? answer.StatusCode != status : !answer.IsSuccessStatusCode)
        {
            throw new WalkFailedException(null, $"{new Uri(url).AbsolutePath} answered {(int)answer.StatusCode}: {text}");
        }

        try
        {
            return text.Length == 0 ? new JsonObject() : JsonNode.Parse(text)!;
        }
        catch (JsonException)
        {
            throw new WalkFailedException(null, $"{new Uri(url).AbsolutePath} answered no JSON");
        }
    }
}
