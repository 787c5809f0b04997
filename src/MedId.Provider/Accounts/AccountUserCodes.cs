using MedId.Ciba.Server;

namespace MedId.Provider;

/// <summary>Judges user codes with a bound on guesses that the store keeps over all nodes.</summary>
/// <param name="store">The store.</param>
/// <param name="digests">The digests of codes.</param>
/// <param name="codes">One-time codes; null when the OP gives none.</param>
public sealed class AccountUserCodes(IProviderStore store, AccountDigests digests, OneTimeCodes? codes = null) : IUserCodeVerifier
{
    /// <inheritdoc/>
    /// <remarks>Whoever breaks the glass cannot ask the person for a code; such a request is decided or refused, and never announced as a question. A one-time code is itself what the person told.</remarks>
    public bool IsWaived(BackchannelParameters parameters)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        return (codes is not null && OneTimeCodes.IsHint(parameters)) || (parameters.AuthorizationDetails is { } json && AuthorizationDetails.Parse(json).Value is { BreakGlass: not null });
    }

    /// <inheritdoc/>
    public async ValueTask<UserCodeVerdict> VerifyAsync(UserCodeCheck check, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(check);
        if (check.UserCode is not { } code)
        {
            // CIBA §7.1.2: a client that registered for the code sends it. Which hints need it whatever the client says is the OP's choice (CibaOptions).
            return check.Client.Metadata.BackchannelUserCodeParameter ? UserCodeVerdict.Missing : UserCodeVerdict.Ok;
        }

        if (check.NamesNobody)
        {
            // Counted as an account counts: otherwise whatever is never locked would be nobody.
            var uses = await store.CountUseAsync(check.Tenant, Buckets.CodesOfNobody(check.AccountId), check.At, IAccountStore.UserCodeLock, IAccountStore.UserCodeAttempts, cancellationToken).ConfigureAwait(false);
            return uses > IAccountStore.UserCodeAttempts ? UserCodeVerdict.Locked : UserCodeVerdict.Wrong;
        }

        var outcome = await store.JudgeUserCodeAsync(check.Tenant, check.AccountId, digests.OfUserCode(check.Tenant, check.AccountId, code), check.At, cancellationToken).ConfigureAwait(false);
        return outcome switch
        {
            UserCodeOutcome.Right => UserCodeVerdict.Ok,
            UserCodeOutcome.Locked => UserCodeVerdict.Locked,
            _ => UserCodeVerdict.Wrong,
        };
    }
}
