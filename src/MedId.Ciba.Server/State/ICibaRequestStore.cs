using MedId.Core;
using MedId.OAuth.Server;

namespace MedId.Ciba.Server;

/// <summary>Backchannel authentication requests by atomic verbs. Every verb is one transaction; of concurrent callers one wins.</summary>
public interface ICibaRequestStore
{
    /// <summary>Stores a new request unless its subject has too many pending, unexpired ones.</summary>
    /// <param name="request">The request.</param>
    /// <param name="maxPendingOfSubject">The bound, counted in the same transaction.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>Whether it was stored.</returns>
    /// <exception cref="ArgumentException">The id or the digest is taken.</exception>
    ValueTask<CibaAddOutcome> AddRequestAsync(CibaRequest request, int maxPendingOfSubject, CancellationToken cancellationToken = default);

    /// <summary>Applies <see cref="CibaRequest.Poll"/> and stores its result.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="authReqIdDigest">Digest of the presented <c>auth_req_id</c>.</param>
    /// <param name="clientId">The authenticated client.</param>
    /// <param name="at">Now.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The poll, or null when no record has this digest.</returns>
    ValueTask<CibaPoll?> PollRequestAsync(TenantId tenant, string authReqIdDigest, string clientId, DateTimeOffset at, CancellationToken cancellationToken = default);

    /// <summary>Redeems (<see cref="CibaRequest.Redeem"/>) and stores the first refresh token, if any, and the history's line, in one transaction.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="id">The request's id.</param>
    /// <param name="refreshToken">The first refresh token; null when none is given.</param>
    /// <param name="at">Now.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>True for exactly one caller.</returns>
    /// <exception cref="ArgumentException">The refresh token is of another grant, or its digest is taken. Nothing is redeemed.</exception>
    ValueTask<bool> TryRedeemRequestAsync(TenantId tenant, string id, RefreshTokenRecord? refreshToken, DateTimeOffset at, CancellationToken cancellationToken = default);

    /// <summary>Denies (<see cref="CibaRequest.Deny"/>).</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="id">The request's id.</param>
    /// <param name="at">Now.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>True for exactly one caller; false when decided or expired already.</returns>
    ValueTask<bool> TryDenyRequestAsync(TenantId tenant, string id, DateTimeOffset at, CancellationToken cancellationToken = default);

    /// <summary>Finds a request by the id that the device knows.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="id">The id.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The request, or null.</returns>
    ValueTask<CibaRequest?> FindRequestAsync(TenantId tenant, string id, CancellationToken cancellationToken = default);
}
