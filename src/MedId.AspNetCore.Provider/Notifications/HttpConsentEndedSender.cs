using System.Net.Http.Headers;
using System.Text.Json;
using MedId.Provider;

namespace MedId.AspNetCore.Provider;

/// <summary>
/// Tells one party of a consent by HTTP that it has ended: <c>{"consent_id":"…"}</c> and nothing else, to the address that the operator configured. The message is a hint and proves nothing: whoever gets it asks for
/// the signed artefact, or simply finds the token inactive. One attempt a call; the outbox tries again. Each party has its own sender, so that one that is down has nobody else told again and again.
/// </summary>
internal sealed class HttpConsentEndedSender(HttpClient http, IReadOnlyDictionary<string, Uri> endpoints, Func<ConsentEnded, string> party) : IConsentEndedObserver
{
    public async ValueTask TellAsync(ConsentEnded ended, CancellationToken cancellationToken = default)
    {
        if (endpoints.TryGetValue(party(ended), out var endpoint))
        {
            await SendAsync(endpoint, ended.ConsentId, cancellationToken).ConfigureAwait(false);
        }
    }

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
