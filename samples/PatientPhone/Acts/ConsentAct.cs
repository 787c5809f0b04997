using System.Text.Json;
using System.Text.Json.Nodes;
using MedId.Cryptography;
using MedId.Fido.Uaf;
using MedId.Samples.Hosting;

namespace MedId.Samples.PatientPhone;

/// <summary>Step 4: prove the key, see the notice, decide, and sign the digest of what was shown and chosen.</summary>
internal sealed class ConsentAct(OpClient op, PhoneAuthenticator authenticator, IPerson person, Misbehaviour misbehaviour, TimeProvider time, StepReporter steps)
{
    public async Task RunAsync(string request, CancellationToken cancellationToken)
    {
        var step = steps.Begin(4, "proves the enrolled key to see the request");
        try
        {
            var token = await OpenAsync(request, step, cancellationToken);
            step.Done();

            step = steps.Begin(4, "shows the notice, and the person decides");
            var path = "/device/requests/" + request;
            var answer = await op.GetAsync(path, token, cancellationToken);
            if (answer.Member("told") is { } told)
            {
                ShowTold(answer, told, request, step);
                return;
            }

            var notice = Notice.Read(answer, op.Issuer, request, time.GetUtcNow());
            step.Checked("the notice is of this OP, for this request, and has the digest it claims").Sent("reuse", notice.Json.Member("reuse")?.Text("variant"))
                .Sent("changes", new JsonArray([.. (notice.Json.Member("about")?.Items("changes") ?? []).Select(one => JsonValue.Create(one.Text("field")))]));
            var decision = await person.DecideAsync(notice, cancellationToken);
            if (decision.Granted is null)
            {
                await op.PostAsync(path + "/denial", """{"confirmed":true}""", token, cancellationToken);
                step.Sent("button", "deny").Done();
                return;
            }

            var choice = notice.Choice(decision.Granted);
            step.Sent("granted", choice["granted"]!.DeepClone()).Sent("refused", choice["refused"]!.DeepClone()).Sent("confirmed", true).Done();

            step = steps.Begin(4, "signs what was shown and chosen");
            await SignAsync(path, notice, choice, token, step, cancellationToken);
            step.Done();
        }
        catch (PhoneRefusedException refused)
        {
            step.Refused(refused.Code);
        }
    }

    /// <summary>What was opened without asking this phone: nothing is decided here, and the notice does not ask for anything.</summary>
    private void ShowTold(JsonElement answer, JsonElement told, string request, Step step)
    {
        var notice = Notice.ReadTold(answer, op.Issuer, request);
        var ground = told.Member("ground")?.Text("kind") ?? throw new PhoneRefusedException(PhoneErrorCodes.NoticeNotRecognised);
        person.ShowTold(notice, told);
        step.Sent("told", ground).Sent("status", told.Text("status")).Sent("consent", told.Text("consent"))
            .Sent("granted", new JsonArray([.. told.Items("granted").Select(one => JsonValue.Create(one.GetString()))]))
            .Checked("the notice is of this OP, for this request, and has the digest it claims").Checked("nothing is asked and nothing is signed").Done();
    }

    private async Task<string> OpenAsync(string request, Step step, CancellationToken cancellationToken)
    {
        var offer = await op.RequestUafAsync(UafOperation.Authentication, new JsonObject { ["act"] = "open", ["request"] = request }, cancellationToken);
        offer.Recognise("Auth", op.AppId, Labels.Open(offer.Nonce, request), transaction: null);
        step.Sent("act", "open").Checked("the challenge is the hash of nonce and request id");
        var token = await op.RespondUafAsync(authenticator.Sign(offer.UafRequest), [], cancellationToken);
        step.Checked("the OP gave a device token for this request");
        return token ?? throw new PhoneRefusedException(PhoneErrorCodes.AnswerMalformed);
    }

    private async Task SignAsync(string path, Notice notice, JsonObject choice, string token, Step step, CancellationToken cancellationToken)
    {
        var body = new JsonObject { ["confirmed"] = true, ["granted"] = choice["granted"]!.DeepClone() };
        var offer = UafOffer.Read(await op.PostAsync(path + "/choice", body.ToJsonString(), token, cancellationToken));

        // What is signed is what this phone showed: choice, digest, line and challenge are computed here, the OP's are only compared with.
        var digest = notice.DigestWith(choice);
        var line = notice.Transaction(digest);
        using var own = System.Text.Json.JsonDocument.Parse(choice.ToJsonString());
        if (offer.Json.Text("choice") != Notice.Canonical(own.RootElement) || offer.Json.Text("digest") != digest)
        {
            throw new PhoneRefusedException(PhoneErrorCodes.TransactionNotRecognised);
        }

        offer.Recognise("Auth", op.AppId, Labels.Consent(offer.Nonce, digest), line);
        step.Sent("transaction", line)
            .Checked("the digest is that of the notice shown and the choice made")
            .Checked("the line to sign names recipient, binding message and digest")
            .Checked("the challenge is the hash of nonce and digest");
        person.ShowTransaction(line);
        var response = authenticator.Sign(offer.UafRequest);
        if (misbehaviour == Misbehaviour.TamperedAssertion)
        {
            response = Tampering.FlipLastBit(response);
        }

        await op.RespondUafAsync(response, [], cancellationToken);
        step.Checked("the OP recorded the consent");
        if (misbehaviour == Misbehaviour.ReplayedAssertion)
        {
            step.Done();
            await ReplayAsync(response, cancellationToken);
        }
    }

    private async Task ReplayAsync(string response, CancellationToken cancellationToken)
    {
        var step = steps.Begin(4, "MISBEHAVES: sends the same assertion again");
        try
        {
            await op.RespondUafAsync(response, [], cancellationToken);
            step.Done();
        }
        catch (PhoneRefusedException refused)
        {
            step.Refused(refused.Code);
        }
    }
}
