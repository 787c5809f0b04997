using MedId.Core;
using MedId.Provider;
using Microsoft.Data.Sqlite;

namespace MedId.Storage.Sqlite;

public sealed partial class SqliteProviderStore
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
            session =>
            {
                Add(session, consent);
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
            session =>
            {
                if (!IsActive(session, consent.Tenant, consent.Subject))
                {
                    return ApprovalOutcome.AccountNotActive;
                }

                var known = FindDevice(session, consent.Tenant, consent.DeviceId!);
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

                StoreAct(session, known, device.NextCounter, device.BackedUp);
                Add(session, consent);
                return ApprovalOutcome.Approved;
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<StandingConsent?> FindStandingConsentAsync(TenantId tenant, string id, CancellationToken cancellationToken = default) =>
        new(Read(session => FindStanding(session, tenant, id), cancellationToken));

    /// <inheritdoc/>
    public ValueTask<StandingConsent?> FindStandingConsentByCodeAsync(TenantId tenant, string codeDigest, DateTimeOffset at, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(codeDigest);
        return new(Read(
            session => FindByCode(session, tenant, codeDigest) is { } found && found.MayBeUsed(at) && DeviceStands(session, found) ? found : null,
            cancellationToken));
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<StandingConsent>> ListStandingConsentsAsync(TenantId tenant, string subject, CancellationToken cancellationToken = default) =>
        new(Read(
            session => session.List(
                StandingColumns + "WHERE tenant=$tenant AND subject=$subject ORDER BY given_at DESC, rowid DESC",
                row => ReadStanding(tenant, row),
                ("$tenant", tenant),
                ("$subject", subject)),
            cancellationToken));

    /// <inheritdoc/>
    public ValueTask<WithdrawalOutcome> WithdrawStandingConsentAsync(TenantId tenant, string id, string subject, DateTimeOffset at, CancellationToken cancellationToken = default) =>
        WriteAsync(
            tenant,
            session =>
            {
                if (FindStanding(session, tenant, id) is not { } standing || !string.Equals(standing.Subject, subject, StringComparison.Ordinal))
                {
                    return WithdrawalOutcome.Unknown;
                }

                if (standing.Status == ConsentStatus.Withdrawn)
                {
                    return WithdrawalOutcome.AlreadyWithdrawn;
                }

                Keep(session, StandingRules.Withdraw(standing, at));
                Audit(session, tenant, AuditLines.StandingWithdrawn(standing, at));
                foreach (var consent in session.List(
                    "SELECT id FROM consents WHERE tenant=$tenant AND standing_id=$id AND status=$given ORDER BY rowid",
                    static row => row.GetString(0),
                    ("$tenant", tenant),
                    ("$id", id),
                    ("$given", ConsentStatus.Given)))
                {
                    Withdraw(session, tenant, consent, at);
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
            session =>
            {
                var (mine, all) = (Attempts(session, tenant, clientId, at, window), Attempts(session, tenant, EveryClient, at, window));
                if (mine.Attempts >= limit || all.Attempts >= limit * StandingRules.ClientsInLimit)
                {
                    return false;
                }

                foreach (var (client, start, attempts) in new[] { (clientId, mine.Start, mine.Attempts), (EveryClient, all.Start, all.Attempts) })
                {
                    session.Execute(
                        """
                        INSERT INTO code_attempts(tenant, client_id, window_start, attempts) VALUES($tenant, $client, $start, $attempts)
                        ON CONFLICT(tenant, client_id) DO UPDATE SET window_start=excluded.window_start, attempts=excluded.attempts
                        """,
                        ("$tenant", tenant),
                        ("$client", client),
                        ("$start", start),
                        ("$attempts", attempts + 1));
                }

                return true;
            },
            cancellationToken);
    }

    private static (DateTimeOffset Start, int Attempts) Attempts(SqliteSession session, TenantId tenant, string clientId, DateTimeOffset at, TimeSpan window)
    {
        var known = session.Single(
            "SELECT window_start, attempts FROM code_attempts WHERE tenant=$tenant AND client_id=$client",
            static row => (Found: true, Start: row.Time(0), Attempts: row.GetInt32(1)),
            ("$tenant", tenant),
            ("$client", clientId));
        return known.Found ? StandingRules.Window(known.Start, known.Attempts, at, window) : (at, 0);
    }

    private void Add(SqliteSession session, StandingConsent consent)
    {
        if (consent.CodeDigest is { } code)
        {
            if (FindByCode(session, consent.Tenant, code) is { } other)
            {
                if (other.MayBeUsed(consent.GivenAt) && other.Subject != consent.Subject)
                {
                    throw new ArgumentException("The code is another live one's.", nameof(consent));
                }

                Keep(session, other with { CodeDigest = null });
            }

            foreach (var older in ListStanding(session, consent.Tenant, consent.Subject).Where(older => older.Kind == StandingConsentKind.OneTimeCode && older.MayBeUsed(consent.GivenAt)))
            {
                Keep(session, StandingRules.Withdraw(older, consent.GivenAt));
                Audit(session, consent.Tenant, AuditLines.StandingWithdrawn(older, consent.GivenAt) with { Agents = [AuditAgent.Op], Reason = StandingRules.NewerCode });
            }
        }

        session.Execute(
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
            ("$body", _vault.Seal(consent.Tenant, "standing_consents.body", consent.Id, consent with { CodeDigest = null }, RecordJson.Context.StandingConsent)));
        Audit(session, consent.Tenant, AuditLines.StandingGiven(consent));
    }

    private StandingConsent? FindUsable(SqliteSession session, string id, Approval approval)
    {
        if (FindStanding(session, approval.Grant.Tenant, id) is not { } standing)
        {
            return null;
        }

        StandingRules.CheckUse(standing, approval);
        return standing.MayBeUsed(approval.At) && DeviceStands(session, standing) ? standing : null;
    }

    /// <summary>Uses it, and gives the attempt with a code back.</summary>
    private static void Use(SqliteSession session, StandingConsent standing, string clientId)
    {
        Keep(session, StandingRules.Use(standing));
        if (standing.Kind == StandingConsentKind.OneTimeCode)
        {
            session.Execute(
                "UPDATE code_attempts SET attempts=attempts-1 WHERE tenant=$tenant AND client_id IN ($client, $every) AND attempts>0",
                ("$tenant", standing.Tenant),
                ("$client", clientId),
                ("$every", EveryClient));
        }
    }

    /// <summary>Ends all of a person who has left.</summary>
    private void EndStanding(SqliteSession session, TenantId tenant, string subject, DateTimeOffset at)
    {
        foreach (var standing in ListStanding(session, tenant, subject).Where(standing => standing.Status == ConsentStatus.Given))
        {
            Keep(session, StandingRules.Withdraw(standing, at));
            Audit(session, tenant, AuditLines.StandingWithdrawn(standing, at) with { Agents = [AuditAgent.Op] });
        }
    }

    private bool DeviceStands(SqliteSession session, StandingConsent standing) =>
        standing.DeviceId is null || (FindDevice(session, standing.Tenant, standing.DeviceId) is { } device && DeviceTransitions.ConsentsStand(device.State));

    /// <summary>Writes what changed; the body never does.</summary>
    private static void Keep(SqliteSession session, StandingConsent changed) => session.Execute(
        "UPDATE standing_consents SET status=$status, withdrawn_at=$withdrawn, uses=$uses, code_digest=$code WHERE tenant=$tenant AND id=$id",
        ("$status", changed.Status),
        ("$withdrawn", changed.WithdrawnAt),
        ("$uses", changed.Uses),
        ("$code", changed.CodeDigest),
        ("$tenant", changed.Tenant),
        ("$id", changed.Id));

    private StandingConsent? FindStanding(SqliteSession session, TenantId tenant, string id) =>
        session.Single(StandingColumns + "WHERE tenant=$tenant AND id=$id", row => ReadStanding(tenant, row), ("$tenant", tenant), ("$id", id));

    private StandingConsent? FindByCode(SqliteSession session, TenantId tenant, string codeDigest) =>
        session.Single(StandingColumns + "WHERE tenant=$tenant AND code_digest=$code", row => ReadStanding(tenant, row), ("$tenant", tenant), ("$code", codeDigest));

    private List<StandingConsent> ListStanding(SqliteSession session, TenantId tenant, string subject) =>
        session.List(StandingColumns + "WHERE tenant=$tenant AND subject=$subject", row => ReadStanding(tenant, row), ("$tenant", tenant), ("$subject", subject));

    private StandingConsent ReadStanding(TenantId tenant, SqliteDataReader row) =>
        _vault.Open(tenant, "standing_consents.body", row.GetString(0), row.Blob(5), RecordJson.Context.StandingConsent) with
        {
            Status = (ConsentStatus)row.GetInt32(1),
            WithdrawnAt = row.TimeOrNull(2),
            Uses = row.GetInt32(3),
            CodeDigest = row.TextOrNull(4),
        };
}
