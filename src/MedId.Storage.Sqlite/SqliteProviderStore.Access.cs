using MedId.Ciba.Server;
using MedId.Core;
using MedId.OAuth.Server;
using MedId.Provider;
using Microsoft.Data.Sqlite;

namespace MedId.Storage.Sqlite;

public sealed partial class SqliteProviderStore
{
    private const string RequestColumns = "SELECT id, status, interval, next_poll_at, body, grant_body FROM requests ";

    /// <inheritdoc/>
    public ValueTask<CibaAddOutcome> AddRequestAsync(CibaRequest request, int maxPendingOfSubject, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentOutOfRangeException.ThrowIfLessThan(maxPendingOfSubject, 1);
        var tenant = request.Tenant;
        return WriteAsync(
            tenant,
            session =>
            {
                var pending = session.Single(
                    "SELECT count(*) FROM (SELECT 1 FROM requests WHERE tenant=$tenant AND subject=$subject AND status=$pending AND expires_at>$at LIMIT $max)",
                    static row => row.GetInt64(0),
                    ("$tenant", tenant),
                    ("$subject", request.Subject),
                    ("$pending", CibaStatus.Pending),
                    ("$at", request.CreatedAt),
                    ("$max", maxPendingOfSubject));
                if (pending >= maxPendingOfSubject)
                {
                    return CibaAddOutcome.TooManyPending;
                }

                session.Execute(
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
                    ("$grant", SealGrant(request)));
                Ask(session, request);
                Audit(session, tenant, AuditLines.Opened(request));
                Send(session, MessageRules.OfAdded(request));
                return CibaAddOutcome.Added;
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<CibaPoll?> PollRequestAsync(
        TenantId tenant, string authReqIdDigest, string clientId, DateTimeOffset at, CancellationToken cancellationToken = default) =>
        WriteAsync(
            tenant,
            session =>
            {
                var request = session.Single(
                    RequestColumns + "WHERE tenant=$tenant AND auth_req_id_digest=$digest",
                    row => ReadRequest(tenant, row),
                    ("$tenant", tenant),
                    ("$digest", authReqIdDigest));
                var poll = request?.Poll(clientId, at);
                if (poll is not null && !ReferenceEquals(poll.Request, request))
                {
                    session.Execute(
                        "UPDATE requests SET interval=$interval, next_poll_at=$next WHERE tenant=$tenant AND id=$id",
                        ("$interval", poll.Request.Interval),
                        ("$next", poll.Request.NextPollAt),
                        ("$tenant", tenant),
                        ("$id", poll.Request.Id));
                }

                return poll;
            },
            cancellationToken);

    /// <inheritdoc/>
    public ValueTask<bool> TryRedeemRequestAsync(
        TenantId tenant, string id, RefreshTokenRecord? refreshToken, DateTimeOffset at, CancellationToken cancellationToken = default) =>
        WriteAsync(
            tenant,
            session =>
            {
                var request = ReadRequest(session, tenant, id);
                if (request?.Redeem(at) is not { Grant: { } grant } redeemed)
                {
                    return false;
                }

                StoreRules.CheckFirstRefreshToken(refreshToken, redeemed);
                Decide(session, request, redeemed);
                if (refreshToken is not null)
                {
                    AddRefreshToken(session, refreshToken);
                }

                if (grant.ConsentId is not null)
                {
                    AddConsentEvent(session, tenant, grant.ConsentId, new(at, "token-issued", grant.ClientId));
                }

                Audit(session, tenant, AuditLines.Issued(grant, id, at));

                return true;
            },
            cancellationToken);

    /// <inheritdoc/>
    public ValueTask<bool> TryDenyRequestAsync(TenantId tenant, string id, DateTimeOffset at, CancellationToken cancellationToken = default) =>
        WriteAsync(
            tenant,
            session =>
            {
                var request = ReadRequest(session, tenant, id);
                if (request?.Deny(at) is not { } denied)
                {
                    return false;
                }

                Decide(session, request, denied);
                Refuse(session, denied, at);
                Audit(session, tenant, AuditLines.Denied(denied, at));
                return true;
            },
            cancellationToken);

    /// <inheritdoc/>
    public ValueTask<CibaRequest?> FindRequestAsync(TenantId tenant, string id, CancellationToken cancellationToken = default) =>
        new(Read(session => ReadRequest(session, tenant, id), cancellationToken));

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<CibaRequest>> ListPendingRequestsAsync(TenantId tenant, string accountId, DateTimeOffset at, CancellationToken cancellationToken = default) =>
        new(Read(
            session => session.List(
                RequestColumns + "WHERE tenant=$tenant AND subject=$subject AND status=$pending AND expires_at>$at ORDER BY expires_at DESC, id",
                row => ReadRequest(tenant, row),
                ("$tenant", tenant),
                ("$subject", accountId),
                ("$pending", CibaStatus.Pending),
                ("$at", at)),
            cancellationToken));

    /// <inheritdoc/>
    public ValueTask<ApprovalOutcome> TryApproveAsync(Approval approval, CancellationToken cancellationToken = default)
    {
        StoreRules.CheckApproval(approval);
        var (grant, tenant) = (approval.Grant, approval.Grant.Tenant);
        return WriteAsync(
            tenant,
            session =>
            {
                if (!IsActive(session, tenant, grant.Subject))
                {
                    return ApprovalOutcome.AccountNotActive;
                }

                var request = ReadRequest(session, tenant, approval.RequestId);
                if (request is null || request.Status != CibaStatus.Pending)
                {
                    return ApprovalOutcome.NotPending;
                }

                if (request.Approve(grant, approval.At) is not { } approved)
                {
                    return ApprovalOutcome.Expired;
                }

                StoreRules.CheckScopes(request, approval);
                if (approval.Consent.Proxy is not null && !MayConsentByProxy(session, approval))
                {
                    return ApprovalOutcome.RelationNotActive;
                }

                string? deviceId = null;
                if (approval.Device is { } use)
                {
                    deviceId = Device.IdOf(use.Model, use.KeyId);
                    var device = FindDevice(session, tenant, deviceId);
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

                    StoreAct(session, device, use.NextCounter, use.BackedUp);
                }

                if (approval.Consent.Ground?.StandingConsentId is { } standingId)
                {
                    if (FindUsable(session, standingId, approval) is not { } standing)
                    {
                        return ApprovalOutcome.StandingConsentNotActive;
                    }

                    deviceId ??= standing.DeviceId;
                    Use(session, standing, grant.ClientId);
                }

                Decide(session, request, approved);
                AddConsent(session, approval.Consent, deviceId);
                AddConsentEvent(session, tenant, approval.Consent.Id, StoreRules.FirstLine(approval), HistoryRules.ContentOf(approval.Consent.Notice));
                Audit(session, tenant, AuditLines.Approved(approval));
                if (approval.Consent.Ground?.Kind == ConsentGroundKind.OneTimeCode)
                {
                    Audit(session, tenant, AuditLines.CodeUsed(approval));
                }

                return ApprovalOutcome.Approved;
            },
            cancellationToken);
    }

    /// <summary>Writes the result of a transition, only over the state that it was made from.</summary>
    private void Decide(SqliteSession session, CibaRequest from, CibaRequest to)
    {
        var changed = session.Execute(
            "UPDATE requests SET status=$status, consent_id=$consent, grant_body=$grant WHERE tenant=$tenant AND id=$id AND status=$from",
            ("$status", to.Status),
            ("$consent", to.Grant?.ConsentId),
            ("$grant", SealGrant(to)),
            ("$tenant", to.Tenant),
            ("$id", to.Id),
            ("$from", from.Status));
        if (changed != 1)
        {
            throw new InvalidOperationException("A request changed inside the transaction that was deciding it.");
        }

        _raised.Add(ChangeTopics.Request(to.Tenant, to.Id));
        Send(session, MessageRules.OfDecided(to));
    }

    private void CancelRequests(SqliteSession session, TenantId tenant, string column, string value)
    {
        var requests = session.List(
            $"{RequestColumns}WHERE tenant=$tenant AND {column}=$value AND status IN ({(int)CibaStatus.Pending}, {(int)CibaStatus.Approved})",
            row => ReadRequest(tenant, row),
            ("$tenant", tenant),
            ("$value", value));
        foreach (var request in requests)
        {
            if (request.Cancel() is { } cancelled)
            {
                Decide(session, request, cancelled);
            }
        }
    }

    private byte[]? SealGrant(CibaRequest request) =>
        request.Grant is null ? null : _vault.Seal(request.Tenant, "requests.grant_body", request.Id, request.Grant, RecordJson.Context.Grant);

    private CibaRequest? ReadRequest(SqliteSession session, TenantId tenant, string id) =>
        session.Single(RequestColumns + "WHERE tenant=$tenant AND id=$id", row => ReadRequest(tenant, row), ("$tenant", tenant), ("$id", id));

    private CibaRequest ReadRequest(TenantId tenant, SqliteDataReader row)
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
