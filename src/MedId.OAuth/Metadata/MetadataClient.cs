using MedId.Core;

namespace MedId.OAuth;

/// <summary>Fetches the metadata of one authorization server and keeps it for a while.</summary>
public sealed class MetadataClient : IDisposable
{
    private readonly ProtocolHttpClient _http;
    private readonly TimeProvider _time;
    private readonly SemaphoreSlim _gate = new(1, 1);
    private Kept? _kept;

    /// <summary>A client of one issuer.</summary>
    /// <param name="http">The transport.</param>
    /// <param name="issuer">The issuer identifier, as configured.</param>
    /// <param name="time">The clock; the system's when null.</param>
    public MetadataClient(ProtocolHttpClient http, string issuer, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(http);
        ArgumentException.ThrowIfNullOrEmpty(issuer);
        _http = http;
        Issuer = issuer;
        _time = time ?? TimeProvider.System;
    }

    /// <summary>The issuer identifier, as configured.</summary>
    public string Issuer { get; }

    /// <summary>How long an answer is kept.</summary>
    /// <value>One hour.</value>
    public TimeSpan Lifetime { get; init; } = TimeSpan.FromHours(1);

    /// <summary>The metadata; asked for at most once per <see cref="Lifetime"/>, and by one caller at a time. A refusal is not kept.</summary>
    /// <param name="cancellationToken">Ends the request.</param>
    public async ValueTask<MedIdResult<AuthorizationServerMetadata>> GetAsync(CancellationToken cancellationToken = default)
    {
        if (Fresh() is { } metadata)
        {
            return metadata;
        }

        await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return Fresh() is { } fetchedMeanwhile ? fetchedMeanwhile : await FetchAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _gate.Dispose();

    private AuthorizationServerMetadata? Fresh() =>
        Volatile.Read(ref _kept) is { } kept && _time.GetUtcNow() - kept.At < Lifetime ? kept.Metadata : null;

    private async Task<MedIdResult<AuthorizationServerMetadata>> FetchAsync(CancellationToken cancellationToken)
    {
        var answer = await _http.GetAsync("metadata", Issuer.TrimEnd('/') + AuthorizationServerMetadata.WellKnownPath, cancellationToken).ConfigureAwait(false);
        if (!answer.Succeeded)
        {
            return answer.Error;
        }

        if (!answer.Value.IsOk)
        {
            return answer.Value.ToError("RFC 8414 §3.2");
        }

        var metadata = AuthorizationServerMetadata.Parse(answer.Value.Body, Issuer, _http.AllowHttpOnLoopback);
        if (metadata.Succeeded)
        {
            Volatile.Write(ref _kept, new Kept(metadata.Value, _time.GetUtcNow()));
        }

        return metadata;
    }

    private sealed record Kept(AuthorizationServerMetadata Metadata, DateTimeOffset At);
}
