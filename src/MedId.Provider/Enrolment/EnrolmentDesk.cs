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
    /// <returns>The ticket; refused when the account is not active.</returns>
    public async ValueTask<MedIdResult<string>> IssueTicketAsync(string accountId, CancellationToken cancellationToken = default)
    {
        var account = await store.FindAccountAsync(options.Tenant, accountId, cancellationToken).ConfigureAwait(false);
        if (account is not { Status: AccountStatus.Active })
        {
            return new MedIdError(ProviderErrorCodes.AccountSuspended, ErrorCategory.State, Section, "the account is unknown or suspended");
        }

        var ticket = SecretGenerator.Base64Url();
        await store.AddTicketAsync(
            new()
            {
                Tenant = options.Tenant,
                Digest = SecretDigest.Compute(TicketLabel, ticket),
                AccountId = account.Id,
                ExpiresAt = time.GetUtcNow() + options.TicketLifetime,
            },
            cancellationToken).ConfigureAwait(false);
        return ticket;
    }

    /// <summary>Why a ticket enrols nothing.</summary>
    internal static MedIdError Refusal(TicketStatus status) => status switch
    {
        TicketStatus.Used => new(ProviderErrorCodes.TicketReplayed, ErrorCategory.State, Section, "a ticket enrols one device"),
        TicketStatus.Expired => new(ProviderErrorCodes.TicketExpired, ErrorCategory.State, Section, "ask the proofing desk for a new ticket"),
        _ => new(ProviderErrorCodes.TicketUnknown, ErrorCategory.Untrusted, Section, "this OP gave out no such ticket"),
    };
}
