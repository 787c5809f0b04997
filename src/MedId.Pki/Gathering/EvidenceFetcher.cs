using System.Collections.Concurrent;
using MedId.Core;

namespace MedId.Pki;

/// <summary>Makes the queries: the same one only once at a time, few at a time, each with its line in the ledger.</summary>
internal sealed class EvidenceFetcher(IEvidenceTransport transport, EvidenceGatheringOptions options, IEvidenceLedger? ledger, TimeProvider time) : IDisposable
{
    private readonly ConcurrentDictionary<string, Lazy<Task<EvidenceFlight>>> _flights = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _gate = new(options.MaxConcurrency);

    /// <summary>Asks, or joins who is asking the same already.</summary>
    /// <param name="key">What is asked, without the nonce.</param>
    /// <param name="query">Makes the query and its nonce.</param>
    /// <param name="cancellationToken">Ends the waiting, not the query, for which others may wait.</param>
    public Task<EvidenceFlight> AskAsync(string key, Func<(EvidenceQuery Query, ReadOnlyMemory<byte>? Nonce)> query, CancellationToken cancellationToken)
    {
        var flight = _flights.GetOrAdd(key, _ => new(() => FlyAsync(key, query)));
        return flight.Value.WaitAsync(cancellationToken);
    }

    public void Dispose() => _gate.Dispose();

    private async Task<EvidenceFlight> FlyAsync(string key, Func<(EvidenceQuery Query, ReadOnlyMemory<byte>? Nonce)> make)
    {
        try
        {
            // A transport without a time limit of its own ends here.
            using var clock = new CancellationTokenSource(options.TotalTimeout, time);
            var answer = TimedOut(wasSent: false);
            ReadOnlyMemory<byte>? nonce = null;
            for (var attempt = 0; attempt < options.AttemptsPerAddress && !clock.IsCancellationRequested; attempt++)
            {
                (var query, nonce) = make();
                answer = await SendAsync(query, clock.Token).ConfigureAwait(false);
                if (answer.Error?.Code is not (PkiErrorCodes.GatherUnreachable or PkiErrorCodes.GatherTimeout or PkiErrorCodes.GatherHttpStatus))
                {
                    break;
                }
            }

            return new(answer, nonce);
        }
        finally
        {
            _flights.TryRemove(key, out _);
        }
    }

    private async Task<EvidenceAnswer> SendAsync(EvidenceQuery query, CancellationToken cancellationToken)
    {
        try
        {
            await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            return TimedOut(wasSent: false);
        }

        var at = time.GetUtcNow();
        EvidenceAnswer? answer = null;
        try
        {
            answer = await transport.SendAsync(query, cancellationToken).ConfigureAwait(false);
            return answer;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            answer = TimedOut(wasSent: true);
            return answer;
        }
        finally
        {
            _gate.Release();
            if (ledger is not null)
            {
                // Whatever came of it, also an exception of the transport: a query that was made is written down.
                await ledger.RecordAsync(
                    new(
                        at,
                        query.Kind,
                        query.Address.Authority,
                        query.Request.Length,
                        answer?.BytesReceived ?? 0,
                        answer is null ? PkiErrorCodes.GatherUnreachable : answer.Error?.Code,
                        answer?.WasSent ?? true),
                    CancellationToken.None).ConfigureAwait(false);
            }
        }
    }

    private static EvidenceAnswer TimedOut(bool wasSent) => new()
    {
        Error = new(PkiErrorCodes.GatherTimeout, ErrorCategory.State, "RFC 6960 Appendix A.1", "the time for the gathering ran out"),
        WasSent = wasSent,
    };
}
