using System.Text.Json.Nodes;
using MedId.Ciba.Client;
using MedId.Core;
using MedId.OAuth;
using MedId.Samples.Hosting;
using Microsoft.AspNetCore.Http;

namespace MedId.Samples.DoctorEhr;

/// <summary>The reception: takes consents to process, on paper or on a screen, and takes them back.</summary>
internal sealed class ProcessingSteering(ProcessingConsents consents, StepReporter steps, TimeProvider time)
{
    private static readonly TimeSpan Usual = TimeSpan.FromDays(365);

    public async Task<IResult> TakeAsync(HttpContext context)
    {
        var json = await Steering.ReadAsync(context);
        var members = json.Succeeded ? new JsonMembers(json.Value) : null;
        if (members is null || members.String("form") is not ("paper" or "electronic"))
        {
            return Steering.Refused(EhrErrorCodes.RequestMalformed, StatusCodes.Status400BadRequest);
        }

        var now = time.GetUtcNow();
        var taken = await consents.TakeAsync(
            new ProcessingConsent
            {
                Id = string.Empty,
                ClientId = string.Empty,
                Patient = members.String("patient") ?? AccessOrder.AtReception,
                Purpose = members.String("purpose") ?? AccessOrder.Treatment,
                Form = members.String("form") == "paper" ? ProcessingConsentForm.Paper : ProcessingConsentForm.Electronic,
                NoticeVersion = members.String("notice_version") ?? string.Empty,
                NoticeDigest = members.String("notice_digest") ?? string.Empty,
                GivenAt = now,
                ValidUntil = now + (members.Integer("valid_seconds", 1, (int)Usual.TotalSeconds) is { } seconds ? TimeSpan.FromSeconds(seconds) : Usual),
                Act = members.String("act"),
                ActEvidence = members.String("act_evidence"),
                FormId = members.String("form_id"),
                ScanDigest = members.String("scan_digest"),
                ClerkId = members.String("clerk"),
            },
            context.RequestAborted);
        var step = steps.Begin(0, "the reception takes the consent to process").Sent("form", members.String("form")).Sent("notice_version", members.String("notice_version"));
        if (!taken.Succeeded)
        {
            step.Refused(taken.Error.Code);
            return Steering.Refused(taken.Error.Code, StatusCodes.Status400BadRequest);
        }

        step.Checked("the record has all that its form needs").Done();
        return Steering.Answer(new JsonObject { ["consent"] = taken.Value.Id }, StatusCodes.Status201Created);
    }

    public async Task<IResult> WithdrawAsync(HttpContext context)
    {
        var json = await Steering.ReadAsync(context, emptyIsAnObject: true);
        if (!json.Succeeded)
        {
            return Steering.Refused(EhrErrorCodes.RequestMalformed, StatusCodes.Status400BadRequest);
        }

        var members = new JsonMembers(json.Value);
        var ended = await consents.WithdrawAsync(members.String("patient") ?? AccessOrder.AtReception, members.String("purpose") ?? AccessOrder.Treatment, context.RequestAborted);
        steps.Begin(11, "the consent to process is taken back").Sent("ended", ended).Checked("tokens went back to the OP").Done();
        return Steering.Answer(new JsonObject { ["ended"] = ended }, StatusCodes.Status200OK);
    }
}
