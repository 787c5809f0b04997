using System.Buffers.Text;
using MedId.Ciba.Server;
using MedId.Core;
using MedId.Cryptography;
using MedId.Fido2;

namespace MedId.Provider;

/// <content>Enrolment.</content>
public sealed partial class PasskeyActs
{
    /// <summary>Begins an enrolment.</summary>
    /// <param name="ticket">The enrolment ticket.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The act; refused when the ticket is unknown, used or expired.</returns>
    public async ValueTask<MedIdResult<PasskeyAct>> BeginEnrolmentAsync(string ticket, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(ticket);
        var now = _time.GetUtcNow();
        var digest = SecretDigest.Compute(EnrolmentDesk.TicketLabel, ticket);
        var (status, found) = await _store.FindTicketAsync(_options.Tenant, digest, now, cancellationToken).ConfigureAwait(false);
        if (found is null)
        {
            return EnrolmentDesk.Refusal(status);
        }

        var nonce = SecretGenerator.Base64Url();
        var ceremony = New(CeremonyKind.Enrol, found.AccountId, nonce, Challenge.Enrol(nonce, ticket, string.Empty), now) with { TicketDigest = digest };
        await _store.AddCeremonyAsync(ceremony, cancellationToken).ConfigureAwait(false);
        var account = await _store.FindAccountAsync(_options.Tenant, found.AccountId, cancellationToken).ConfigureAwait(false);
        var name = account?.Language == "en" ? "Patient account" : "患者アカウント";
        return Act(ceremony, new PublicKeyCredentialCreationOptions
        {
            Rp = new() { Id = _passkeys.RpId, Name = _passkeys.RpName },

            // An account holds no name of the person, and an authenticator is not told one.
            User = new() { Id = PasskeyDevice.UserHandle(_options.Tenant, found.AccountId), Name = name, DisplayName = name },
            Challenge = Bytes(ceremony),
            PubKeyCredParams = [.. _passkeys.Algorithms.Select(algorithm => new CredentialParameter(algorithm))],
            Timeout = _options.CeremonyLifetime,
            ExcludeCredentials = [.. (await CredentialsAsync(found.AccountId, cancellationToken).ConfigureAwait(false)).Select(Describe)],
            AuthenticatorSelection = new() { ResidentKey = "required", RequireResidentKey = true, UserVerification = "required" },
            Attestation = _passkeys.Conveyance,
        }.ToJson());
    }

    /// <summary>Takes the answer to an enrolment.</summary>
    /// <param name="actId">The act's id.</param>
    /// <param name="credential">RegistrationResponseJSON, UTF-8.</param>
    /// <param name="ticket">The enrolment ticket again.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The enrolled device; refused with the verifier's code, or when ticket, account or key do not allow it.</returns>
    public async ValueTask<MedIdResult<PasskeyOutcome>> CompleteEnrolmentAsync(string actId, ReadOnlyMemory<byte> credential, string ticket, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(ticket);
        var response = RegistrationResponse.Parse(credential.Span);
        if (!response.Succeeded)
        {
            return response.Error;
        }

        var now = _time.GetUtcNow();
        if (await TakeAsync(actId, now, cancellationToken).ConfigureAwait(false) is not { Kind: CeremonyKind.Enrol } ceremony)
        {
            return UnknownAct();
        }

        if (!SecretDigest.Matches(EnrolmentDesk.TicketLabel, ticket, ceremony.TicketDigest!))
        {
            return Refuse(ProviderErrorCodes.TicketForeign, ErrorCategory.Untrusted, "the enrolment began with another ticket");
        }

        var verified = _registrations.Verify(
            new RegistrationExpectations
            {
                RpId = _passkeys.RpId,
                Origins = _passkeys.AllOrigins,
                Challenge = Bytes(ceremony),
                Now = now,
                UserVerification = UserVerificationRequirement.Required,
                Backup = _passkeys.Backup,
                Algorithms = [.. _passkeys.Algorithms],
                Attestation = _passkeys.Attestation!,
                AlgorithmPolicy = _options.Algorithms,
                UserHandle = PasskeyDevice.UserHandle(_options.Tenant, ceremony.AccountId),
                KnownCredentialIds = [.. (await CredentialsAsync(ceremony.AccountId, cancellationToken).ConfigureAwait(false)).Select(known => known.Id)],
                KeepAttestation = true,
            },
            response.Value);
        if (!verified.Succeeded)
        {
            return verified.Error;
        }

        var device = PasskeyDevice.ToDevice(verified.Evidence, ceremony, _passkeys.Attestation!, now) with { ExpiresAt = now + _options.DeviceLifetime };
        if (await _standing.RefuseModelAsync(device.Model, cancellationToken).ConfigureAwait(false) is { } stopped)
        {
            return stopped;
        }

        return await _store.TryEnrolDeviceAsync(ceremony.TicketDigest!, device, now, cancellationToken).ConfigureAwait(false) switch
        {
            EnrolmentOutcome.Enrolled => new PasskeyOutcome { Kind = CeremonyKind.Enrol, DeviceId = device.Id },
            EnrolmentOutcome.TicketNotOpen => EnrolmentDesk.Refusal((await _store.FindTicketAsync(_options.Tenant, ceremony.TicketDigest!, now, cancellationToken).ConfigureAwait(false)).Status),
            EnrolmentOutcome.KeyTaken => new MedIdError(Fido2ErrorCodes.CredentialAlreadyRegistered, ErrorCategory.State, "WebAuthn L3 §7.1 step 26"),
            EnrolmentOutcome.ProofingTooWeak => EnrolmentDesk.TooWeak(),
            _ => Refuse(ProviderErrorCodes.AccountSuspended, ErrorCategory.State),
        };
    }
}
