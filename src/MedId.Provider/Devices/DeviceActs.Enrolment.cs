using System.Buffers.Text;
using System.Text;
using MedId.Ciba.Server;
using MedId.Core;
using MedId.Cryptography;
using MedId.Fido.Uaf;

namespace MedId.Provider;

/// <content>Enrolment.</content>
public sealed partial class DeviceActs
{
    /// <summary>Begins an enrolment.</summary>
    /// <param name="ticket">The enrolment ticket.</param>
    /// <param name="pushAddress">Where the device wants to be reached; covered by the challenge.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The act; refused when the ticket is unknown, used or expired, or the address is not of a configured channel.</returns>
    public async ValueTask<MedIdResult<ActRequest>> BeginEnrolmentAsync(string ticket, string pushAddress, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(ticket);
        ArgumentNullException.ThrowIfNull(pushAddress);
        if (_facets is null)
        {
            return WithoutUaf();
        }

        if (pushAddress.Length > 2048 || !Uri.TryCreate(pushAddress, UriKind.Absolute, out var address) || !_options.PushAddressSchemes.Contains(address.Scheme))
        {
            return Refuse(ProviderErrorCodes.PushAddressRefused, ErrorCategory.Policy, "the address is not of a configured push channel");
        }

        var now = _time.GetUtcNow();
        var digest = SecretDigest.Compute(EnrolmentDesk.TicketLabel, ticket);
        var (status, found) = await _store.FindTicketAsync(_options.Tenant, digest, now, cancellationToken).ConfigureAwait(false);
        if (found is null)
        {
            return EnrolmentDesk.Refusal(status);
        }

        var nonce = SecretGenerator.Base64Url();
        var ceremony = New(CeremonyKind.Enrol, found.AccountId, Challenge.Enrol(nonce, ticket, pushAddress), now) with { TicketDigest = digest, PushAddress = pushAddress };
        await _store.AddCeremonyAsync(ceremony, cancellationToken).ConfigureAwait(false);
        var registered = await RegistrationsAsync(found.AccountId, cancellationToken).ConfigureAwait(false);
        return Act(ceremony, nonce, _requests.CreateRegistration(Bytes(ceremony.Challenge), found.AccountId, PolicyWithout(registered), ceremony.Id));
    }

    private async ValueTask<MedIdResult<ActOutcome>> EnrolAsync(Ceremony ceremony, RegistrationResponse response, string ticket, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (!SecretDigest.Matches(EnrolmentDesk.TicketLabel, ticket, ceremony.TicketDigest!))
        {
            return Refuse(ProviderErrorCodes.TicketForeign, ErrorCategory.Untrusted, "the enrolment began with another ticket");
        }

        var registered = await RegistrationsAsync(ceremony.AccountId, cancellationToken).ConfigureAwait(false);
        var verified = _registrations.Verify(
            new()
            {
                AppId = _options.EffectiveAppId,
                Challenge = ceremony.Challenge,
                ChallengeExpiresAt = ceremony.ExpiresAt,
                ServerData = ceremony.Id,
                User = ceremony.AccountId,
                Policy = PolicyWithout(registered),
                TrustedFacets = _facets!,
                Metadata = _options.Metadata!,
                Existing = registered,
                Algorithms = _options.Algorithms,
                Now = now,
            },
            response);
        if (!verified.Succeeded)
        {
            return verified.Error;
        }

        var handle = SecretGenerator.Base64Url();
        var device = DeviceRegistration.ToDevice(verified.Value, ceremony, SecretDigest.Compute(HandleLabel, handle), now) with
        {
            HardwareBound = DeviceRegistration.IsHardwareBound(verified.Value, _options.Metadata!),
            ExpiresAt = now + _options.DeviceLifetime,
        };
        if (await _standing.RefuseModelAsync(device.Model, cancellationToken).ConfigureAwait(false) is { } stopped)
        {
            return stopped;
        }

        return await _store.TryEnrolDeviceAsync(ceremony.TicketDigest!, device, now, cancellationToken).ConfigureAwait(false) switch
        {
            EnrolmentOutcome.Enrolled => new ActOutcome(CeremonyKind.Enrol, handle),
            EnrolmentOutcome.TicketNotOpen => EnrolmentDesk.Refusal((await _store.FindTicketAsync(_options.Tenant, ceremony.TicketDigest!, now, cancellationToken).ConfigureAwait(false)).Status),
            EnrolmentOutcome.KeyTaken => new MedIdError(UafErrorCodes.AlreadyRegistered, ErrorCategory.State, Section),
            EnrolmentOutcome.ProofingTooWeak => EnrolmentDesk.TooWeak(),
            _ => Refuse(ProviderErrorCodes.AccountSuspended, ErrorCategory.State),
        };
    }
}
