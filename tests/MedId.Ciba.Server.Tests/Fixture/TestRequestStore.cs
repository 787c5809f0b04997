using MedId.Core;
using MedId.OAuth.Server;
using MedId.OAuth.Server.Tests;

namespace MedId.Ciba.Server.Tests;

/// <summary>The requests, by the transitions of <see cref="CibaRequest"/> under one lock.</summary>
internal sealed class TestRequestStore(TestStore tokens) : ICibaRequestStore
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, CibaRequest> _requests = [];

    public CibaRequest Single
    {
        get
        {
            lock (_gate)
            {
                return Assert.Single(_requests).Value;
            }
        }
    }

    public bool IsEmpty => _requests.Count == 0;

    public void Put(CibaRequest request) => _requests[request.Id] = request;

    public ValueTask<CibaAddOutcome> AddRequestAsync(CibaRequest request, int maxPendingOfSubject, CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            if (_requests.Values.Count(r => r.Subject == request.Subject && r.Status == CibaStatus.Pending && r.ExpiresAt > request.CreatedAt) >= maxPendingOfSubject)
            {
                return ValueTask.FromResult(CibaAddOutcome.TooManyPending);
            }

            _requests.Add(request.Id, request);
            return ValueTask.FromResult(CibaAddOutcome.Added);
        }
    }

    public ValueTask<CibaPoll?> PollRequestAsync(TenantId tenant, string authReqIdDigest, string clientId, DateTimeOffset at, CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            if (_requests.Values.FirstOrDefault(r => r.AuthReqIdDigest == authReqIdDigest && r.Tenant == tenant) is not { } found)
            {
                return ValueTask.FromResult<CibaPoll?>(null);
            }

            var poll = found.Poll(clientId, at);
            _requests[found.Id] = poll.Request;
            return ValueTask.FromResult<CibaPoll?>(poll);
        }
    }

    public ValueTask<bool> TryRedeemRequestAsync(TenantId tenant, string id, RefreshTokenRecord? refreshToken, DateTimeOffset at, CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            if (!Change(id, r => r.Redeem(at)))
            {
                return ValueTask.FromResult(false);
            }

            if (refreshToken is not null)
            {
                tokens.Put(refreshToken);
            }

            return ValueTask.FromResult(true);
        }
    }

    public ValueTask<bool> TryDenyRequestAsync(TenantId tenant, string id, DateTimeOffset at, CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            return ValueTask.FromResult(Change(id, r => r.Deny(at)));
        }
    }

    public ValueTask<CibaRequest?> FindRequestAsync(TenantId tenant, string id, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult(_requests.GetValueOrDefault(id));

    public bool Change(string id, Func<CibaRequest, CibaRequest?> transition)
    {
        if (!_requests.TryGetValue(id, out var found) || transition(found) is not { } next)
        {
            return false;
        }

        _requests[id] = next;
        return true;
    }
}
