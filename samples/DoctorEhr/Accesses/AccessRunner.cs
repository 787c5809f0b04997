using MedId.AspNetCore.RelyingParty;
using MedId.Ciba.Client;
using MedId.Core;
using MedId.Samples.Hosting;

namespace MedId.Samples.DoctorEhr;

/// <summary>Walks one access: evidence (1), request (2), tokens (5), reading (6, 9), showing (10). The first refusal ends it.</summary>
internal sealed class AccessRunner(EhrSettings settings, DoctorSession doctor, DoctorOp doctorOp, CibaService ciba, RecordReader records, AccessBook book, PresenceSigner presences, ProcessingConsents processing, StepReporter steps)
{
    public async Task RunAsync(Access access, CancellationToken cancellationToken)
    {
        try
        {
            var refusal = await WalkAsync(access, cancellationToken);
            if (refusal is not null)
            {
                access.Refused(Refusal.CodeOf(refusal));
            }
        }
        catch (Exception e) when (e is HttpRequestException or TimeoutException)
        {
            steps.Begin(2, "a server does not answer").Refused(EhrErrorCodes.Unreachable);
            access.Refused(EhrErrorCodes.Unreachable);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            access.Refused(EhrErrorCodes.Unreachable);
        }
    }

    /// <summary>Reads once more with the same token.</summary>
    /// <param name="access">An access with tokens.</param>
    /// <param name="otherPatient">MISBEHAVES: somebody else's record is asked for; null for the token's patient.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async Task ReadAsync(Access access, string? otherPatient, CancellationToken cancellationToken)
    {
        var tokens = otherPatient is null ? access.Tokens! : access.Tokens! with { Patient = otherPatient };
        var record = await records.ReadAsync(tokens, cancellationToken);
        access.Read(record);
        var step = steps.Begin(10, "the doctor sees the record").Sent("parts", record.Count).Sent("resources", record.Sum(part => part.Resources.Count));
        if (record.FirstOrDefault(part => part.Code is not null) is { } refused)
        {
            step.Refused(refused.Code!);
        }
        else
        {
            step.Done();
        }
    }

    /// <summary>New tokens without asking the patient, where the consent allows it; then a read with them.</summary>
    public async Task RefreshAsync(Access access, CancellationToken cancellationToken)
    {
        var step = steps.Begin(5, "the EHR fetches new tokens without asking the patient").Sent("grant_type", OAuth.GrantTypes.RefreshToken);
        var tokens = await ciba.RefreshAsync(access.Tokens!, cancellationToken);
        if (!tokens.Succeeded)
        {
            step.Refused(Refusal.CodeOf(tokens.Error));
            access.Refused(Refusal.CodeOf(tokens.Error));
            return;
        }

        step.Sent("rotated", tokens.Value.RefreshToken != access.Tokens!.RefreshToken).Checked("scope is what was granted").Done();
        access.Granted(tokens.Value);
        await ReadAsync(access, otherPatient: null, cancellationToken);
    }

    private async Task<MedIdError?> WalkAsync(Access access, CancellationToken cancellationToken)
    {
        // Before anything leaves this EHR: the person agreed that it processes what it gets.
        ProcessingProof? proof = null;
        if (access.Order.Hint(book.LastIdToken) is { } hint)
        {
            var proven = await processing.ProveAsync(access.Order.Patient, AccessOrder.Treatment, hint, cancellationToken);
            if (!proven.Succeeded)
            {
                steps.Begin(1, "the consent to process is looked up").Refused(proven.Error.Code);
                return proven.Error;
            }

            proof = proven.Value;
            access.ProcessingConsent = proof.Consent.Id;
        }

        var evidence = access.Order.WithoutEvidence ? null : await GetEvidenceAsync(access.Order.Purpose, cancellationToken);
        if (evidence is { Succeeded: false })
        {
            return evidence.Error;
        }

        var asked = await AskAsync(access, evidence?.Value, proof, cancellationToken);
        if (!asked.Succeeded)
        {
            return asked.Error;
        }

        access.Waiting();
        var step = steps.Begin(5, "the EHR polls until the patient has decided").Sent("grant_type", OAuth.GrantTypes.Ciba).Sent("interval_s", asked.Value.Interval.TotalSeconds);
        var tokens = await ciba.WaitAsync(asked.Value, cancellationToken);
        if (!tokens.Succeeded)
        {
            step.Refused(Refusal.CodeOf(tokens.Error));
            return tokens.Error;
        }

        step.Sent("scope", string.Join(' ', tokens.Value.Scopes)).Sent("acr", tokens.Value.IdToken.Acr).Sent("consent_id", tokens.Value.IdToken.ConsentId)
            .Checked("ID token: signature, iss, aud, azp, exp, iat").Checked("auth_req_id and at_hash of the ID token").Checked("acr is the requested one").Done();
        if (!await processing.StandsAsync(proof!.Consent, cancellationToken))
        {
            // Taken back while the OP asked: nothing is read, the tokens go back.
            await ciba.RevokeAsync(tokens.Value, cancellationToken);
            steps.Begin(6, "the consent to process is looked up").Refused(CibaClientErrorCodes.ProcessingConsentWithdrawn);
            return new MedIdError(CibaClientErrorCodes.ProcessingConsentWithdrawn, ErrorCategory.State, "walk: doctor EHR");
        }

        book.LastIdToken = tokens.Value.IdToken.Compact;
        access.Granted(tokens.Value);
        await ReadAsync(access, otherPatient: null, cancellationToken);
        return null;
    }

    private async Task<MedIdResult<string>> GetEvidenceAsync(string? purpose, CancellationToken cancellationToken)
    {
        var step = steps.Begin(1, "the doctor OP signs who the doctor is").Sent("subject_token", "the doctor's session").Sent("audience", settings.PatientOp).Sent("purpose_of_use", purpose);
        var evidence = doctor.Current is { } session
            ? await doctorOp.GetEvidenceAsync(session, purpose, cancellationToken)
            : new MedIdError(EhrErrorCodes.DoctorNotSignedIn, ErrorCategory.State, "walk: doctor EHR");
        if (evidence.Succeeded)
        {
            step.Checked("signature of the doctor OP").Checked("aud is the patient OP").Checked("azp is this EHR").Checked("exp within five minutes").Done();
        }
        else
        {
            step.Refused(Refusal.CodeOf(evidence.Error));
        }

        return evidence;
    }

    private async Task<MedIdResult<BackchannelAuthentication>> AskAsync(Access access, string? evidence, ProcessingProof? proof, CancellationToken cancellationToken)
    {
        var order = access.Order;
        string[] acrValues = [.. order.AcrValues.DefaultIfEmpty(settings.Acr)];
        var step = steps.Begin(2, "the EHR asks the patient's OP")
            .Sent("scope", string.Join(' ', order.Scopes)).Sent("acr_values", string.Join(' ', acrValues)).Sent("hint", order.HintKind).Sent("user_code", order.UserCode is not null)
            .Sent("binding_message", order.BindingMessage?.Text).Sent("requested_expiry", order.RequestedExpiry?.TotalSeconds).Sent("resource", settings.FhirBase)
            .Sent("actor_token", evidence is not null).Sent("request", "signed, ES256").Sent("client_assertion", "private_key_jwt, ES256");
        if (proof is null || order.Hint(book.LastIdToken) is not { } hint)
        {
            step.Refused(EhrErrorCodes.IdTokenAbsent);
            return new MedIdError(EhrErrorCodes.IdTokenAbsent, ErrorCategory.State, "walk: doctor EHR");
        }

        var details = order.AuthorizationDetails;
        if (order.Presence is { } presence && evidence is not null)
        {
            details = await presences.SignAsync(presence, order.HintValue ?? book.LastIdToken!, evidence, cancellationToken);
            step.Sent("face_to_face", presence.Method).Sent("trust_statement", settings.TrustStatement is not null);
        }

        var asked = await ciba.StartAsync(
            new BackchannelRequest
            {
                Scopes = order.Scopes,
                AcrValues = acrValues,
                Hint = hint,
                UserCode = order.UserCode,
                BindingMessage = order.BindingMessage,
                RequestedExpiry = order.RequestedExpiry,
                Resource = settings.FhirBase,
                ActorToken = evidence,
                AuthorizationDetails = details,
            },
            proof,
            cancellationToken);
        if (asked.Succeeded)
        {
            step.Sent("expires_in_s", (long)(asked.Value.ExpiresAt - asked.Value.SentAt).TotalSeconds).Checked("auth_req_id, expires_in and interval are well formed").Done();
        }
        else
        {
            step.Refused(Refusal.CodeOf(asked.Error));
        }

        return asked;
    }
}
