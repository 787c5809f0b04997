using System.Text.Json;
using System.Text.Json.Nodes;
using MedId.Core;
using MedId.Cryptography;
using MedId.Jpki.Certificates;
using MedId.Pki;
using MedId.Provider;
using MedId.Signatures;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace MedId.Samples.IdentityProofing;

/// <summary>What a person's own device asks of the OP before it has a phone enrolled: apply, bind the card, sign in.</summary>
internal static class ProofingRoutes
{
    private const int MaxBytes = 64 * 1024;
    private static readonly TimeSpan FormLifetime = TimeSpan.FromHours(1);

    public static void Map(WebApplication app)
    {
        app.MapPost("/proofing/form", static async (HttpContext http) =>
            await AnswerAsync(http, new JsonObject { ["nonce"] = await Service<ProofingDesk>(http).BeginAsync(FormLifetime, http.RequestAborted) }));
        app.MapPost("/proofing/application", static (HttpContext http) => HandleAsync(http, ApplyAsync));
        app.MapPost("/card/challenge", static (HttpContext http) => HandleAsync(http, static async (h, _) => await ChallengeAsync(h)));
        app.MapPost("/card/binding", static (HttpContext http) => HandleAsync(http, BindAsync));
        app.MapPost("/card/sign-in", static (HttpContext http) => HandleAsync(http, SignInAsync));
    }

    private static async Task<MedIdResult<JsonObject>> ApplyAsync(HttpContext http, JsonElement message)
    {
        var certificate = Certificate.Parse(Bytes(message, "certificate"));
        if (!certificate.Succeeded)
        {
            return certificate.Error;
        }

        var decision = await Service<ApplicationFormService>(http).VerifyAsync(
            new SignedApplicationForm
            {
                Format = FormSignatureFormat.Pkcs1,
                Document = Bytes(message, "document"),
                Signature = Bytes(message, "signature"),
                Certificate = certificate.Value,
                Read = FormDocument.Read,
                ExpectedNonce = Text(message, "nonce"),
            },
            http.RequestAborted);
        if (!decision.IsAccepted)
        {
            return decision.Error;
        }

        var proofed = await Service<ProofingDesk>(http).ProofAsync(decision.Evidence, "ja", http.RequestAborted);
        return proofed.Then<JsonObject>(person => new JsonObject
        {
            ["account"] = person.AccountId,
            ["new"] = person.IsNew,
            ["ticket"] = person.Ticket,
            ["standing"] = decision.Standing.ToString(),
        });
    }

    private static async Task<MedIdResult<JsonObject>> ChallengeAsync(HttpContext http)
    {
        var challenge = JpkiSignInChallenge.Create(Options(http).Issuer, Service<TimeProvider>(http).GetUtcNow());
        await Service<OpenChallenges>(http).AddAsync(challenge);
        return new JsonObject { ["challenge"] = StrictBase64Url.Encode(challenge.ToBytes()), ["id"] = challenge.Id };
    }

    private static async Task<MedIdResult<JsonObject>> BindAsync(HttpContext http, JsonElement message)
    {
        var card = await VerifyAsync(http, message);
        if (!card.Succeeded)
        {
            return card.Error;
        }

        // The form was signed with one certificate, the sign-in with another: that both are one person's is said by JPKI's linking information, by nothing else.
        var account = await Service<ProofingDesk>(http).FindAccountAsync(card.Value.Identity, http.RequestAborted);
        if (!account.Succeeded)
        {
            return account.Error;
        }

        // Whoever holds the card was checked by it, as well as by the form; without saying so no second device is bound beside a phone with its key in hardware.
        var checkedBy = new ProofingRecord { Method = ProofingRecord.JpkiSignIn, Level = ProofingLevel.High, At = card.Value.At };
        var ticket = await Service<EnrolmentDesk>(http).IssueTicketAsync(account.Value, checkedBy, replaces: null, http.RequestAborted);
        if (!ticket.Succeeded)
        {
            return ticket.Error;
        }

        var bound = await Service<CardDesk>(http).BindAsync(ticket.Value, card.Value, http.RequestAborted);
        return bound.Then<JsonObject>(_ => new JsonObject { ["account"] = account.Value });
    }

    private static async Task<MedIdResult<JsonObject>> SignInAsync(HttpContext http, JsonElement message)
    {
        var card = await VerifyAsync(http, message);
        if (!card.Succeeded)
        {
            return card.Error;
        }

        if (!await Service<IProviderStore>(http).TryConsumeAsync(Options(http).Tenant, card.Value.ReplayKey, http.RequestAborted))
        {
            return new MedIdError(SignaturesErrorCodes.ChallengeForeign, ErrorCategory.State, "sample: sign-in");
        }

        var account = await Service<ProofingDesk>(http).FindAccountAsync(card.Value.Identity, http.RequestAborted);
        return account.Then<JsonObject>(id => new JsonObject { ["account"] = id, ["standing"] = card.Value.Standing.ToString() });
    }

    private static async Task<MedIdResult<JpkiSignIn>> VerifyAsync(HttpContext http, JsonElement message)
    {
        if (await Service<OpenChallenges>(http).TakeAsync(Text(message, "id")) is not { } challenge)
        {
            return new MedIdError(SignaturesErrorCodes.ChallengeForeign, ErrorCategory.State, "sample: sign-in", "the challenge is unknown or was answered before");
        }

        var decision = await Service<JpkiSignInService>(http).VerifyAsync(
            challenge, Options(http).Issuer, Bytes(message, "signature"), Bytes(message, "certificate"), hash: null, http.RequestAborted);
        return decision.IsAccepted ? decision.SignIn : decision.Error;
    }

    private static async Task HandleAsync(HttpContext http, Func<HttpContext, JsonElement, Task<MedIdResult<JsonObject>>> handle)
    {
        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body, http.RequestAborted);
        var message = StrictJson.ParseObject(body.Length == 0 ? "{}"u8.ToArray() : body.ToArray(), maxBytes: MaxBytes);
        var answer = message.Succeeded ? await handle(http, message.Value) : message.Error;
        if (!answer.Succeeded)
        {
            http.Response.StatusCode = StatusCodes.Status403Forbidden;
        }

        await AnswerAsync(http, answer.Succeeded ? answer.Value : new JsonObject { ["code"] = answer.Error.Code });
    }

    private static Task AnswerAsync(HttpContext http, JsonObject json)
    {
        http.Response.Headers.CacheControl = "no-store";
        http.Response.ContentType = "application/json";
        return http.Response.Body.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(json), http.RequestAborted).AsTask();
    }

    private static string? Text(JsonElement json, string name) => json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    /// <summary>Nothing where there is nothing, which no verifier accepts.</summary>
    private static byte[] Bytes(JsonElement json, string name) => StrictBase64Url.TryDecode(Text(json, name), out var bytes) ? bytes : [];

    private static ProviderOptions Options(HttpContext http) => Service<ProviderOptions>(http);

    private static T Service<T>(HttpContext http)
        where T : notnull => http.RequestServices.GetRequiredService<T>();
}
