using System.Text.Json.Nodes;
using MedId.AspNetCore.RelyingParty;
using MedId.Ciba.Client;
using MedId.Core;
using MedId.Cryptography;
using MedId.OAuth;
using Microsoft.AspNetCore.Http;

namespace MedId.Samples.RelyingPartyGateway;

/// <summary>Asking, waiting, renewing, giving back; and the consent to process, without which nothing is asked.</summary>
internal sealed class AccessEndpoints(CibaScheduler scheduler, CibaService ciba, ProcessingConsents consents, AccessBook book, AccessFinder finder, GatewaySetup setup, TimeProvider time)
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan UsualConsent = TimeSpan.FromDays(365);

    public async Task<IResult> TakeConsentAsync(HttpContext http)
    {
        var json = await GatewayAnswers.ReadAsync(http);
        if (!json.Succeeded)
        {
            return GatewayAnswers.Refused(json.Error, StatusCodes.Status400BadRequest);
        }

        var members = new JsonMembers(json.Value);
        var now = time.GetUtcNow();
        var form = members.NeededString("form");
        var consent = new ProcessingConsent
        {
            Id = string.Empty,
            ClientId = string.Empty,
            Patient = members.NeededString("patient", 64),
            Purpose = members.String("purpose", 16) ?? "TREAT",
            Form = form == "paper" ? ProcessingConsentForm.Paper : ProcessingConsentForm.Electronic,
            NoticeVersion = members.NeededString("notice_version"),
            NoticeDigest = members.NeededString("notice_digest"),
            GivenAt = now,
            ValidUntil = now + (members.Integer("valid_seconds", 1, (int)UsualConsent.TotalSeconds) is { } seconds ? TimeSpan.FromSeconds(seconds) : UsualConsent),
            Act = members.String("act"),
            ActEvidence = members.String("act_evidence"),
            FormId = members.String("form_id"),
            ScanDigest = members.String("scan_digest"),
            ClerkId = members.String("clerk"),
        };
        if (members.Wrong is not null || form is not ("paper" or "electronic"))
        {
            return GatewayAnswers.Refused(new MedIdError(GatewayErrorCodes.RequestMalformed, ErrorCategory.Malformed, "openapi.json", members.Wrong ?? "form"), StatusCodes.Status400BadRequest);
        }

        var taken = await consents.TakeAsync(consent, http.RequestAborted);
        return taken.Succeeded
            ? GatewayAnswers.Json(new JsonObject { ["consent"] = taken.Value.Id }, StatusCodes.Status201Created)
            : GatewayAnswers.Refused(taken.Error, StatusCodes.Status400BadRequest);
    }

    /// <summary>Takes a consent back and gives up what runs under it. A record of before a restart is not here any more, but what waits under it is, and is given up as well.</summary>
    public async Task<IResult> WithdrawConsentAsync(HttpContext http)
    {
        var json = await GatewayAnswers.ReadAsync(http);
        var members = json.Succeeded ? new JsonMembers(json.Value) : null;
        var (patient, purpose) = (members?.NeededString("patient", 64) ?? string.Empty, members?.String("purpose", 16) ?? "TREAT");
        if (members is not { Wrong: null })
        {
            return GatewayAnswers.Refused(GatewayErrorCodes.RequestMalformed, StatusCodes.Status400BadRequest);
        }

        await finder.TakeUpAsync(http.RequestAborted);
        var ended = await EndConsentsAsync(patient, purpose, http.RequestAborted);
        await CancelAsync(one => one.Patient == patient && one.Purpose == purpose);
        await book.GiveUpAsync(patient, purpose, http.RequestAborted);
        return GatewayAnswers.Json(new JsonObject { ["ended"] = ended });
    }

    public async Task<IResult> StartAsync(HttpContext http)
    {
        var order = (await GatewayAnswers.ReadAsync(http)).Then(json => AccessOrder.Parse(json, setup.Api.AbsoluteUri.TrimEnd('/')));
        if (!order.Succeeded)
        {
            return GatewayAnswers.Refused(order.Error, StatusCodes.Status400BadRequest);
        }

        // In the book before anybody is asked, and before the consent is looked up: a withdrawal finds every access that could go on after it, and the answer may be faster than this call.
        var access = book.Open(new(SecretGenerator.Base64Url(16), order.Value.Patient, order.Value.Purpose, time.GetUtcNow() + (order.Value.Request.RequestedExpiry ?? TimeSpan.FromMinutes(5))));
        var isAsked = false;
        try
        {
            var proof = await consents.ProveAsync(access.Patient, access.Purpose, order.Value.Hint, http.RequestAborted);
            if (!proof.Succeeded)
            {
                return GatewayAnswers.Refused(proof.Error);
            }

            var asked = await scheduler.StartAsync(string.Empty, order.Value.Request, proof.Value, new AccessReference(access.Id, access.Patient, access.Purpose).ToText(), http.RequestAborted);
            isAsked = asked.Succeeded;
            if (!isAsked)
            {
                return GatewayAnswers.Refused(asked.Error!);
            }

            http.Response.Headers.Location = "/v1/accesses/" + access.Id;
            return GatewayAnswers.Json(access.Show(), StatusCodes.Status202Accepted);
        }
        finally
        {
            if (!isAsked)
            {
                book.Forget(access.Id);
            }
        }
    }

    /// <summary>How far an access is; with <c>?wait=</c> seconds the answer comes when the patient has decided, or after that time.</summary>
    public async Task<IResult> ShowAsync(string access, HttpContext http, int? wait = null)
    {
        if (await finder.FindAsync(access, http.RequestAborted) is not { } found)
        {
            return Unknown();
        }

        if (wait is > 0)
        {
            var longest = TimeSpan.FromSeconds(Math.Min(wait.Value, (int)LongestWait.TotalSeconds));
            await Task.WhenAny(found.Decided, Task.Delay(longest, time, http.RequestAborted));
        }

        return GatewayAnswers.Json(found.Show());
    }

    /// <summary>New tokens without asking the patient, where the consent allows it.</summary>
    public async Task<IResult> RefreshAsync(string access, HttpContext http)
    {
        if (await finder.FindAsync(access, http.RequestAborted) is not { } found)
        {
            return Unknown();
        }

        if (found.Tokens is not { RefreshToken: not null } tokens)
        {
            return GatewayAnswers.Refused(GatewayErrorCodes.AccessNotGranted, StatusCodes.Status409Conflict);
        }

        var renewed = await ciba.RefreshAsync(tokens, http.RequestAborted);
        if (renewed.Error is { Code: OAuthErrorCodes.TemporarilyUnavailable or OAuthErrorCodes.ServerError })
        {
            // Nothing was refused: the tokens so far are as good as before.
            return GatewayAnswers.Refused(GatewayErrorCodes.Unreachable, StatusCodes.Status503ServiceUnavailable);
        }

        if (found.Decide(renewed))
        {
            await book.GiveBackAsync(found, why: null, http.RequestAborted);
            return GatewayAnswers.Refused(GatewayErrorCodes.AccessNotGranted, StatusCodes.Status409Conflict);
        }

        return renewed.Succeeded ? GatewayAnswers.Json(found.Show()) : GatewayAnswers.Refused(renewed.Error);
    }

    /// <summary>Gives the tokens back to the OP and forgets the access; where the OP does not take them, nothing is read with them and the caller may ask again. A request that waits is forgotten; the patient's phone may still ask.</summary>
    public async Task<IResult> EndAsync(string access, HttpContext http)
    {
        if (await finder.FindAsync(access, http.RequestAborted) is not { } found)
        {
            return Unknown();
        }

        await CancelAsync(one => one.Access == access);
        if (await book.GiveBackAsync(found, why: null, http.RequestAborted) is { } refused)
        {
            return GatewayAnswers.Refused(refused);
        }

        book.Forget(access);
        return Results.NoContent();
    }

    /// <summary>What waits does not come back after a restart either.</summary>
    private async Task CancelAsync(Func<AccessReference, bool> which)
    {
        foreach (var waiting in scheduler.List().Where(one => AccessReference.Parse(one.Reference) is { } reference && which(reference)))
        {
            await scheduler.CancelAsync(waiting.Id);
        }
    }

    private async Task<int> EndConsentsAsync(string patient, string purpose, CancellationToken cancellationToken)
    {
        try
        {
            return await consents.WithdrawAsync(patient, purpose, cancellationToken);
        }
        catch (AggregateException e) when (e.InnerExceptions.All(one => one is HttpRequestException or TimeoutException))
        {
            // The records have ended; of the OP's trouble the caller hears as of any other.
            throw new HttpRequestException("The OP cannot be told.", e);
        }
    }

    private static IResult Unknown() => GatewayAnswers.Refused(GatewayErrorCodes.AccessUnknown, StatusCodes.Status404NotFound);
}
