using System.Net.Http.Headers;
using System.Text.Json;
using MedId.Cryptography;
using MedId.OAuth;
using MedId.Testing;

namespace MedId.Samples.IdentityProofing;

/// <summary>The terminal at the clinic's reception: a client of the OP that shows the notice to whoever put the card in.</summary>
internal sealed class TerminalClient(HttpClient http, string issuer, SigningKey key)
{
    private readonly PrivateKeyJwtCredential _credential = new(ProofingHost.Terminal.ClientId, key);

    /// <summary>The card signs in; the requests that wait for its holder come back.</summary>
    public async Task<SampleAnswer> SignInAsync(SoftwareJpkiCard card) => await ActAsync(await PostAsync("/terminal/sign-in"), card);

    /// <summary>The notice, as the phone would show it.</summary>
    public async Task<SampleAnswer> ReadNoticeAsync(string request, string deviceToken)
    {
        using var message = new HttpRequestMessage(HttpMethod.Get, $"{issuer}/device/requests/{request}");
        message.Headers.Authorization = new AuthenticationHeaderValue("Bearer", deviceToken);
        using var answer = await http.SendAsync(message);
        return await SampleAnswer.ReadAsync(answer);
    }

    /// <summary>The person has ticked the box and kept everything that is shown; the card's second act covers it.</summary>
    public async Task<SampleAnswer> AgreeAsync(string request, string deviceToken, JsonElement notice, SoftwareJpkiCard card)
    {
        var kept = notice.GetProperty("categories").EnumerateArray().Select(category => category.GetProperty("scope").GetString());
        var act = await PostAsync(
            $"/terminal/requests/{request}/choice", ("device_token", deviceToken), ("confirmed", "true"), ("granted", string.Join(' ', kept)));
        return await ActAsync(act, card);
    }

    private async Task<SampleAnswer> ActAsync(SampleAnswer act, SoftwareJpkiCard card) => act.Succeeded
        ? await PostAsync(
            "/terminal/act",
            ("act", act.Text("act")),
            ("signature", StrictBase64Url.Encode(await Person.AuthenticateAsync(card, act.Bytes("challenge")))),
            ("certificate", StrictBase64Url.Encode(card.AuthenticationCertificate.Der)))
        : act;

    private async Task<SampleAnswer> PostAsync(string path, params (string Name, string Value)[] form)
    {
        var request = new ClientRequest(issuer + path, issuer);
        foreach (var (name, value) in form)
        {
            request.Add(name, value);
        }

        await _credential.AuthenticateAsync(request);
        using var content = new FormUrlEncodedContent(request.Parameters);
        using var answer = await http.PostAsync(issuer + path, content);
        return await SampleAnswer.ReadAsync(answer);
    }
}
