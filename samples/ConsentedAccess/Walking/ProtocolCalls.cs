using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace MedId.Samples.ConsentedAccess;

/// <summary>The few calls by which the main job steers: the proofing desk, the doctor's terminal, the patient's hand on the phone.</summary>
internal sealed class ProtocolCalls : IDisposable
{
    private readonly HttpClient _http = new() { Timeout = StepFeed.StepTimeout };

    public async Task<JsonNode> PostAsync(string url, JsonObject body, CancellationToken cancellationToken, HttpStatusCode? expected = null)
    {
        using var answer = await _http.PostAsJsonAsync(url, body, cancellationToken);
        return await ReadAsync(url, answer, expected, cancellationToken);
    }

    public async Task<JsonNode> GetAsync(string url, CancellationToken cancellationToken)
    {
        using var answer = await _http.GetAsync(new Uri(url), cancellationToken);
        return await ReadAsync(url, answer, null, cancellationToken);
    }

    public void Dispose() => _http.Dispose();

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
