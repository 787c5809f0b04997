using MedId.Core;
using MedId.Cryptography;

namespace MedId.OAuth;

/// <summary>Fetches key sets by URL and keeps them. A token with an unknown key makes it look again, but not more often than once in a while.</summary>
public sealed class JwksClient : IDisposable
{
    private readonly ProtocolHttpClient _http;
    private readonly TimeProvider _time;
    private readonly SemaphoreSlim _gate = new(1, 1);
    private readonly Dictionary<string, Kept> _kept = new(StringComparer.Ordinal);

    /// <summary>A client without any keys yet.</summary>
    /// <param name="http">The transport.</param>
    /// <param name="time">The clock; the system's when null.</param>
    public JwksClient(ProtocolHttpClient http, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(http);
        _http = http;
        _time = time ?? TimeProvider.System;
    }

    /// <summary>How long a set is used without looking again.</summary>
    /// <value>One hour.</value>
    public TimeSpan Lifetime { get; init; } = TimeSpan.FromHours(1);

    /// <summary>How long after one fetch an unknown key may cause the next of the same URL.</summary>
    /// <value>30 seconds.</value>
    public TimeSpan MinimumRefetchInterval { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How many URLs are kept; the one fetched longest ago goes first.</summary>
    /// <value>64.</value>
    public int MaxSets { get; init; } = 64;

    /// <summary>The keys at a URL.</summary>
    /// <param name="url">The <c>jwks_uri</c>.</param>
    /// <param name="cancellationToken">Ends the request.</param>
    public ValueTask<MedIdResult<JsonWebKeySet>> GetAsync(string url, CancellationToken cancellationToken = default) => GetAsync(url, Lifetime, cancellationToken);

    /// <summary>Verifies with the keys at a URL; when the verifier says that the key is not there, looks again at most once per <see cref="MinimumRefetchInterval"/>.</summary>
    /// <typeparam name="T">What the verifier gives.</typeparam>
    /// <param name="url">The <c>jwks_uri</c>.</param>
    /// <param name="verify">A pure verifier; may run twice.</param>
    /// <param name="cancellationToken">Ends the request.</param>
    public async ValueTask<MedIdResult<T>> VerifyAsync<T>(string url, Func<JsonWebKeySet, MedIdResult<T>> verify, CancellationToken cancellationToken = default)
        where T : notnull
    {
        ArgumentNullException.ThrowIfNull(verify);
        var keys = await GetAsync(url, cancellationToken).ConfigureAwait(false);
        if (!keys.Succeeded)
        {
            return keys.Error;
        }

        var result = verify(keys.Value);
        if (result.Succeeded || !string.Equals(result.Error.Code, CryptographyErrorCodes.JoseKeyNotFound, StringComparison.Ordinal))
        {
            return result;
        }

        var newer = await GetAsync(url, MinimumRefetchInterval, cancellationToken).ConfigureAwait(false);
        return newer.Succeeded && !ReferenceEquals(newer.Value, keys.Value) ? verify(newer.Value) : result;
    }

    /// <inheritdoc/>
    public void Dispose() => _gate.Dispose();

    private async ValueTask<MedIdResult<JsonWebKeySet>> GetAsync(string url, TimeSpan notOlderThan, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(url);
        if (Find(url, notOlderThan) is { } keys)
        {
            return keys;
        }

        await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return Find(url, notOlderThan) is { } fetchedMeanwhile ? fetchedMeanwhile : await FetchAsync(url, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _gate.Release();
        }
    }

    private JsonWebKeySet? Find(string url, TimeSpan notOlderThan)
    {
        lock (_kept)
        {
            return _kept.TryGetValue(url, out var kept) && _time.GetUtcNow() - kept.At < notOlderThan ? kept.Keys : null;
        }
    }

    private async Task<MedIdResult<JsonWebKeySet>> FetchAsync(string url, CancellationToken cancellationToken)
    {
        var answer = await _http.GetAsync("keys", url, cancellationToken).ConfigureAwait(false);
        if (!answer.Succeeded)
        {
            return answer.Error;
        }

        if (!answer.Value.IsOk)
        {
            return answer.Value.ToError("RFC 7517 §5");
        }

        var keys = JsonWebKeySet.Parse(answer.Value.Body);
        if (keys.Succeeded)
        {
            lock (_kept)
            {
                if (!_kept.ContainsKey(url) && _kept.Count >= MaxSets)
                {
                    _kept.Remove(_kept.MinBy(one => one.Value.At).Key);
                }

                _kept[url] = new Kept(keys.Value, _time.GetUtcNow());
            }
        }

        return keys;
    }

    private sealed record Kept(JsonWebKeySet Keys, DateTimeOffset At);
}
