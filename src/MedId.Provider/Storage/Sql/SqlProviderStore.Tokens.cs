using MedId.Core;
using MedId.Cryptography;
using MedId.OAuth.Server;

namespace MedId.Provider;

public abstract partial class SqlProviderStore
{
    /// <inheritdoc/>
    public ValueTask<RefreshTokenRecord?> FindRefreshTokenAsync(TenantId tenant, string digest, CancellationToken cancellationToken = default) =>
        ReadAsync(async session => (await ReadRefreshTokenAsync(session, tenant, digest).ConfigureAwait(false)).Record, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<RefreshOutcome> RotateRefreshTokenAsync(
        TenantId tenant, string presentedDigest, string clientId, RefreshTokenRecord next, DateTimeOffset at, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(next);
        return WriteAsync(
            tenant,
            async session =>
            {
                await LockHolderOfTokenAsync(session, tenant, presentedDigest).ConfigureAwait(false);
                var (presented, rotated) = await ReadRefreshTokenAsync(session, tenant, presentedDigest).ConfigureAwait(false);
                var outcome = StoreRules.JudgeRefresh(presented, rotated, clientId, at);
                switch (outcome)
                {
                    case RefreshOutcome.Reused:
                        await EndFamilyAsync(session, tenant, presented!.Family).ConfigureAwait(false);
                        session.Audit(tenant, AuditLines.Reused(presented.Grant, at));
                        break;
                    case RefreshOutcome.Rotated:
                        StoreRules.CheckNextRefreshToken(presented!, next);
                        await AddRefreshTokenAsync(session, next).ConfigureAwait(false);
                        await session.ExecuteAsync(
                            "UPDATE refresh_tokens SET rotated=1 WHERE tenant=$tenant AND digest=$digest AND rotated=0",
                            ("$tenant", tenant),
                            ("$digest", presentedDigest)).ConfigureAwait(false);
                        session.Audit(tenant, AuditLines.Refreshed(presented!.Grant, next.Grant, at));
                        break;
                }

                return outcome;
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<bool> RevokeRefreshFamilyAsync(
        TenantId tenant, string digest, string clientId, DateTimeOffset at, CancellationToken cancellationToken = default) =>
        WriteAsync(
            tenant,
            async session =>
            {
                await LockHolderOfTokenAsync(session, tenant, digest).ConfigureAwait(false);
                if ((await ReadRefreshTokenAsync(session, tenant, digest).ConfigureAwait(false)).Record is not { } record
                    || !string.Equals(record.Grant.ClientId, clientId, StringComparison.Ordinal)
                    || await EndFamilyAsync(session, tenant, record.Family).ConfigureAwait(false) == 0)
                {
                    return false;
                }

                session.Audit(tenant, AuditLines.Revoked(record.Grant, at));
                return true;
            },
            cancellationToken);

    /// <inheritdoc/>
    public async ValueTask RevokeTokenAsync(TenantId tenant, string tokenId, DateTimeOffset expiresAt, CancellationToken cancellationToken = default) =>
        await WriteAsync(
            tenant,
            session => session.ExecuteAsync(
                """
                INSERT INTO revoked_tokens(tenant, token_id, expires_at) VALUES($tenant, $id, $end)
                ON CONFLICT(tenant, token_id) DO UPDATE SET expires_at=excluded.expires_at WHERE revoked_tokens.expires_at<excluded.expires_at
                """,
                ("$tenant", tenant),
                ("$id", tokenId),
                ("$end", expiresAt)),
            cancellationToken).ConfigureAwait(false);

    /// <inheritdoc/>
    public ValueTask<bool> IsTokenRevokedAsync(TenantId tenant, string tokenId, CancellationToken cancellationToken = default) =>
        ReadAsync(
            session => session.SingleAsync("SELECT 1 FROM revoked_tokens WHERE tenant=$tenant AND token_id=$id", static _ => true, ("$tenant", tenant), ("$id", tokenId)),
            cancellationToken);

    /// <inheritdoc/>
    public ValueTask<bool> TryConsumeAsync(TenantId tenant, ReplayKey key, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(key);
        // Issuer and identifier are somebody else's texts of any length and content: their digest is enough to know them again.
        var digest = SecretDigest.Compute("replay", $"{key.Issuer.Length}\n{key.Issuer}{key.Id}");
        return WriteAsync(
            tenant,
            async session => await session.ExecuteAsync(
                "INSERT INTO replay(tenant, digest, expires_at) VALUES($tenant, $digest, $end) ON CONFLICT DO NOTHING",
                ("$tenant", tenant),
                ("$digest", digest),
                ("$end", key.ExpiresAt)).ConfigureAwait(false) == 1,
            cancellationToken);
    }

    private async ValueTask LockHolderOfTokenAsync(SqlSession session, TenantId tenant, string digest)
    {
        if (!session.WritesAlone && (await ReadRefreshTokenAsync(session, tenant, digest).ConfigureAwait(false)).Record is { } record)
        {
            await session.LockAsync(SqlLock.Person, tenant, record.Grant.Subject).ConfigureAwait(false);
        }
    }

    // Ending a family is forgetting it: an unknown token opens nothing.
    private static ValueTask<int> EndFamilyAsync(SqlSession session, TenantId tenant, string family) =>
        session.ExecuteAsync("DELETE FROM refresh_tokens WHERE tenant=$tenant AND family=$family", ("$tenant", tenant), ("$family", family));

    private ValueTask<int> AddRefreshTokenAsync(SqlSession session, RefreshTokenRecord token) =>
        session.ExecuteAsync(
            "INSERT INTO refresh_tokens(tenant, digest, family, consent_id, expires_at, body) VALUES($tenant, $digest, $family, $consent, $end, $body)",
            ("$tenant", token.Tenant),
            ("$digest", token.Digest),
            ("$family", token.Family),
            ("$consent", token.Grant.ConsentId),
            ("$end", token.ExpiresAt),
            ("$body", _vault.Seal(token.Tenant, "refresh_tokens.body", token.Digest, token, RecordJson.Context.RefreshTokenRecord)));

    private ValueTask<(RefreshTokenRecord? Record, bool Rotated)> ReadRefreshTokenAsync(SqlSession session, TenantId tenant, string digest) =>
        session.SingleAsync<(RefreshTokenRecord?, bool)>(
            "SELECT rotated, body FROM refresh_tokens WHERE tenant=$tenant AND digest=$digest",
            row => (_vault.Open(tenant, "refresh_tokens.body", digest, row.Blob(1), RecordJson.Context.RefreshTokenRecord), row.Flag(0)),
            ("$tenant", tenant),
            ("$digest", digest));
}
