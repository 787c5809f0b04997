using MedId.Core;

namespace MedId.OAuth.Server.Tests;

/// <summary>The stores of this package as far as its tests need them.</summary>
internal sealed class TestStore : IReplayStore, IRefreshTokenStore, ITokenRevocationStore, IGrantStatus, IIntrospectionAudit
{
    private readonly Dictionary<string, (RefreshTokenRecord Record, bool Rotated)> _refresh = [];
    private readonly HashSet<string> _endedFamilies = [];

    public List<ReplayKey> Consumed { get; } = [];

    public Dictionary<string, DateTimeOffset> Revoked { get; } = [];

    public HashSet<string> InactiveGrants { get; } = [];

    public HashSet<(string GrantId, GrantUse Use)> OutdatedGrants { get; } = [];

    public List<(string GrantId, string ResourceServer, DateTimeOffset At)> Reads { get; } = [];

    public void Put(RefreshTokenRecord record) => _refresh[record.Digest] = (record, false);

    public ValueTask<bool> TryConsumeAsync(TenantId tenant, ReplayKey key, CancellationToken cancellationToken = default)
    {
        var isNew = Consumed.TrueForAll(k => (k.Issuer, k.Id) != (key.Issuer, key.Id));
        Consumed.Add(key);
        return ValueTask.FromResult(isNew);
    }

    public ValueTask<RefreshTokenRecord?> FindRefreshTokenAsync(TenantId tenant, string digest, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult(_refresh.TryGetValue(digest, out var found) ? found.Record : null);

    public ValueTask<RefreshOutcome> RotateRefreshTokenAsync(
        TenantId tenant, string presentedDigest, string clientId, RefreshTokenRecord next, DateTimeOffset at, CancellationToken cancellationToken = default)
    {
        if (!_refresh.TryGetValue(presentedDigest, out var found) || found.Record.Grant.ClientId != clientId || _endedFamilies.Contains(found.Record.Family)
            || at >= found.Record.ExpiresAt)
        {
            return ValueTask.FromResult(RefreshOutcome.Unknown);
        }

        if (found.Rotated)
        {
            _endedFamilies.Add(found.Record.Family);
            return ValueTask.FromResult(RefreshOutcome.Reused);
        }

        _refresh[presentedDigest] = (found.Record, true);
        Put(next);
        return ValueTask.FromResult(RefreshOutcome.Rotated);
    }

    public ValueTask<bool> RevokeRefreshFamilyAsync(TenantId tenant, string digest, string clientId, DateTimeOffset at, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult(_refresh.TryGetValue(digest, out var found) && found.Record.Grant.ClientId == clientId && _endedFamilies.Add(found.Record.Family));

    public ValueTask RevokeTokenAsync(TenantId tenant, string tokenId, DateTimeOffset expiresAt, CancellationToken cancellationToken = default)
    {
        Revoked[tokenId] = expiresAt;
        return ValueTask.CompletedTask;
    }

    public ValueTask<bool> IsTokenRevokedAsync(TenantId tenant, string tokenId, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult(Revoked.ContainsKey(tokenId));

    public ValueTask<GrantStanding> JudgeAsync(GrantQuestion question, CancellationToken cancellationToken = default) => ValueTask.FromResult(
        InactiveGrants.Contains(question.GrantId) ? GrantStanding.Inactive
        : OutdatedGrants.Contains((question.GrantId, question.Use)) ? GrantStanding.Outdated
        : GrantStanding.Active);

    public ValueTask<bool> RecordAsync(TenantId tenant, AccessToken token, string resourceServer, DateTimeOffset at, CancellationToken cancellationToken = default)
    {
        Reads.Add((token.GrantId, resourceServer, at));
        return ValueTask.FromResult(true);
    }
}
