using System.Collections.Concurrent;
using MedId.Ciba.Server;
using MedId.Core;
using MedId.OAuth.Server;

namespace MedId.Testing;

/// <summary>The OP's requests, seen by the lab as they are stored, and expired where the lab says so.</summary>
internal sealed class LabRequestStore(ICibaRequestStore inner, LabRequests requests, LabOpenings openings, Lazy<LabActs> acts) : ICibaRequestStore
{
    /// <inheritdoc/>
    public async ValueTask<CibaAddOutcome> AddRequestAsync(CibaRequest request, int maxPendingOfSubject, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        var parameters = openings.Take(request.Id);
        var outcome = await inner.AddRequestAsync(request, maxPendingOfSubject, cancellationToken).ConfigureAwait(false);
        if (outcome == CibaAddOutcome.Added)
        {
            await acts.Value.ApplyPolicyAsync(requests.Add(request, parameters), cancellationToken).ConfigureAwait(false);
        }

        return outcome;
    }

    /// <inheritdoc/>
    public async ValueTask<CibaPoll?> PollRequestAsync(TenantId tenant, string authReqIdDigest, string clientId, DateTimeOffset at, CancellationToken cancellationToken = default)
    {
        var poll = await inner.PollRequestAsync(tenant, authReqIdDigest, clientId, at, cancellationToken).ConfigureAwait(false);
        return poll is not null && poll.Outcome is not (CibaPollOutcome.Unknown or CibaPollOutcome.Used) && requests.IsExpired(poll.Request.Id) ? new(CibaPollOutcome.Expired, poll.Request) : poll;
    }

    /// <inheritdoc/>
    public ValueTask<bool> TryRedeemRequestAsync(TenantId tenant, string id, RefreshTokenRecord? refreshToken, DateTimeOffset at, CancellationToken cancellationToken = default) =>
        requests.IsExpired(id) ? new(false) : inner.TryRedeemRequestAsync(tenant, id, refreshToken, at, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<bool> TryDenyRequestAsync(TenantId tenant, string id, DateTimeOffset at, CancellationToken cancellationToken = default) =>
        inner.TryDenyRequestAsync(tenant, id, at, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<CibaRequest?> FindRequestAsync(TenantId tenant, string id, CancellationToken cancellationToken = default) => inner.FindRequestAsync(tenant, id, cancellationToken);
}
