using MedId.Core;
using MedId.Cryptography;
using MedId.OAuth.Server;
using MedId.Provider;

namespace MedId.Storage.Sqlite;

public sealed partial class SqliteProviderStore
{
    /// <inheritdoc/>
    public ValueTask<RefreshTokenRecord?> FindRefreshTokenAsync(TenantId tenant, string digest, CancellationToken cancellationToken = default) =>
        new(Read(session => ReadRefreshToken(session, tenant, digest).Record, cancellationToken));

    /// <inheritdoc/>
    public ValueTask<RefreshOutcome> RotateRefreshTokenAsync(
        TenantId tenant, string presentedDigest, string clientId, RefreshTokenRecord next, DateTimeOffset at, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(next);
        return WriteAsync(
            tenant,
            session =>
            {
                var (presented, rotated) = ReadRefreshToken(session, tenant, presentedDigest);
                var outcome = StoreRules.JudgeRefresh(presented, rotated, clientId, at);
                switch (outcome)
                {
                    case RefreshOutcome.Reused:
                        EndFamily(session, tenant, presented!.Family);
                        Audit(session, tenant, AuditLines.Reused(presented.Grant, at));
                        break;
                    case RefreshOutcome.Rotated:
                        StoreRules.CheckNextRefreshToken(presented!, next);
                        AddRefreshToken(session, next);
                        session.Execute(
                            "UPDATE refresh_tokens SET rotated=1 WHERE tenant=$tenant AND digest=$digest AND rotated=0",
                            ("$tenant", tenant),
                            ("$digest", presentedDigest));
                        Audit(session, tenant, AuditLines.Refreshed(presented!.Grant, next.Grant, at));
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
            session =>
            {
                if (ReadRefreshToken(session, tenant, digest).Record is not { } record
                    || !string.Equals(record.Grant.ClientId, clientId, StringComparison.Ordinal)
                    || EndFamily(session, tenant, record.Family) == 0)
                {
                    return false;
                }

                Audit(session, tenant, AuditLines.Revoked(record.Grant, at));
                return true;
            },
            cancellationToken);

    /// <inheritdoc/>
    public async ValueTask RevokeTokenAsync(TenantId tenant, string tokenId, DateTimeOffset expiresAt, CancellationToken cancellationToken = default) =>
        await WriteAsync(
            tenant,
            session => session.Execute(
                """
                INSERT INTO revoked_tokens(tenant, token_id, expires_at) VALUES($tenant, $id, $end)
                ON CONFLICT(tenant, token_id) DO UPDATE SET expires_at=max(expires_at, excluded.expires_at)
                """,
                ("$tenant", tenant),
                ("$id", tokenId),
                ("$end", expiresAt)),
            cancellationToken).ConfigureAwait(false);

    /// <inheritdoc/>
    public ValueTask<bool> IsTokenRevokedAsync(TenantId tenant, string tokenId, CancellationToken cancellationToken = default) =>
        new(Read(
            session => session.Single("SELECT 1 FROM revoked_tokens WHERE tenant=$tenant AND token_id=$id", static _ => true, ("$tenant", tenant), ("$id", tokenId)),
            cancellationToken));

    /// <inheritdoc/>
    public ValueTask<bool> TryConsumeAsync(TenantId tenant, ReplayKey key, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(key);
        // Issuer and identifier are somebody else's texts of any length and content: their digest is enough to know them again.
        var digest = SecretDigest.Compute("replay", $"{key.Issuer.Length}\n{key.Issuer}{key.Id}");
        return WriteAsync(
            tenant,
            session => session.Execute(
                "INSERT INTO replay(tenant, digest, expires_at) VALUES($tenant, $digest, $end) ON CONFLICT DO NOTHING",
                ("$tenant", tenant),
                ("$digest", digest),
                ("$end", key.ExpiresAt)) == 1,
            cancellationToken);
    }

    // Ending a family is forgetting it: an unknown token opens nothing.
    private static int EndFamily(SqliteSession session, TenantId tenant, string family) =>
        session.Execute("DELETE FROM refresh_tokens WHERE tenant=$tenant AND family=$family", ("$tenant", tenant), ("$family", family));

    private void AddRefreshToken(SqliteSession session, RefreshTokenRecord token) =>
        session.Execute(
            "INSERT INTO refresh_tokens(tenant, digest, family, consent_id, expires_at, body) VALUES($tenant, $digest, $family, $consent, $end, $body)",
            ("$tenant", token.Tenant),
            ("$digest", token.Digest),
            ("$family", token.Family),
            ("$consent", token.Grant.ConsentId),
            ("$end", token.ExpiresAt),
            ("$body", _vault.Seal(token.Tenant, "refresh_tokens.body", token.Digest, token, RecordJson.Context.RefreshTokenRecord)));

    private (RefreshTokenRecord? Record, bool Rotated) ReadRefreshToken(SqliteSession session, TenantId tenant, string digest) =>
        session.Single<(RefreshTokenRecord?, bool)>(
            "SELECT rotated, body FROM refresh_tokens WHERE tenant=$tenant AND digest=$digest",
            row => (_vault.Open(tenant, "refresh_tokens.body", digest, row.Blob(1), RecordJson.Context.RefreshTokenRecord), row.GetBoolean(0)),
            ("$tenant", tenant),
            ("$digest", digest));
}
