using MedId.Core;

namespace MedId.Provider;

/// <summary>Accounts, by atomic verbs.</summary>
public interface IAccountStore
{
    /// <summary>Wrong user codes after which an account's code is not judged any more until <see cref="UserCodeLock"/> has passed.</summary>
    const int UserCodeAttempts = 5;

    /// <summary>How long a locked user code stays locked, from the last wrong one.</summary>
    static readonly TimeSpan UserCodeLock = TimeSpan.FromMinutes(15);

    /// <summary>Adds an account or replaces its data; never its status or attempt counter.</summary>
    /// <param name="account">The account.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>Completion.</returns>
    ValueTask PutAccountAsync(Account account, CancellationToken cancellationToken = default);

    /// <summary>Finds an account.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="accountId">Its id.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The account, whatever its status; null when unknown.</returns>
    ValueTask<Account?> FindAccountAsync(TenantId tenant, string accountId, CancellationToken cancellationToken = default);

    /// <summary>Finds the account that a hint names.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="hintDigest">Keyed digest of the hint.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The account, whatever its status; null when no account, or more than one, has it.</returns>
    ValueTask<Account?> FindAccountByHintAsync(TenantId tenant, string hintDigest, CancellationToken cancellationToken = default);

    /// <summary>Judges a user code and counts the wrong ones in the same transaction.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="accountId">The account.</param>
    /// <param name="codeDigest">Keyed digest of the presented code; compared in constant time.</param>
    /// <param name="at">Now.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>
    /// Right resets the counter, and nothing else does: after a lock has passed one wrong code locks again. An account that is unknown or has no code is answered
    /// <see cref="UserCodeOutcome.Wrong"/>.
    /// </returns>
    ValueTask<UserCodeOutcome> JudgeUserCodeAsync(TenantId tenant, string accountId, string codeDigest, DateTimeOffset at, CancellationToken cancellationToken = default);
}
