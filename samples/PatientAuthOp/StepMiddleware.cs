using MedId.AspNetCore.Provider;
using MedId.Ciba.Server;
using MedId.OAuth.Server;
using MedId.Provider;
using MedId.Samples.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace MedId.Samples.PatientAuthOp;

/// <summary>Reports the OP's steps of the walk: what it answered and what it had to verify before it did.</summary>
internal sealed class StepMiddleware(RequestDelegate next, StepReporter steps)
{
    private const string Requests = "/device/requests/";

    public async Task InvokeAsync(HttpContext http)
    {
        ArgumentNullException.ThrowIfNull(http);
        var path = http.Request.Path.Value;
        var started = path switch
        {
            "/bc-authorize" => steps.Begin(2, "backchannel authentication request"),
            "/token" => steps.Begin(5, "tokens"),
            "/introspect" => steps.Begin(8, "introspection"),
            _ => null,
        };
        var act = path is "/uaf/request" or "/uaf/response" ? (Enrol: steps.Begin(0, "enrolment"), Consent: steps.Begin(4, "consent")) : default;
        await next(http);
        var outcome = http.Features.Get<ProviderOutcome>() ?? new ProviderOutcome();
        if (started is not null)
        {
            ReportEndpoint(started, path!, outcome);
        }
        else if (path is not null && path.StartsWith("/webauthn/", StringComparison.Ordinal))
        {
            ReportPasskey(path, outcome);
        }
        else if (act.Enrol is not null)
        {
            ReportAct(act.Enrol, act.Consent, path!, outcome);
        }
        else if (path is not null && path.StartsWith("/device/requests/", StringComparison.Ordinal) && outcome.Error is { } refused)
        {
            steps.Begin(4, "notice and choice").Refused(refused.Code);
        }
        else if (path is not null && path.StartsWith(Requests, StringComparison.Ordinal) && HttpMethods.IsGet(http.Request.Method) && http.Response.StatusCode == StatusCodes.Status200OK)
        {
            await ReportToldAsync(http, path[Requests.Length..]);
        }
    }

    /// <summary>A notice that asks for nothing any more: the person reads what was opened.</summary>
    private async Task ReportToldAsync(HttpContext http, string request)
    {
        var known = await http.RequestServices.GetRequiredService<IProviderStore>().FindRequestAsync(http.RequestServices.GetRequiredService<ProviderOptions>().Tenant, request, http.RequestAborted);
        if (known is not null and not { Status: CibaStatus.Pending })
        {
            steps.Begin(4, "what was opened is told").Checked("an enrolled key of this person opened it").Done();
        }
    }

    private void ReportPasskey(string path, ProviderOutcome outcome)
    {
        if (outcome.Error is { } error)
        {
            steps.Begin(path.StartsWith("/webauthn/registration", StringComparison.Ordinal) ? 0 : 4, "passkey").Refused(error.Code);
            return;
        }

        switch (outcome.Act)
        {
            case CeremonyKind.Enrol:
                steps.Begin(0, "enrolment").Checked("the ticket is unused and of this account")
                    .Checked("the new passkey signed this challenge on this origin, its user verified").Done();
                break;
            case CeremonyKind.SignIn:
                steps.Begin(3, "waiting requests").Checked("a passkey of this person signed the sign-in").Done();
                break;
            case CeremonyKind.Consent:
                steps.Begin(4, "consent").Checked("the challenge is the hash of nonce and digest of notice and choice")
                    .Checked("the signature with the enrolled passkey on this origin, its user verified, the counter moved on")
                    .Checked("acr concluded from the evidence; consent recorded and request approved in one step").Done();
                break;
            default:
                break;
        }
    }

    private static void ReportEndpoint(Step step, string path, ProviderOutcome outcome)
    {
        if (outcome.Error is { } error)
        {
            // Waiting is no step.
            if (error.Code is not (CibaErrorCodes.Pending or CibaErrorCodes.SlowDown))
            {
                step.Refused(error.Code);
            }

            return;
        }

        if (path == "/introspect" && outcome.Warning is not null)
        {
            // An inactive token is the API's to report.
            return;
        }

        string[] facts = path switch
        {
            "/bc-authorize" =>
            [
                "the client assertion: signature, audience, single use",
                "the signed request: signature, audience, time, single use, nothing beside it",
                "the hint names one account; the user code is right",
                "the doctor's evidence: signed by the doctor OP, for this client and this OP, single use",
            ],
            "/token" =>
            [
                "the request is approved, of this client, unexpired, redeemed once",
                "the consent stands",
                "tokens carry the consent's id and the doctor as act",
            ],
            _ =>
            [
                "the API authenticated with its own credentials",
                "the token's signature, time and audience",
                "the consent stands and the account is active",
            ],
        };
        foreach (var fact in facts)
        {
            step.Checked(fact);
        }

        step.Done();
    }

    private void ReportAct(Step enrol, Step consent, string path, ProviderOutcome outcome)
    {
        var step = outcome.Act == CeremonyKind.Enrol ? enrol : consent;
        if (outcome.Error is { } error)
        {
            step.Refused(error.Code);
        }
        else if (path == "/uaf/response" && outcome.Act == CeremonyKind.Enrol)
        {
            step.Checked("the ticket is unused and of this account")
                .Checked("attestation and key by the model's metadata, facet on the list")
                .Checked("the signature covers the push address").Done();
        }
        else if (outcome.Act == CeremonyKind.Standing)
        {
            steps.Begin(0, "consent given beforehand").Checked("the transaction line and its digest of notice and choice")
                .Checked("the signature with the enrolled key, the counter moved on; recorded in one step").Done();
        }
        else if (outcome.Act == CeremonyKind.Consent)
        {
            step.Checked("the transaction line and its digest of notice and choice")
                .Checked("the signature with the enrolled key, the counter moved on")
                .Checked("acr concluded from the evidence; consent recorded and request approved in one step").Done();
        }
    }
}
