using MedId.Ciba.Server;
using MedId.Core;
using MedId.OAuth.Server;

namespace MedId.Provider;

public sealed partial class InMemoryProviderStore
{
    /// <inheritdoc/>
    public ValueTask<CibaAddOutcome> AddRequestAsync(CibaRequest request, int maxPendingOfSubject, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentOutOfRangeException.ThrowIfLessThan(maxPendingOfSubject, 1);

        // Read before the tenant is held, for the chain and the trail.
        _ = AuditedContext.Of(request.Context);
        return new(Run(request.Tenant, memory =>
        {
            var pending = (memory.PendingBySubject.GetValueOrDefault(request.Subject) ?? [])
                .Select(id => memory.Requests[id])
                .Count(known => known.Status == CibaStatus.Pending && request.CreatedAt < known.ExpiresAt);
            if (pending >= maxPendingOfSubject)
            {
                return CibaAddOutcome.TooManyPending;
            }

            // The digest first: when it is taken nothing has changed yet.
            if (memory.Requests.ContainsKey(request.Id))
            {
                throw new ArgumentException("The request's id is taken.", nameof(request));
            }

            memory.RequestsByDigest.Add(request.AuthReqIdDigest, request.Id);
            memory.Requests.Add(request.Id, request);
            AddTo(memory.RequestsBySubject, request.Subject, request.Id);
            AddTo(memory.PendingBySubject, request.Subject, request.Id);
            memory.Ask(request);
            memory.Audit(AuditLines.Opened(request));
            memory.Send(MessageRules.OfAdded(request));
            memory.Send(MessageRules.OfEnd(request));
            memory.At(request.ExpiresAt + CibaRequest.Retention, _ =>
            {
                memory.RequestsByDigest.Remove(request.AuthReqIdDigest);
                RemoveFrom(memory.RequestsBySubject, request.Subject, request.Id);
                RemoveFrom(memory.PendingBySubject, request.Subject, request.Id);
                return memory.Requests.Remove(request.Id);
            });
            return CibaAddOutcome.Added;
        }));
    }

    /// <inheritdoc/>
    public ValueTask<CibaPoll?> PollRequestAsync(
        TenantId tenant, string authReqIdDigest, string clientId, DateTimeOffset at, CancellationToken cancellationToken = default) =>
        new(Run(tenant, memory =>
        {
            if (!memory.RequestsByDigest.TryGetValue(authReqIdDigest, out var id))
            {
                return null;
            }

            var poll = memory.Requests[id].Poll(clientId, at);
            memory.Requests[id] = poll.Request;
            return poll;
        }));

    /// <inheritdoc/>
    public ValueTask<bool> TryRedeemRequestAsync(
        TenantId tenant, string id, RefreshTokenRecord? refreshToken, DateTimeOffset at, CancellationToken cancellationToken = default) =>
        new(Run(tenant, memory =>
        {
            if (!memory.Requests.TryGetValue(id, out var request) || request.Redeem(at) is not { Grant: { } grant } redeemed)
            {
                return false;
            }

            StoreRules.CheckFirstRefreshToken(refreshToken, redeemed);
            if (refreshToken is not null)
            {
                Keep(memory, refreshToken);
            }

            memory.Requests[id] = redeemed;
            if (grant.ConsentId is not null)
            {
                memory.Tell(memory.Consents[grant.ConsentId], new(at, "token-issued", grant.ClientId));
            }

            memory.Audit(AuditLines.Issued(grant, id, at));

            return true;
        }));

    /// <inheritdoc/>
    public ValueTask<bool> TryDenyRequestAsync(TenantId tenant, string id, DateTimeOffset at, CancellationToken cancellationToken = default) =>
        new(Run(tenant, memory =>
        {
            if (!memory.Requests.TryGetValue(id, out var request) || request.Deny(at) is not { } denied)
            {
                return false;
            }

            memory.Decide(denied);
            memory.Refuse(denied, at);
            memory.Audit(AuditLines.Denied(denied, at));
            return true;
        }));

    /// <inheritdoc/>
    public ValueTask<CibaRequest?> FindRequestAsync(TenantId tenant, string id, CancellationToken cancellationToken = default) =>
        new(Run(tenant, memory => memory.Requests.GetValueOrDefault(id)));

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<CibaRequest>> ListPendingRequestsAsync(TenantId tenant, string accountId, DateTimeOffset at, CancellationToken cancellationToken = default) =>
        new(Run<IReadOnlyList<CibaRequest>>(tenant, memory =>
        [
            .. (memory.PendingBySubject.GetValueOrDefault(accountId) ?? [])
                .Select(id => memory.Requests[id])
                .Where(request => request.Status == CibaStatus.Pending && at < request.ExpiresAt)
                .OrderByDescending(request => request.ExpiresAt).ThenBy(request => request.Id, StringComparer.Ordinal),
        ]));

    /// <inheritdoc/>
    public ValueTask<ApprovalOutcome> TryApproveAsync(Approval approval, CancellationToken cancellationToken = default)
    {
        StoreRules.CheckApproval(approval);
        var (grant, consent) = (approval.Grant, approval.Consent);
        return new(Run(grant.Tenant, memory =>
        {
            if (!memory.IsActive(grant.Subject))
            {
                return ApprovalOutcome.AccountNotActive;
            }

            if (!memory.Requests.TryGetValue(approval.RequestId, out var request) || request.Status != CibaStatus.Pending)
            {
                return ApprovalOutcome.NotPending;
            }

            if (request.Approve(grant, approval.At) is not { } approved)
            {
                return ApprovalOutcome.Expired;
            }

            StoreRules.CheckScopes(request, approval);
            if (consent.Proxy is not null && !memory.MayConsentByProxy(approval))
            {
                return ApprovalOutcome.RelationNotActive;
            }

            Device? device = null;
            if (approval.Device is { } use)
            {
                if (!memory.Devices.TryGetValue((use.Model, use.KeyId), out device) || device.AccountId != use.AccountId)
                {
                    return ApprovalOutcome.CounterMoved;
                }

                if (!device.MayActAt(approval.At))
                {
                    return ApprovalOutcome.DeviceNotActive;
                }

                if (!StoreRules.MayAdvance(device.SignCounter, use.ExpectedCounter, use.NextCounter))
                {
                    return ApprovalOutcome.CounterMoved;
                }
            }

            if (consent.Ground?.StandingConsentId is { } standingId && !memory.MayUse(standingId, approval))
            {
                return ApprovalOutcome.StandingConsentNotActive;
            }

            // Throws before anything changes when the id is taken.
            var kept = new TenantMemory.ConsentMemory(consent, request.Id, device?.Id ?? memory.StandingDevice(consent));
            memory.Consents.Add(consent.Id, kept);
            memory.Tell(kept, StoreRules.FirstLine(approval), HistoryRules.ContentOf(consent.Notice));
            memory.Expire(consent.Id, consent.AccessUntil);
            memory.Audit(AuditLines.Approved(approval));
            if (consent.Ground?.Kind == ConsentGroundKind.OneTimeCode)
            {
                memory.Audit(AuditLines.CodeUsed(approval));
            }

            memory.Accounts[consent.Subject].Consents.Add(consent.Id);
            if (consent.Proxy is { } proxy)
            {
                memory.Relations[proxy.RelationId].Consents.Add(consent.Id);
            }

            if (device is not null)
            {
                memory.Devices[(device.Model, device.KeyId)] = device with { SignCounter = approval.Device!.NextCounter, BackedUp = approval.Device.BackedUp ?? device.BackedUp };
            }

            memory.Use(consent, grant.ClientId);
            memory.Decide(approved);
            return ApprovalOutcome.Approved;
        }));
    }
}
