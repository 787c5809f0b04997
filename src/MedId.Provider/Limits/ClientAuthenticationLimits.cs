using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
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
        var (now, place) = (_time.GetUtcNow(), PlaceOf(request));
        var who = (clientId, place);
        if (_fine.TryGetValue(who, out var until) && now < until)
        {
            return true;
        }

        var limits = _options.Limits;
        if (await IsFullAsync(place is { } address ? Buckets.FailuresAt(address) : null, limits.FailuresOfAddress, now, cancellationToken).ConfigureAwait(false))
        {
            return false;
        }

        if (clientId is not null)
        {
            var here = Buckets.FailuresOfAt(clientId, place ?? string.Empty);
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
        var (now, limits, place) = (_time.GetUtcNow(), _options.Limits, PlaceOf(request));
        _fine.TryRemove((clientId, place), out _);
        if (place is { } address)
        {
            await CountAsync(Buckets.FailuresAt(address), limits.FailuresOfAddress, now, cancellationToken).ConfigureAwait(false);
        }

        if (clientId is not null)
        {
            await CountAsync(Buckets.FailuresOfAt(clientId, place ?? string.Empty), limits.FailuresOfClientAtAddress, now, cancellationToken).ConfigureAwait(false);
            await CountAsync(Buckets.FailuresOf(clientId), limits.FailuresOfClient, now, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>
    /// Where a caller is, as far as it cannot choose: of IPv6 the network of 64 bits (RFC 4291 §2.5.1), because whoever has one has all its addresses and would fail at a fresh one each time; IPv4 also where a socket
    /// of both kinds shows it mapped.
    /// </summary>
    private static string? PlaceOf(OAuthRequest request)
    {
        if (!IPAddress.TryParse(request.Address, out var address))
        {
            return request.Address;
        }

        return address.IsIPv4MappedToIPv6 ? address.MapToIPv4().ToString()
            : address.AddressFamily == AddressFamily.InterNetworkV6 ? new IPAddress([.. address.GetAddressBytes().AsSpan(0, 8), 0, 0, 0, 0, 0, 0, 0, 0]) + "/64"
            : address.ToString();
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
