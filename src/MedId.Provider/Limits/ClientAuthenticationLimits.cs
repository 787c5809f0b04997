using System.Collections.Concurrent;
using MedId.OAuth.Server;

namespace MedId.Provider;

/// <summary>Failed client authentications, counted for all nodes together: by client and address, by address, and by client.</summary>
/// <remarks>That nothing is amiss is believed for two seconds without looking again, so that clients who authenticate rightly cost no read; a node lets through no more than what fits in there.</remarks>
public sealed class ClientAuthenticationLimits : IClientAuthenticationLimit
{
    private const int MostRemembered = 10_000;
    private static readonly TimeSpan Believed = TimeSpan.FromSeconds(2);

    private readonly IThrottleStore _store;
    private readonly ProviderOptions _options;
    private readonly TimeProvider _time;
    private readonly ConcurrentDictionary<(string? Client, string? Address), DateTimeOffset> _fine = new();

    /// <summary>Makes the limits.</summary>
    /// <param name="store">Counts.</param>
    /// <param name="options">The limits.</param>
    /// <param name="time">The clock.</param>
    public ClientAuthenticationLimits(IThrottleStore store, ProviderOptions options, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(time);
        (_store, _options, _time) = (store, options, time);
    }

    /// <inheritdoc/>
    public async ValueTask<bool> MayTryAsync(OAuthRequest request, string? clientId, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        var (now, who) = (_time.GetUtcNow(), (clientId, request.Address));
        if (_fine.TryGetValue(who, out var until) && now < until)
        {
            return true;
        }

        var limits = _options.Limits;
        if (await IsFullAsync(request.Address is { } address ? Buckets.FailuresAt(address) : null, limits.FailuresOfAddress, now, cancellationToken).ConfigureAwait(false))
        {
            return false;
        }

        if (clientId is not null)
        {
            var here = Buckets.FailuresOfAt(clientId, request.Address ?? string.Empty);
            if (await IsFullAsync(here, limits.FailuresOfClientAtAddress, now, cancellationToken).ConfigureAwait(false)
                || (await IsFullAsync(here, 1, now, cancellationToken).ConfigureAwait(false)
                    && await IsFullAsync(Buckets.FailuresOf(clientId), limits.FailuresOfClient, now, cancellationToken).ConfigureAwait(false)))
            {
                return false;
            }
        }

        if (_fine.Count >= MostRemembered)
        {
            // Whoever makes names up must not fill the memory.
            _fine.Clear();
        }

        _fine[who] = now + Believed;
        return true;
    }

    /// <inheritdoc/>
    public async ValueTask FailedAsync(OAuthRequest request, string? clientId, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        var (now, limits) = (_time.GetUtcNow(), _options.Limits);
        _fine.TryRemove((clientId, request.Address), out _);
        if (request.Address is { } address)
        {
            await CountAsync(Buckets.FailuresAt(address), limits.FailuresOfAddress, now, cancellationToken).ConfigureAwait(false);
        }

        if (clientId is not null)
        {
            await CountAsync(Buckets.FailuresOfAt(clientId, request.Address ?? string.Empty), limits.FailuresOfClientAtAddress, now, cancellationToken).ConfigureAwait(false);
            await CountAsync(Buckets.FailuresOf(clientId), limits.FailuresOfClient, now, cancellationToken).ConfigureAwait(false);
        }
    }

    private async ValueTask<bool> IsFullAsync(string? bucket, int? limit, DateTimeOffset at, CancellationToken cancellationToken) =>
        bucket is not null && limit is { } most && await _store.FindUsesAsync(_options.Tenant, bucket, at, _options.Limits.FailureWindow, most, cancellationToken).ConfigureAwait(false) >= most;

    private async ValueTask CountAsync(string bucket, int? limit, DateTimeOffset at, CancellationToken cancellationToken)
    {
        if (limit is { } most)
        {
            await _store.CountUseAsync(_options.Tenant, bucket, at, _options.Limits.FailureWindow, most, cancellationToken).ConfigureAwait(false);
        }
    }
}
