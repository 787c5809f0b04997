using System.Text.Json;
using System.Text.Json.Nodes;
using MedId.Fido.Uaf;
using MedId.Samples.Hosting;

namespace MedId.Samples.PatientPhone;

/// <summary>After the walk: the patient signs in with the enrolled key, looks at the history, takes a consent back.</summary>
internal sealed class HistoryActs(OpClient op, PhoneAuthenticator authenticator, StepReporter steps)
{
    private const int After = 11;

    public async Task<JsonElement> ListAsync(string account, CancellationToken cancellationToken)
    {
        var step = steps.Begin(After, "signs in and looks at the consent history");
        try
        {
            var history = await op.GetAsync("/device/consents", await SignInAsync(account, step, cancellationToken), cancellationToken);
            step.Sent("consents", history.Items("consents").Count()).Done();
            return history;
        }
        catch (PhoneRefusedException refused)
        {
            step.Refused(refused.Code);
            throw;
        }
    }

    public async Task WithdrawAsync(string account, string consent, CancellationToken cancellationToken)
    {
        var step = steps.Begin(After, "signs in and withdraws the consent").Sent("consent", consent);
        try
        {
            var token = await SignInAsync(account, step, cancellationToken);
            await op.PostAsync($"/device/consents/{Uri.EscapeDataString(consent)}/withdrawal", "{}", token, cancellationToken);
            step.Done();
        }
        catch (PhoneRefusedException refused)
        {
            step.Refused(refused.Code);
            throw;
        }
    }

    private async Task<string> SignInAsync(string account, Step step, CancellationToken cancellationToken)
    {
        var offer = await op.RequestUafAsync(UafOperation.Authentication, new JsonObject { ["act"] = "sign-in", ["account"] = account }, cancellationToken);
        offer.Recognise("Auth", op.AppId, Labels.SignIn(offer.Nonce, account), transaction: null);
        step.Sent("act", "sign-in").Checked("the challenge is the hash of nonce and account handle");
        return await op.RespondUafAsync(authenticator.Sign(offer.UafRequest), [], cancellationToken) ?? throw new PhoneRefusedException(PhoneErrorCodes.AnswerMalformed);
    }
}
