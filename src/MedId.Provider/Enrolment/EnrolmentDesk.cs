using MedId.Core;
using MedId.Cryptography;

namespace MedId.Provider;

/// <summary>Gives a proofed account the right to enrol one device (row A9). Called by the proofing desk, not by patients.</summary>
/// <param name="store">The store.</param>
/// <param name="options">The OP's choices.</param>
/// <param name="time">The clock.</param>
public sealed class EnrolmentDesk(IProviderStore store, ProviderOptions options, TimeProvider time)
{
    private const string Section = "MedId walk, enrolment";
    internal const string TicketLabel = "enrolment ticket";

    /// <summary>Issues a ticket: 256 random bits, base64url. It is given out once and stored as a digest.</summary>
    /// <param name="accountId">The proofed account.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The ticket; refused when the account is not active, or had a device whose loss asks for a stated proofing.</returns>
    public ValueTask<MedIdResult<string>> IssueTicketAsync(string accountId, CancellationToken cancellationToken = default) =>
        IssueTicketAsync(accountId, proofing: null, replaces: null, cancellationToken);

    /// <summary>Issues a ticket that says how the person was checked. A person is never recovered by a weaker check than that of a device the account had before.</summary>
    /// <param name="accountId">The proofed account.</param>
    /// <param name="proofing">How the person was checked; null when nothing is said.</param>
    /// <param name="replaces">The device (<see cref="Device.Id"/>) that the new one takes the place of; null for an additional device.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The ticket; refused when the account is not active, the check too weak, or the account has no such device.</returns>
    public async ValueTask<MedIdResult<string>> IssueTicketAsync(
        string accountId, ProofingRecord? proofing, string? replaces = null, CancellationToken cancellationToken = default)
    {
        var account = await store.FindAccountAsync(options.Tenant, accountId, cancellationToken).ConfigureAwait(false);
        if (account is not { Status: AccountStatus.Active })
        {
            return new MedIdError(ProviderErrorCodes.AccountSuspended, ErrorCategory.State, Section, "the account is unknown or suspended");
        }

        var devices = await store.ListDevicesAsync(options.Tenant, account.Id, cancellationToken).ConfigureAwait(false);
        if (replaces is not null && !devices.Any(device => device.Id == replaces))
        {
            return new MedIdError(ProviderErrorCodes.DeviceUnknown, ErrorCategory.State, Section, "the account has no device to be replaced by this name");
        }

        var (secret, ticket) = Make(options, account.Id, proofing, replaces, time.GetUtcNow());

        // Asked here so that the desk hears it, and once more in the step that binds the device.
        if (!StoreRules.MayBind(ticket, devices))
        {
            return TooWeak();
        }

        await new AuditTrail(store, options, time).RecordAsync(AuditLines.TicketIssued(ticket, time.GetUtcNow()), cancellationToken).ConfigureAwait(false);
        await store.AddTicketAsync(ticket, cancellationToken).ConfigureAwait(false);
        return secret;
    }

    internal static (string Secret, EnrolmentTicket Ticket) Make(ProviderOptions options, string accountId, ProofingRecord? proofing, string? replaces, DateTimeOffset now)
    {
        var secret = SecretGenerator.Base64Url();
        return (secret, new()
        {
            Tenant = options.Tenant,
            Digest = SecretDigest.Compute(TicketLabel, secret),
            AccountId = accountId,
            Proofing = proofing,
            Replaces = replaces,
            ExpiresAt = now + options.TicketLifetime,
        });
    }

    internal static MedIdError TooWeak() =>
        new(ProviderErrorCodes.ProofingTooWeak, ErrorCategory.Policy, Section, "the account had a device for which the person was checked better; check again at that level");

    /// <summary>Why a ticket enrols nothing.</summary>
    internal static MedIdError Refusal(TicketStatus status) => status switch
    {
        TicketStatus.Used => new(ProviderErrorCodes.TicketReplayed, ErrorCategory.State, Section, "a ticket enrols one device"),
        TicketStatus.Expired => new(ProviderErrorCodes.TicketExpired, ErrorCategory.State, Section, "ask the proofing desk for a new ticket"),
        _ => new(ProviderErrorCodes.TicketUnknown, ErrorCategory.Untrusted, Section, "this OP gave out no such ticket"),
    };
}
