using System.Data.Common;
using MedId.Ciba.Server;
using MedId.Core;
using MedId.OAuth.Server;

namespace MedId.Provider;

public abstract partial class SqlProviderStore
{
    private const string RequestColumns = "SELECT id, status, interval, next_poll_at, body, grant_body FROM requests ";

    private const string OwnerOfRequest = "SELECT subject FROM requests WHERE tenant=$tenant AND id=$id";

    /// <inheritdoc/>
    public ValueTask<CibaAddOutcome> AddRequestAsync(CibaRequest request, int maxPendingOfSubject, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentOutOfRangeException.ThrowIfLessThan(maxPendingOfSubject, 1);
        var tenant = request.Tenant;
        return WriteAsync(
            tenant,
            async session =>
            {
                await session.LockAsync(SqlLock.Person, tenant, request.Subject).ConfigureAwait(false);
                var pending = await session.SingleAsync(
                    "SELECT count(*) FROM (SELECT 1 FROM requests WHERE tenant=$tenant AND subject=$subject AND status=$pending AND expires_at>$at LIMIT $max) AS few",
                    static row => row.GetInt64(0),
                    ("$tenant", tenant),
                    ("$subject", request.Subject),
                    ("$pending", CibaStatus.Pending),
                    ("$at", request.CreatedAt),
                    ("$max", maxPendingOfSubject)).ConfigureAwait(false);
                if (pending >= maxPendingOfSubject)
                {
                    return CibaAddOutcome.TooManyPending;
                }

                await session.ExecuteAsync(
                    """
                    INSERT INTO requests(tenant, id, auth_req_id_digest, subject, status, interval, next_poll_at, expires_at, consent_id, body, grant_body)
                    VALUES($tenant, $id, $digest, $subject, $status, $interval, $next, $end, $consent, $body, $grant)
                    """,
                    ("$tenant", tenant),
                    ("$id", request.Id),
                    ("$digest", request.AuthReqIdDigest),
                    ("$subject", request.Subject),
                    ("$status", request.Status),
                    ("$interval", request.Interval),
                    ("$next", request.NextPollAt),
                    ("$end", request.ExpiresAt),
                    ("$consent", request.Grant?.ConsentId),
                    ("$body", _vault.Seal(tenant, "requests.body", request.Id, request with { Grant = null }, RecordJson.Context.CibaRequest)),
                    ("$grant", SealGrant(request))).ConfigureAwait(false);
                await AskAsync(session, request).ConfigureAwait(false);
                session.Audit(tenant, AuditLines.Opened(request));
                await SendAsync(session, MessageRules.OfAdded(request)).ConfigureAwait(false);
                await SendAsync(session, MessageRules.OfEnd(request)).ConfigureAwait(false);
                return CibaAddOutcome.Added;
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<CibaPoll?> PollRequestAsync(
        TenantId tenant, string authReqIdDigest, string clientId, DateTimeOffset at, CancellationToken cancellationToken = default) =>
        WriteAsync(
            tenant,
            async session =>
            {
                var request = await session.SingleAsync(
                    RequestColumns + "WHERE tenant=$tenant AND auth_req_id_digest=$digest /*for update*/",
                    row => ReadRequest(tenant, row),
                    ("$tenant", tenant),
                    ("$digest", authReqIdDigest)).ConfigureAwait(false);
                var poll = request?.Poll(clientId, at);
                if (poll is not null && !ReferenceEquals(poll.Request, request))
                {
                    await session.ExecuteAsync(
                        "UPDATE requests SET interval=$interval, next_poll_at=$next WHERE tenant=$tenant AND id=$id",
                        ("$interval", poll.Request.Interval),
                        ("$next", poll.Request.NextPollAt),
                        ("$tenant", tenant),
                        ("$id", poll.Request.Id)).ConfigureAwait(false);
                }

                return poll;
            },
            cancellationToken);

    /// <inheritdoc/>
    public ValueTask<bool> TryRedeemRequestAsync(
        TenantId tenant, string id, RefreshTokenRecord? refreshToken, DateTimeOffset at, CancellationToken cancellationToken = default) =>
        WriteAsync(
            tenant,
            async session =>
            {
                await LockOwnerAsync(session, OwnerOfRequest, tenant, id).ConfigureAwait(false);
                var request = await ReadRequestAsync(session, tenant, id).ConfigureAwait(false);
                if (request?.Redeem(at) is not { Grant: { } grant } redeemed)
                {
                    return false;
                }

                StoreRules.CheckFirstRefreshToken(refreshToken, redeemed);
                await DecideAsync(session, request, redeemed).ConfigureAwait(false);
                if (refreshToken is not null)
                {
                    await AddRefreshTokenAsync(session, refreshToken).ConfigureAwait(false);
                }

                if (grant.ConsentId is not null)
                {
                    await AddConsentEventAsync(session, tenant, grant.ConsentId, new(at, "token-issued", grant.ClientId)).ConfigureAwait(false);
                }

                session.Audit(tenant, AuditLines.Issued(grant, id, at));

                return true;
            },
            cancellationToken);

    /// <inheritdoc/>
    public ValueTask<bool> TryDenyRequestAsync(TenantId tenant, string id, DateTimeOffset at, CancellationToken cancellationToken = default) =>
        DenyAsync(tenant, id, at, denied => AuditLines.Denied(denied, at), cancellationToken);

    private ValueTask<bool> DenyAsync(TenantId tenant, string id, DateTimeOffset at, Func<CibaRequest, AuditLine> line, CancellationToken cancellationToken) =>
        WriteAsync(
            tenant,
            async session =>
            {
                await LockOwnerAsync(session, OwnerOfRequest, tenant, id).ConfigureAwait(false);
                var request = await ReadRequestAsync(session, tenant, id).ConfigureAwait(false);
                if (request?.Deny(at) is not { } denied)
                {
                    return false;
                }

                await DecideAsync(session, request, denied).ConfigureAwait(false);
                await RefuseAsync(session, denied, at).ConfigureAwait(false);
                session.Audit(tenant, line(denied));
                return true;
            },
            cancellationToken);

    /// <inheritdoc/>
    public ValueTask<CibaRequest?> FindRequestAsync(TenantId tenant, string id, CancellationToken cancellationToken = default) =>
        ReadAsync(session => ReadRequestAsync(session, tenant, id), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<CibaRequest>> ListPendingRequestsAsync(TenantId tenant, string accountId, DateTimeOffset at, CancellationToken cancellationToken = default) =>
        ReadAsync(
            session => session.ListAsync(
                RequestColumns + "WHERE tenant=$tenant AND subject=$subject AND status=$pending AND expires_at>$at ORDER BY expires_at DESC, id",
                row => ReadRequest(tenant, row),
                ("$tenant", tenant),
                ("$subject", accountId),
                ("$pending", CibaStatus.Pending),
                ("$at", at)),
            cancellationToken);

    /// <inheritdoc/>
    public ValueTask<ApprovalOutcome> TryApproveAsync(Approval approval, CancellationToken cancellationToken = default)
    {
        StoreRules.CheckApproval(approval);
        var (grant, tenant) = (approval.Grant, approval.Grant.Tenant);
        return WriteAsync(
            tenant,
            async session =>
            {
                string?[] people = [grant.Subject, approval.Device?.AccountId, approval.Consent.Proxy?.Subject];
                await session.LockAsync(SqlLock.Person, people.OfType<string>().Select(account => (tenant, account))).ConfigureAwait(false);
                if (!await IsActiveAsync(session, tenant, grant.Subject).ConfigureAwait(false))
                {
                    return ApprovalOutcome.AccountNotActive;
                }

                var request = await ReadRequestAsync(session, tenant, approval.RequestId).ConfigureAwait(false);
                if (request is null || request.Status != CibaStatus.Pending)
                {
                    return ApprovalOutcome.NotPending;
                }

                if (request.Approve(grant, approval.At) is not { } approved)
                {
                    return ApprovalOutcome.Expired;
                }

                StoreRules.CheckScopes(request, approval);
                if (approval.Consent.Proxy is not null && !await MayConsentByProxyAsync(session, approval).ConfigureAwait(false))
                {
                    return ApprovalOutcome.RelationNotActive;
                }

                string? deviceId = null;
                if (approval.Device is { } use)
                {
                    deviceId = Device.IdOf(use.Model, use.KeyId);
                    var device = await FindDeviceAsync(session, tenant, deviceId).ConfigureAwait(false);
                    if (device is null || device.AccountId != use.AccountId)
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

                    await StoreActAsync(session, device, use.NextCounter, use.BackedUp).ConfigureAwait(false);
                }

                if (approval.Consent.Ground?.StandingConsentId is { } standingId)
                {
                    if (await FindUsableAsync(session, standingId, approval).ConfigureAwait(false) is not { } standing)
                    {
                        return ApprovalOutcome.StandingConsentNotActive;
                    }

                    deviceId ??= standing.DeviceId;
                    await UseAsync(session, standing, grant.ClientId).ConfigureAwait(false);
                }

                await DecideAsync(session, request, approved).ConfigureAwait(false);
                await AddConsentAsync(session, approval.Consent, deviceId).ConfigureAwait(false);
                await AddConsentEventAsync(session, tenant, approval.Consent.Id, StoreRules.FirstLine(approval), HistoryRules.ContentOf(approval.Consent.Notice)).ConfigureAwait(false);
                session.Audit(tenant, AuditLines.Approved(approval));
                if (approval.Consent.Ground?.Kind == ConsentGroundKind.OneTimeCode)
                {
                    session.Audit(tenant, AuditLines.CodeUsed(approval));
                }

                return ApprovalOutcome.Approved;
            },
            cancellationToken);
    }

    /// <summary>Writes the result of a transition, only over the state that it was made from.</summary>
    private async ValueTask DecideAsync(SqlSession session, CibaRequest from, CibaRequest to)
    {
        var changed = await session.ExecuteAsync(
            "UPDATE requests SET status=$status, consent_id=$consent, grant_body=$grant WHERE tenant=$tenant AND id=$id AND status=$from",
            ("$status", to.Status),
            ("$consent", to.Grant?.ConsentId),
            ("$grant", SealGrant(to)),
            ("$tenant", to.Tenant),
            ("$id", to.Id),
            ("$from", from.Status)).ConfigureAwait(false);
        if (changed != 1)
        {
            throw new SqlStateMovedException();
        }

        session.Raise(ChangeTopics.Request(to.Tenant, to.Id));
        await SendAsync(session, MessageRules.OfDecided(to)).ConfigureAwait(false);
    }

    private async ValueTask CancelRequestsAsync(SqlSession session, TenantId tenant, string column, string value)
    {
        var requests = await session.ListAsync(
            $"{RequestColumns}WHERE tenant=$tenant AND {column}=$value AND status IN ({(int)CibaStatus.Pending}, {(int)CibaStatus.Approved})",
            row => ReadRequest(tenant, row),
            ("$tenant", tenant),
            ("$value", value)).ConfigureAwait(false);
        foreach (var request in requests)
        {
            if (request.Cancel() is { } cancelled)
            {
                await DecideAsync(session, request, cancelled).ConfigureAwait(false);
            }
        }
    }

    private byte[]? SealGrant(CibaRequest request) =>
        request.Grant is null ? null : _vault.Seal(request.Tenant, "requests.grant_body", request.Id, request.Grant, RecordJson.Context.Grant);

    private ValueTask<CibaRequest?> ReadRequestAsync(SqlSession session, TenantId tenant, string id) =>
        session.SingleAsync(RequestColumns + "WHERE tenant=$tenant AND id=$id", row => ReadRequest(tenant, row), ("$tenant", tenant), ("$id", id));

    private CibaRequest ReadRequest(TenantId tenant, DbDataReader row)
    {
        var id = row.GetString(0);
        return _vault.Open(tenant, "requests.body", id, row.Blob(4), RecordJson.Context.CibaRequest) with
        {
            Status = (CibaStatus)row.GetInt32(1),
            Interval = new(row.GetInt64(2)),
            NextPollAt = row.Time(3),
            Grant = row.BlobOrNull(5) is { } grant ? _vault.Open(tenant, "requests.grant_body", id, grant, RecordJson.Context.Grant) : null,
        };
    }
}
