using MedId.Core;
using MedId.Cryptography;
using MedId.Jpki.Certificates;

namespace MedId.Provider;

/// <summary>Binds a person's card to their proofed account, so that it can act at terminals (rows A8, A18). Called by the proofing desk.</summary>
/// <param name="store">The store.</param>
/// <param name="options">The OP's choices.</param>
/// <param name="time">The clock.</param>
public sealed class CardDesk(IProviderStore store, ProviderOptions options, TimeProvider time)
{
    private const string Section = "MedId walk, enrolment";

    /// <summary>Binds the card that has just signed in. Consumes the ticket and the sign-in.</summary>
    /// <param name="ticket">An enrolment ticket of the account; a phone needs one of its own. It says how the person was checked, where the account had a device that asks for it.</param>
    /// <param name="card">The evidence of the sign-in, made for this OP.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>Success once; refused when the ticket is not open, the sign-in is for another audience or used, the card is bound already, or the account is not active.</returns>
    public async ValueTask<MedIdResult<Unit>> BindAsync(string ticket, JpkiSignIn card, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(ticket);
        ArgumentNullException.ThrowIfNull(card);
        if (!string.Equals(card.Audience, options.Issuer, StringComparison.Ordinal))
        {
            return new MedIdError(ProviderErrorCodes.CardForeign, ErrorCategory.Untrusted, Section, "the sign-in was made for another service");
        }

        var now = time.GetUtcNow();
        var digest = SecretDigest.Compute(EnrolmentDesk.TicketLabel, ticket);
        var (status, found) = await store.FindTicketAsync(options.Tenant, digest, now, cancellationToken).ConfigureAwait(false);
        if (found is null)
        {
            return EnrolmentDesk.Refusal(status);
        }

        if (!await store.TryConsumeAsync(options.Tenant, card.ReplayKey, cancellationToken).ConfigureAwait(false))
        {
            return new MedIdError(ProviderErrorCodes.CeremonyUnknown, ErrorCategory.State, Section, "this sign-in was used before");
        }

        return await store.TryEnrolDeviceAsync(digest, CardDevice.ToDevice(card, found, now), now, cancellationToken).ConfigureAwait(false) switch
        {
            EnrolmentOutcome.Enrolled => Unit.Value,
            EnrolmentOutcome.TicketNotOpen => EnrolmentDesk.Refusal((await store.FindTicketAsync(options.Tenant, digest, now, cancellationToken).ConfigureAwait(false)).Status),
            EnrolmentOutcome.ProofingTooWeak => EnrolmentDesk.TooWeak(),
            EnrolmentOutcome.KeyTaken => new MedIdError(ProviderErrorCodes.CardBound, ErrorCategory.State, Section, "the card is bound to an account already"),
            _ => new MedIdError(ProviderErrorCodes.AccountSuspended, ErrorCategory.State, Section),
        };
    }
}
