using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using MedId.Cryptography;
using MedId.Fido.Uaf;
using MedId.Jpki.Certificates;
using MedId.Samples.Hosting;
using MedId.Testing;

namespace MedId.Samples.IdentityProofing;

/// <summary>The person's own device with a card reader: fills in the form, has the card sign, enrols the phone, signs in. Synthetic.</summary>
internal sealed class Person(HttpClient http, string issuer)
{
    private const string Password = "LABSIGN1";
    private const string Pin = "1234";

    /// <summary>Applies: the nonce, the form, the card's signature over the form's bytes.</summary>
    /// <param name="card">The card.</param>
    /// <param name="name">The name that the person writes; as in the certificate when null.</param>
    /// <param name="withAuthenticationKey">MISBEHAVES: signs with the key for signing in.</param>
    public async Task<SampleAnswer> ApplyAsync(SoftwareJpkiCard card, string? name = null, bool withAuthenticationKey = false)
    {
        var nonce = (await SampleAnswer.PostAsync(http, issuer + "/proofing/form", [])).Text("nonce");
        var person = JpkiPerson.Yamada;
        var document = FormDocument.Write(
            name ?? person.Name!, person.Address!, JpkiGender.Male, DateOnly.ParseExact(person.BirthDate![1..], "yyyyMMdd", CultureInfo.InvariantCulture), nonce);
        card.EnterPassword(Password);
        card.EnterPin(Pin);
        var key = withAuthenticationKey ? card.OpenAuthenticationKey() : card.OpenSigningKey();
        var certificate = withAuthenticationKey ? card.AuthenticationCertificate : card.ReadSigningCertificate();
        var signature = await key.SignAsync(document);
        card.Remove();
        return await SampleAnswer.PostAsync(http, issuer + "/proofing/application", new JsonObject
        {
            ["nonce"] = nonce,
            ["document"] = StrictBase64Url.Encode(document),
            ["signature"] = StrictBase64Url.Encode(signature),
            ["certificate"] = StrictBase64Url.Encode(certificate.Der),
        });
    }

    /// <summary>Has the card bound to the account, or signs in with it.</summary>
    public async Task<SampleAnswer> PresentAsync(SoftwareJpkiCard card, string path)
    {
        var asked = await SampleAnswer.PostAsync(http, issuer + "/card/challenge", []);
        return await SampleAnswer.PostAsync(http, issuer + path, new JsonObject
        {
            ["id"] = asked.Text("id"),
            ["signature"] = StrictBase64Url.Encode(await AuthenticateAsync(card, asked.Bytes("challenge"))),
            ["certificate"] = StrictBase64Url.Encode(card.AuthenticationCertificate.Der),
        });
    }

    /// <summary>Enrols the phone with the ticket of the proofing, over the UAF transport.</summary>
    public async Task<SampleAnswer> EnrolPhoneAsync(SoftwareUafAuthenticator phone, string ticket)
    {
        var context = new JsonObject { ["ticket"] = ticket, ["push_address"] = SamplePush.Scheme + ":phone" };
        var offer = await UafAsync("/uaf/request", new GetUafRequest { Operation = UafOperation.Registration, Context = context.ToJsonString() }.ToJson());
        if (offer.Json.GetProperty("statusCode").GetInt32() != UafStatusCodes.Ok)
        {
            return offer;
        }

        var response = phone.Register(offer.Text("uafRequest"), SamplePhoneApp.FacetId);
        return await UafAsync("/uaf/response", new SendUafResponse { UafResponse = response, Context = new JsonObject { ["ticket"] = ticket }.ToJsonString() }.ToJson());
    }

    /// <summary>What the card signs when somebody has entered the PIN: whatever it is given.</summary>
    public static async Task<byte[]> AuthenticateAsync(SoftwareJpkiCard card, byte[] challenge)
    {
        card.EnterPin(Pin);
        var signature = await card.OpenAuthenticationKey().SignAsync(challenge);
        card.Remove();
        return signature;
    }

    private async Task<SampleAnswer> UafAsync(string path, string message)
    {
        using var content = new StringContent(message, Encoding.UTF8, "application/fido+uaf");
        using var answer = await http.PostAsync(issuer + path, content);
        return new(answer.StatusCode, JsonDocument.Parse(await answer.Content.ReadAsByteArrayAsync()).RootElement);
    }
}
