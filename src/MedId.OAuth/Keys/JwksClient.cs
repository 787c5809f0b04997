using MedId.Core;
using MedId.Cryptography;

namespace MedId.OAuth;

/// <summary>Fetches key sets by URL and keeps them. A token with an unknown key makes it look again, but not more often than once in a while; a set that was good stays in use while its URL fails.</summary>
/// <remarks>
/// URLs do not wait for each other, and of many callers of one URL one asks while the others take the set that is there. Where there is none that may be used, the failure passes:
/// an answer that is no key set as a refusal, an unreachable or slow server as its exception.
/// </remarks>
public sealed class JwksClient : IDisposable
{
    private readonly ProtocolHttpClient _http;
    private readonly TimeProvider _time;
    private readonly Dictionary<string, KeptKeys> _kept = new(StringComparer.Ordinal);

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

    /// <summary>How long a set is used beyond its lifetime while its URL fails. It bounds how long a key lives on that was taken away when nobody could be told.</summary>
    /// <value>24 hours.</value>
    public TimeSpan MaxStale { get; init; } = TimeSpan.FromHours(24);

    /// <summary>How long after one fetch an unknown key may cause the next of the same URL.</summary>
    /// <value>30 seconds.</value>
    public TimeSpan MinimumRefetchInterval { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a URL that failed is left alone.</summary>
    /// <value>5 seconds.</value>
    public TimeSpan FailureInterval { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How many URLs are kept; the one asked longest ago goes first.</summary>
    /// <value>1024.</value>
    public int MaxSets { get; init; } = 1024;

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

    /// <summary>Forgets every set.</summary>
    public void Dispose()
    {
        lock (_kept)
        {
            _kept.Clear();
        }
    }

    private async ValueTask<MedIdResult<JsonWebKeySet>> GetAsync(string url, TimeSpan notOlderThan, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(url);
        var kept = Find(url);
        if (kept.NotOlderThan(notOlderThan, _time.GetUtcNow()) is { } keys)
        {
            return keys;
        }

        // Somebody asks already: what is there serves meanwhile.
        var usable = kept.NotOlderThan(Lifetime + MaxStale, _time.GetUtcNow());
        if (!await kept.Gate.WaitAsync(usable is null ? Timeout.InfiniteTimeSpan : TimeSpan.Zero, cancellationToken).ConfigureAwait(false))
        {
            return usable!;
        }

        try
        {
            if (kept.NotOlderThan(notOlderThan, _time.GetUtcNow()) is { } fetchedMeanwhile)
            {
                return fetchedMeanwhile;
            }

            if (!kept.FailedWithin(FailureInterval, _time.GetUtcNow()))
            {
                await FetchAsync(url, kept, cancellationToken).ConfigureAwait(false);
            }

            return kept.NotOlderThan(Lifetime + MaxStale, _time.GetUtcNow()) is { } good ? good : kept.Failure();
        }
        finally
        {
            kept.Gate.Release();
        }
    }

    private KeptKeys Find(string url)
    {
        lock (_kept)
        {
            if (_kept.TryGetValue(url, out var found))
            {
                return found;
            }

            if (_kept.Count >= MaxSets)
            {
                _kept.Remove(_kept.MinBy(one => one.Value.AskedAt).Key);
            }

            return _kept[url] = new KeptKeys(_time.GetUtcNow());
        }
    }

    private async Task FetchAsync(string url, KeptKeys kept, CancellationToken cancellationToken)
    {
        try
        {
            var answer = await _http.GetAsync("keys", url, cancellationToken).ConfigureAwait(false);
            var keys = answer.Succeeded && !answer.Value.IsOk ? answer.Value.ToError("RFC 7517 §5") : answer.Then(ok => JsonWebKeySet.Parse(ok.Body));
            kept.Put(keys, _time.GetUtcNow());
        }
        catch (Exception failure) when (failure is HttpRequestException or TimeoutException)
        {
            kept.Put(failure, _time.GetUtcNow());
        }
    }
}
