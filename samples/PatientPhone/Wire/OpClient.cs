using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using MedId.Cryptography;
using MedId.Fido.Uaf;

namespace MedId.Samples.PatientPhone;

/// <summary>What the phone says to the patient OP over HTTP.</summary>
/// <param name="http">Follows no redirects.</param>
/// <param name="issuer">The patient OP's issuer, without a slash at the end.</param>
internal sealed class OpClient(HttpClient http, string issuer)
{
    private const string Uaf = "application/fido+uaf";
    private const string Json = "application/json";

    public string Issuer => issuer;

    public string AppId => issuer + "/uaf/facets";

    public async Task<byte[]> GetFacetsAsync(CancellationToken cancellationToken) => await SendAsync(HttpMethod.Get, AppId, null, null, null, cancellationToken);

    public async Task<UafOffer> RequestUafAsync(UafOperation operation, JsonObject context, CancellationToken cancellationToken)
    {
        var message = new GetUafRequest { Operation = operation, Context = context.ToJsonString() };
        return UafOffer.Read(await SendAsync(HttpMethod.Post, issuer + "/uaf/request", message.ToJson(), Uaf, null, cancellationToken));
    }

    /// <summary>Hands an assertion in.</summary>
    /// <returns>The token that came with the answer; null when none did.</returns>
    public async Task<string?> RespondUafAsync(string uafResponse, JsonObject context, CancellationToken cancellationToken)
    {
        var message = new SendUafResponse { UafResponse = uafResponse, Context = context.ToJsonString() };
        var answer = ServerResponse.Parse(await SendAsync(HttpMethod.Post, issuer + "/uaf/response", message.ToJson(), Uaf, null, cancellationToken));
        if (!answer.Succeeded)
        {
            throw new PhoneRefusedException(PhoneErrorCodes.AnswerMalformed);
        }

        return answer.Value.StatusCode == UafStatusCodes.Ok
            ? answer.Value.AdditionalTokens.FirstOrDefault(token => token.Type == "OAUTH2")?.Value
            : throw new PhoneRefusedException(answer.Value.Description ?? PhoneErrorCodes.AnswerRefused);
    }

    public async Task<JsonElement> GetAsync(string path, string deviceToken, CancellationToken cancellationToken) =>
        Read(await SendAsync(HttpMethod.Get, issuer + path, null, null, deviceToken, cancellationToken));

    public async Task<byte[]> PostAsync(string path, string body, string deviceToken, CancellationToken cancellationToken) =>
        await SendAsync(HttpMethod.Post, issuer + path, body, Json, deviceToken, cancellationToken);

    public static JsonElement Read(byte[] body)
    {
        var json = StrictJson.ParseObject(body, maxBytes: 256 * 1024);
        return json.Succeeded ? json.Value : throw new PhoneRefusedException(PhoneErrorCodes.AnswerMalformed);
    }

    private async Task<byte[]> SendAsync(HttpMethod method, string url, string? body, string? mediaType, string? deviceToken, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, url);
        if (body is not null)
        {
            request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
            request.Content.Headers.ContentType = new MediaTypeHeaderValue(mediaType!) { CharSet = mediaType == Uaf ? "utf-8" : null };
            request.Headers.Accept.ParseAdd(mediaType!);
        }

        if (deviceToken is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", deviceToken);
        }

        using var answer = await http.SendAsync(request, cancellationToken);
        var bytes = await answer.Content.ReadAsByteArrayAsync(cancellationToken);
        return answer.IsSuccessStatusCode ? bytes : throw new PhoneRefusedException(CodeOf(bytes));
    }

    /// <summary>The OP puts its code where the protocol at hand has a place for words.</summary>
    private static string CodeOf(byte[] body) =>
        StrictJson.ParseObject(body) is { Succeeded: true, Value: var json }
            ? json.Text("error_description") ?? json.Text("code") ?? json.Text("description") ?? json.Text("error") ?? PhoneErrorCodes.AnswerRefused
            : PhoneErrorCodes.AnswerRefused;
}
