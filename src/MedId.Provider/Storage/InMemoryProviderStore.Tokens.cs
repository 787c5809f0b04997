using MedId.Core;
using MedId.OAuth.Server;

namespace MedId.Provider;

public sealed partial class InMemoryProviderStore
{
    /// <inheritdoc/>
    public ValueTask<RefreshTokenRecord?> FindRefreshTokenAsync(TenantId tenant, string digest, CancellationToken cancellationToken = default) =>
        new(Run(tenant, memory => memory.RefreshTokens.GetValueOrDefault(digest).Record));

    /// <inheritdoc/>
    public ValueTask<RefreshOutcome> RotateRefreshTokenAsync(
        TenantId tenant, string presentedDigest, string clientId, RefreshTokenRecord next, DateTimeOffset at, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(next);
        return new(Run(tenant, memory =>
        {
            var (presented, rotated) = memory.RefreshTokens.GetValueOrDefault(presentedDigest);
            var outcome = StoreRules.JudgeRefresh(presented, rotated, clientId, at);
            switch (outcome)
            {
                case RefreshOutcome.Reused:
                    memory.EndFamily(presented.Family);
                    memory.Audit(AuditLines.Reused(presented.Grant, at));
                    break;
                case RefreshOutcome.Rotated:
                    StoreRules.CheckNextRefreshToken(presented, next);
                    Keep(memory, next);
                    memory.RefreshTokens[presentedDigest] = (presented, true);
                    memory.Audit(AuditLines.Refreshed(presented.Grant, next.Grant, at));
                    break;
            }

            return outcome;
        }));
    }

    /// <inheritdoc/>
    public ValueTask<bool> RevokeRefreshFamilyAsync(
        TenantId tenant, string digest, string clientId, DateTimeOffset at, CancellationToken cancellationToken = default) =>
        new(Run(tenant, memory =>
        {
            if (memory.RefreshTokens.GetValueOrDefault(digest).Record is not { } record
                || !string.Equals(record.Grant.ClientId, clientId, StringComparison.Ordinal)
                || !memory.EndFamily(record.Family))
            {
                return false;
            }

            memory.Audit(AuditLines.Revoked(record.Grant, at));
            return true;
        }));

    /// <inheritdoc/>
    public ValueTask RevokeTokenAsync(TenantId tenant, string tokenId, DateTimeOffset expiresAt, CancellationToken cancellationToken = default)
    {
        Run(tenant, memory =>
        {
            if (memory.RevokedTokens.TryGetValue(tokenId, out var known) && known >= expiresAt)
            {
                return true;
            }

            memory.RevokedTokens[tokenId] = expiresAt;
            memory.At(AfterLastUse(expiresAt), at => memory.RevokedTokens.TryGetValue(tokenId, out var end) && end < at && memory.RevokedTokens.Remove(tokenId));
            return true;
        });
        return default;
    }

    /// <inheritdoc/>
    public ValueTask<bool> IsTokenRevokedAsync(TenantId tenant, string tokenId, CancellationToken cancellationToken = default) =>
        new(Run(tenant, memory => memory.RevokedTokens.ContainsKey(tokenId)));

    /// <inheritdoc/>
    public ValueTask<bool> TryConsumeAsync(TenantId tenant, ReplayKey key, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(key);
        return new(Run(tenant, memory =>
        {
            if (!memory.Replay.Add((key.Issuer, key.Id)))
            {
                return false;
            }

            memory.At(AfterLastUse(key.ExpiresAt), _ => memory.Replay.Remove((key.Issuer, key.Id)));
            return true;
        }));
    }

    // A verifier may still accept at the very end, so what guards against a second use outlives that instant.
    private static DateTimeOffset AfterLastUse(DateTimeOffset end) => end < DateTimeOffset.MaxValue ? end.AddTicks(1) : end;

    private static void Keep(TenantMemory memory, RefreshTokenRecord token)
    {
        memory.RefreshTokens.Add(token.Digest, (token, false));
        AddTo(memory.RefreshFamilies, token.Family, token.Digest);
        if (token.Grant.ConsentId is not null && memory.Consents.TryGetValue(token.Grant.ConsentId, out var consent))
        {
            consent.Families.Add(token.Family);
        }

        memory.At(token.ExpiresAt, _ =>
        {
            RemoveFrom(memory.RefreshFamilies, token.Family, token.Digest);
            return memory.RefreshTokens.Remove(token.Digest);
        });
    }
}
