using System.Data.Common;
using MedId.Core;

namespace MedId.Provider;

public abstract partial class SqlProviderStore
{
    private const string AccountColumns = "SELECT a.id, a.status, a.body FROM accounts a ";

    /// <inheritdoc/>
    public async ValueTask PutAccountAsync(Account account, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(account);
        var tenant = account.Tenant;
        await WriteAsync(
            tenant,
            async session =>
            {
                await session.LockAsync(SqlLock.Person, tenant, account.Id).ConfigureAwait(false);
                await session.ExecuteAsync(
                    """
                    INSERT INTO accounts(tenant, id, status, user_code_digest, body) VALUES($tenant, $id, $status, $code, $body)
                    ON CONFLICT(tenant, id) DO UPDATE SET user_code_digest=excluded.user_code_digest, body=excluded.body
                    """,
                    ("$tenant", tenant),
                    ("$id", account.Id),
                    ("$status", account.Status),
                    ("$code", account.UserCodeDigest),
                    ("$body", _vault.Seal(tenant, "accounts.body", account.Id, account, RecordJson.Context.Account))).ConfigureAwait(false);
                await session.ExecuteAsync("DELETE FROM account_hints WHERE tenant=$tenant AND account_id=$id", ("$tenant", tenant), ("$id", account.Id)).ConfigureAwait(false);
                foreach (var digest in account.HintDigests.Distinct(StringComparer.Ordinal))
                {
                    await session.ExecuteAsync(
                        "INSERT INTO account_hints(tenant, digest, account_id) VALUES($tenant, $digest, $id)",
                        ("$tenant", tenant),
                        ("$digest", digest),
                        ("$id", account.Id)).ConfigureAwait(false);
                }

                return true;
            },
            cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public ValueTask<Account?> FindAccountAsync(TenantId tenant, string accountId, CancellationToken cancellationToken = default) =>
        ReadAsync(session => FindAccountAsync(session, tenant, accountId), cancellationToken);

    /// <inheritdoc/>
    public async ValueTask<Account?> FindAccountByHintAsync(TenantId tenant, string hintDigest, CancellationToken cancellationToken = default)
    {
        var accounts = await ReadAsync(
            session => session.ListAsync(
                AccountColumns + "JOIN account_hints h ON h.tenant=a.tenant AND h.account_id=a.id WHERE h.tenant=$tenant AND h.digest=$digest LIMIT 2",
                row => ReadAccount(tenant, row),
                ("$tenant", tenant),
                ("$digest", hintDigest)),
            cancellationToken).ConfigureAwait(false);
        return accounts.Count == 1 ? accounts[0] : null;
    }

    /// <inheritdoc/>
    public ValueTask<UserCodeOutcome> JudgeUserCodeAsync(
        TenantId tenant, string accountId, string codeDigest, DateTimeOffset at, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(codeDigest);
        return WriteAsync(
            tenant,
            async session =>
            {
                await session.LockAsync(SqlLock.Person, tenant, accountId).ConfigureAwait(false);
                var known = await session.SingleAsync(
                    "SELECT user_code_digest, wrong_codes, last_wrong_at FROM accounts WHERE tenant=$tenant AND id=$id",
                    static row => (Found: true, Code: row.TextOrNull(0), Wrong: row.GetInt32(1), LastWrongAt: row.Time(2)),
                    ("$tenant", tenant),
                    ("$id", accountId)).ConfigureAwait(false);
                if (!known.Found)
                {
                    return UserCodeOutcome.Wrong;
                }

                var (outcome, wrong, lastWrongAt) = StoreRules.JudgeUserCode(known.Code, codeDigest, known.Wrong, known.LastWrongAt, at);
                if ((wrong, lastWrongAt) != (known.Wrong, known.LastWrongAt))
                {
                    await session.ExecuteAsync(
                        "UPDATE accounts SET wrong_codes=$wrong, last_wrong_at=$at WHERE tenant=$tenant AND id=$id",
                        ("$wrong", wrong),
                        ("$at", lastWrongAt),
                        ("$tenant", tenant),
                        ("$id", accountId)).ConfigureAwait(false);
                }

                return outcome;
            },
            cancellationToken);
    }

    private static ValueTask<bool> IsActiveAsync(SqlSession session, TenantId tenant, string accountId) =>
        session.SingleAsync(
            "SELECT status FROM accounts WHERE tenant=$tenant AND id=$id",
            static row => row.GetInt32(0) == (int)AccountStatus.Active,
            ("$tenant", tenant),
            ("$id", accountId));

    private ValueTask<Account?> FindAccountAsync(SqlSession session, TenantId tenant, string accountId) =>
        session.SingleAsync(AccountColumns + "WHERE a.tenant=$tenant AND a.id=$id", row => ReadAccount(tenant, row), ("$tenant", tenant), ("$id", accountId));

    private Account ReadAccount(TenantId tenant, DbDataReader row) =>
        _vault.Open(tenant, "accounts.body", row.GetString(0), row.Blob(2), RecordJson.Context.Account) with { Status = (AccountStatus)row.GetInt32(1) };
}
