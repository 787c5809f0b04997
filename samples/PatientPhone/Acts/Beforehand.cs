using System.Text.Json;
using System.Text.Json.Nodes;
using MedId.Fido.Uaf;
using MedId.Samples.Hosting;

namespace MedId.Samples.PatientPhone;

/// <summary>Before anybody asks: the person puts a consent together, reads what it says, and signs it with the enrolled key.</summary>
internal sealed class Beforehand(OpClient op, PhoneAuthenticator authenticator, StepReporter steps)
{
    private const int Before = 0;

    /// <summary>Gives a consent beforehand.</summary>
    /// <param name="account">The handle from the enrolment.</param>
    /// <param name="composition">What the person put together, in the members of <c>POST /device/standing/drafts</c>.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The consent's id; with <c>code</c> where the OP gave one to tell.</returns>
    public async Task<JsonObject> GiveAsync(string account, JsonObject composition, CancellationToken cancellationToken)
    {
        var step = steps.Begin(Before, "the person agrees beforehand").Sent("kind", composition["kind"]?.ToString());
        try
        {
            var token = await SignInAsync(account, cancellationToken);
            var draft = OpClient.Read(await op.PostAsync("/device/standing/drafts", composition.ToJsonString(), token, cancellationToken));
            var (id, notice) = Recognise(draft, composition);
            step.Checked("the notice is of this OP, of this kind, and has the digest it claims");

            // The person of this sample keeps everything that they put together themselves.
            string[] scopes = [.. notice.Items("categories").Select(one => one.Text("scope") ?? throw Unknown())];
            var choice = Choice(scopes);
            var body = new JsonObject { ["confirmed"] = true, ["granted"] = choice["granted"]!.DeepClone() };
            var offer = UafOffer.Read(await op.PostAsync($"/device/standing/drafts/{Uri.EscapeDataString(id)}/choice", body.ToJsonString(), token, cancellationToken));
            using var both = JsonDocument.Parse(new JsonObject { ["choice"] = choice, ["notice"] = JsonNode.Parse(notice.GetRawText()) }.ToJsonString());
            var digest = Notice.Digest(Notice.Canonical(both.RootElement));
            if (offer.Json.Text("digest") != digest)
            {
                throw new PhoneRefusedException(PhoneErrorCodes.TransactionNotRecognised);
            }

            var line = $"MedId standing v1; kind={composition["kind"]}; sha-256={digest}";
            offer.Recognise("Auth", op.AppId, Labels.Standing(offer.Nonce, digest), line);
            var code = await op.RespondUafAsync(authenticator.Sign(offer.UafRequest), [], cancellationToken);
            step.Sent("scopes", string.Join(' ', scopes)).Sent("transaction", line)
                .Checked("the digest is that of the notice shown and the choice made").Checked("the line to sign names kind and digest").Checked("the OP recorded the consent").Done();
            var given = new JsonObject { ["consent"] = id };
            if (code is not null)
            {
                given["code"] = code;
            }

            return given;
        }
        catch (PhoneRefusedException refused)
        {
            step.Refused(refused.Code);
            throw;
        }
    }

    private (string Id, JsonElement Notice) Recognise(JsonElement draft, JsonObject composition)
    {
        var notice = draft.Member("notice") ?? throw Unknown();
        var id = draft.Text("draft") ?? throw Unknown();
        return notice.Text("issuer") == op.Issuer && notice.Text("kind") == composition["kind"]?.ToString() && notice.Text("consent") == id
            && draft.Text("notice_digest") == Notice.Digest(Notice.Canonical(notice))
                ? (id, notice)
                : throw Unknown();
    }

    private static JsonObject Choice(string[] scopes) => new()
    {
        ["button"] = "agree",
        ["confirmed"] = true,
        ["granted"] = new JsonArray([.. scopes.Select(scope => JsonValue.Create(scope))]),
        ["refused"] = new JsonArray(),
    };

    private static PhoneRefusedException Unknown() => new(PhoneErrorCodes.NoticeNotRecognised);

    private async Task<string> SignInAsync(string account, CancellationToken cancellationToken)
    {
        var offer = await op.RequestUafAsync(UafOperation.Authentication, new JsonObject { ["act"] = "sign-in", ["account"] = account }, cancellationToken);
        offer.Recognise("Auth", op.AppId, Labels.SignIn(offer.Nonce, account), transaction: null);
        return await op.RespondUafAsync(authenticator.Sign(offer.UafRequest), [], cancellationToken) ?? throw new PhoneRefusedException(PhoneErrorCodes.AnswerMalformed);
    }
}
