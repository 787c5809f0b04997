using System.Data.Common;
using MedId.Core;

namespace MedId.Provider;

public abstract partial class SqlProviderStore
{
    private const string StandingColumns = "SELECT id, status, withdrawn_at, uses, code_digest, body FROM standing_consents ";

    // Under this name the attempts of all clients are counted; no client has it.
    private const string EveryClient = "";

    /// <inheritdoc/>
    public async ValueTask AddStandingConsentAsync(StandingConsent consent, CancellationToken cancellationToken = default)
    {
        StandingRules.Check(consent);
        await WriteAsync(
            consent.Tenant,
            async session =>
            {
                await session.LockAsync(SqlLock.Person, consent.Tenant, consent.Subject).ConfigureAwait(false);
                await AddAsync(session, consent).ConfigureAwait(false);
                return true;
            },
            cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public ValueTask<ApprovalOutcome> TryGiveStandingConsentAsync(StandingConsent consent, DeviceUse device, CancellationToken cancellationToken = default)
    {
        StandingRules.Check(consent);
        StandingRules.CheckDevice(consent, device);
        return WriteAsync(
            consent.Tenant,
            async session =>
            {
                await session.LockAsync(SqlLock.Person, consent.Tenant, consent.Subject).ConfigureAwait(false);
                if (!await IsActiveAsync(session, consent.Tenant, consent.Subject).ConfigureAwait(false))
                {
                    return ApprovalOutcome.AccountNotActive;
                }

                var known = await FindDeviceAsync(session, consent.Tenant, consent.DeviceId!).ConfigureAwait(false);
                if (known is null || known.AccountId != device.AccountId)
                {
                    return ApprovalOutcome.CounterMoved;
                }

                if (!known.MayActAt(consent.GivenAt))
                {
                    return ApprovalOutcome.DeviceNotActive;
                }

                if (!StoreRules.MayAdvance(known.SignCounter, device.ExpectedCounter, device.NextCounter))
                {
                    return ApprovalOutcome.CounterMoved;
                }

                await StoreActAsync(session, known, device.NextCounter, device.BackedUp).ConfigureAwait(false);
                await AddAsync(session, consent).ConfigureAwait(false);
                return ApprovalOutcome.Approved;
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<StandingConsent?> FindStandingConsentAsync(TenantId tenant, string id, CancellationToken cancellationToken = default) =>
        ReadAsync(session => FindStandingAsync(session, tenant, id), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<StandingConsent?> FindStandingConsentByCodeAsync(TenantId tenant, string codeDigest, DateTimeOffset at, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(codeDigest);
        return ReadAsync(
            async session => await FindByCodeAsync(session, tenant, codeDigest).ConfigureAwait(false) is { } found && found.MayBeUsed(at) && await DeviceStandsAsync(session, found).ConfigureAwait(false) ? found : null,
            cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<StandingConsent>> ListStandingConsentsAsync(TenantId tenant, string subject, CancellationToken cancellationToken = default) =>
        ReadAsync(
            session => session.ListAsync(
                StandingColumns + "WHERE tenant=$tenant AND subject=$subject ORDER BY given_at DESC, rowid DESC",
                row => ReadStanding(tenant, row),
                ("$tenant", tenant),
                ("$subject", subject)),
            cancellationToken);

    /// <inheritdoc/>
    public ValueTask<WithdrawalOutcome> WithdrawStandingConsentAsync(TenantId tenant, string id, string subject, DateTimeOffset at, CancellationToken cancellationToken = default) =>
        WriteAsync(
            tenant,
            async session =>
            {
                await session.LockAsync(SqlLock.Person, tenant, subject).ConfigureAwait(false);
                if (await FindStandingAsync(session, tenant, id).ConfigureAwait(false) is not { } standing || !string.Equals(standing.Subject, subject, StringComparison.Ordinal))
                {
                    return WithdrawalOutcome.Unknown;
                }

                if (standing.Status == ConsentStatus.Withdrawn)
                {
                    return WithdrawalOutcome.AlreadyWithdrawn;
                }

                await KeepAsync(session, StandingRules.Withdraw(standing, at)).ConfigureAwait(false);
                session.Audit(tenant, AuditLines.StandingWithdrawn(standing, at));
                foreach (var consent in await session.ListAsync(
                    "SELECT id FROM consents WHERE tenant=$tenant AND standing_id=$id AND status=$given ORDER BY rowid",
                    static row => row.GetString(0),
                    ("$tenant", tenant),
                    ("$id", id),
                    ("$given", ConsentStatus.Given)).ConfigureAwait(false))
                {
                    await WithdrawAsync(session, tenant, consent, at).ConfigureAwait(false);
                }

                return WithdrawalOutcome.Withdrawn;
            },
            cancellationToken);

    /// <inheritdoc/>
    public ValueTask<bool> TryCountCodeAttemptAsync(TenantId tenant, string clientId, DateTimeOffset at, int limit, TimeSpan window, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(clientId);
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(window, TimeSpan.Zero);
        return WriteAsync(
            tenant,
            async session =>
            {
                await session.LockAsync(SqlLock.Codes, tenant, "codes").ConfigureAwait(false);
                var (mine, all) = (await AttemptsAsync(session, tenant, clientId, at, window).ConfigureAwait(false), await AttemptsAsync(session, tenant, EveryClient, at, window).ConfigureAwait(false));
                if (mine.Attempts >= limit || all.Attempts >= limit * StandingRules.ClientsInLimit)
                {
                    return false;
                }

                foreach (var (client, start, attempts) in new[] { (clientId, mine.Start, mine.Attempts), (EveryClient, all.Start, all.Attempts) })
                {
                    await session.ExecuteAsync(
                        """
                        INSERT INTO code_attempts(tenant, client_id, window_start, attempts) VALUES($tenant, $client, $start, $attempts)
                        ON CONFLICT(tenant, client_id) DO UPDATE SET window_start=excluded.window_start, attempts=excluded.attempts
                        """,
                        ("$tenant", tenant),
                        ("$client", client),
                        ("$start", start),
                        ("$attempts", attempts + 1)).ConfigureAwait(false);
                }

                return true;
            },
            cancellationToken);
    }

    private static async ValueTask<(DateTimeOffset Start, int Attempts)> AttemptsAsync(SqlSession session, TenantId tenant, string clientId, DateTimeOffset at, TimeSpan window)
    {
        var known = await session.SingleAsync(
            "SELECT window_start, attempts FROM code_attempts WHERE tenant=$tenant AND client_id=$client",
            static row => (Found: true, Start: row.Time(0), Attempts: row.GetInt32(1)),
            ("$tenant", tenant),
            ("$client", clientId)).ConfigureAwait(false);
        return known.Found ? StandingRules.Window(known.Start, known.Attempts, at, window) : (at, 0);
    }

    private async ValueTask AddAsync(SqlSession session, StandingConsent consent)
    {
        if (consent.CodeDigest is { } code)
        {
            if (await FindByCodeAsync(session, consent.Tenant, code).ConfigureAwait(false) is { } other)
            {
                if (other.MayBeUsed(consent.GivenAt) && other.Subject != consent.Subject)
                {
                    throw new ArgumentException("The code is another live one's.", nameof(consent));
                }

                // Only the code: whatever else is written there is its owner's, who is not held here.
                await session.ExecuteAsync("UPDATE standing_consents SET code_digest=NULL WHERE tenant=$tenant AND id=$id", ("$tenant", other.Tenant), ("$id", other.Id)).ConfigureAwait(false);
            }

            foreach (var older in (await ListStandingAsync(session, consent.Tenant, consent.Subject).ConfigureAwait(false)).Where(older => older.Kind == StandingConsentKind.OneTimeCode && older.MayBeUsed(consent.GivenAt)))
            {
                await KeepAsync(session, StandingRules.Withdraw(older, consent.GivenAt)).ConfigureAwait(false);
                session.Audit(consent.Tenant, AuditLines.StandingWithdrawn(older, consent.GivenAt) with { Agents = [AuditAgent.Op], Reason = StandingRules.NewerCode });
            }
        }

        await session.ExecuteAsync(
            """
            INSERT INTO standing_consents(tenant, id, subject, kind, status, given_at, valid_until, uses, max_uses, code_digest, device_id, withdrawn_at, body)
            VALUES($tenant, $id, $subject, $kind, $status, $given, $until, $uses, $max, $code, $device, $withdrawn, $body)
            """,
            ("$tenant", consent.Tenant),
            ("$id", consent.Id),
            ("$subject", consent.Subject),
            ("$kind", consent.Kind),
            ("$status", consent.Status),
            ("$given", consent.GivenAt),
            ("$until", consent.ValidUntil),
            ("$uses", consent.Uses),
            ("$max", consent.MaxUses),
            ("$code", consent.CodeDigest),
            ("$device", consent.DeviceId),
            ("$withdrawn", consent.WithdrawnAt),
            ("$body", _vault.Seal(consent.Tenant, "standing_consents.body", consent.Id, consent with { CodeDigest = null }, RecordJson.Context.StandingConsent))).ConfigureAwait(false);
        session.Audit(consent.Tenant, AuditLines.StandingGiven(consent));
        await SendAsync(session, MessageRules.OfRecorded(consent)).ConfigureAwait(false);
    }

    private async ValueTask<StandingConsent?> FindUsableAsync(SqlSession session, string id, Approval approval)
    {
        if (await FindStandingAsync(session, approval.Grant.Tenant, id).ConfigureAwait(false) is not { } standing)
        {
            return null;
        }

        StandingRules.CheckUse(standing, approval);
        return standing.MayBeUsed(approval.At) && await DeviceStandsAsync(session, standing).ConfigureAwait(false) ? standing : null;
    }

    /// <summary>Uses it, and gives the attempt with a code back.</summary>
    private static async ValueTask UseAsync(SqlSession session, StandingConsent standing, string clientId)
    {
        await KeepAsync(session, StandingRules.Use(standing)).ConfigureAwait(false);
        if (standing.Kind == StandingConsentKind.OneTimeCode)
        {
            await session.LockAsync(SqlLock.Codes, standing.Tenant, "codes").ConfigureAwait(false);
            await session.ExecuteAsync(
                "UPDATE code_attempts SET attempts=attempts-1 WHERE tenant=$tenant AND client_id IN ($client, $every) AND attempts>0",
                ("$tenant", standing.Tenant),
                ("$client", clientId),
                ("$every", EveryClient)).ConfigureAwait(false);
        }
    }

    /// <summary>Ends all of a person who has left.</summary>
    private async ValueTask EndStandingAsync(SqlSession session, TenantId tenant, string subject, DateTimeOffset at)
    {
        foreach (var standing in (await ListStandingAsync(session, tenant, subject).ConfigureAwait(false)).Where(standing => standing.Status == ConsentStatus.Given))
        {
            await KeepAsync(session, StandingRules.Withdraw(standing, at)).ConfigureAwait(false);
            session.Audit(tenant, AuditLines.StandingWithdrawn(standing, at) with { Agents = [AuditAgent.Op] });
        }
    }

    private async ValueTask<bool> DeviceStandsAsync(SqlSession session, StandingConsent standing) =>
        standing.DeviceId is null || (await FindDeviceAsync(session, standing.Tenant, standing.DeviceId).ConfigureAwait(false) is { } device && DeviceTransitions.ConsentsStand(device.State));

    /// <summary>Writes what changed; the body never does.</summary>
    private static ValueTask<int> KeepAsync(SqlSession session, StandingConsent changed) => session.ExecuteAsync(
        "UPDATE standing_consents SET status=$status, withdrawn_at=$withdrawn, uses=$uses, code_digest=$code WHERE tenant=$tenant AND id=$id",
        ("$status", changed.Status),
        ("$withdrawn", changed.WithdrawnAt),
        ("$uses", changed.Uses),
        ("$code", changed.CodeDigest),
        ("$tenant", changed.Tenant),
        ("$id", changed.Id));

    private ValueTask<StandingConsent?> FindStandingAsync(SqlSession session, TenantId tenant, string id) =>
        session.SingleAsync(StandingColumns + "WHERE tenant=$tenant AND id=$id", row => ReadStanding(tenant, row), ("$tenant", tenant), ("$id", id));

    private ValueTask<StandingConsent?> FindByCodeAsync(SqlSession session, TenantId tenant, string codeDigest) =>
        session.SingleAsync(StandingColumns + "WHERE tenant=$tenant AND code_digest=$code", row => ReadStanding(tenant, row), ("$tenant", tenant), ("$code", codeDigest));

    private ValueTask<IReadOnlyList<StandingConsent>> ListStandingAsync(SqlSession session, TenantId tenant, string subject) =>
        session.ListAsync(StandingColumns + "WHERE tenant=$tenant AND subject=$subject", row => ReadStanding(tenant, row), ("$tenant", tenant), ("$subject", subject));

    private StandingConsent ReadStanding(TenantId tenant, DbDataReader row) =>
        _vault.Open(tenant, "standing_consents.body", row.GetString(0), row.Blob(5), RecordJson.Context.StandingConsent) with
        {
            Status = (ConsentStatus)row.GetInt32(1),
            WithdrawnAt = row.TimeOrNull(2),
            Uses = row.GetInt32(3),
            CodeDigest = row.TextOrNull(4),
        };
}
