using System.Net.Http.Headers;
using System.Text.Json;
using MedId.Provider;

namespace MedId.AspNetCore.Provider;

/// <summary>
/// Tells the parties of a consent by HTTP that it has ended: <c>{"consent_id":"…"}</c> and nothing else, to the addresses that the operator configured. The message is a hint and proves nothing: whoever gets it asks for
/// the signed artefact, or simply finds the token inactive. One attempt; an endpoint that is down misses nothing that it could still use.
/// </summary>
internal sealed class HttpConsentEndedSender(HttpClient http, IReadOnlyDictionary<string, Uri> endpoints) : IConsentEndedObserver
{
    // Both at once: one that is down does not keep the other waiting.
    public async ValueTask TellAsync(ConsentEnded ended, CancellationToken cancellationToken = default) =>
        await Task.WhenAll(
            from party in (string[])[ended.ClientId, ended.Resource]
            where endpoints.ContainsKey(party)
            select SendAsync(endpoints[party], ended.ConsentId, cancellationToken)).ConfigureAwait(false);

    private async Task SendAsync(Uri endpoint, string consentId, CancellationToken cancellationToken)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("consent_id", consentId);
            json.WriteEndObject();
        }

        using var body = new ByteArrayContent(buffer.ToArray());
        body.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        using var answer = await http.PostAsync(endpoint, body, cancellationToken).ConfigureAwait(false);
        answer.EnsureSuccessStatusCode();
    }
}
