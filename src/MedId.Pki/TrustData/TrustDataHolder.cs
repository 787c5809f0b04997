using MedId.Core;
using MedId.Cryptography;

namespace MedId.Pki;

/// <summary>The trust data in use, replaced while the host runs. Safe to use from many threads.</summary>
public sealed class TrustDataHolder
{
    private readonly JsonWebKeySet _signers;
    private readonly AlgorithmPolicy _algorithms;
    private readonly TimeProvider _time;
    private readonly IReadOnlyList<TrustDataConfirmation> _confirmations;
    private readonly Lock _gate = new();
    private TrustDataBundle _current;

    /// <summary>Begins with data that is trusted already.</summary>
    /// <param name="initial">Usually <see cref="TrustDataBundle.Default"/>; a host that keeps the last accepted bundle calls <see cref="Replace"/> with it at its start.</param>
    /// <param name="signers">The keys that may sign newer data.</param>
    /// <param name="algorithms">The policy for those signatures.</param>
    /// <param name="time">The clock.</param>
    /// <param name="confirmations">Rows for which the operator answers; none when null. Newer data that withdraws or no longer has such a row wins.</param>
    /// <exception cref="ArgumentException">A confirmation names a row that <paramref name="initial"/> does not have, or a root without fingerprint.</exception>
    /// <exception cref="InvalidOperationException">A confirmation names a withdrawn row.</exception>
    public TrustDataHolder(
        TrustDataBundle initial, JsonWebKeySet signers, AlgorithmPolicy algorithms, TimeProvider time, IReadOnlyList<TrustDataConfirmation>? confirmations = null)
    {
        ArgumentNullException.ThrowIfNull(initial);
        ArgumentNullException.ThrowIfNull(signers);
        ArgumentNullException.ThrowIfNull(algorithms);
        ArgumentNullException.ThrowIfNull(time);
        _confirmations = confirmations ?? [];
        _current = _confirmations.Aggregate(initial, (data, row) => data.Confirm(row.Section, row.Id, row.Source));
        (_signers, _algorithms, _time) = (signers, algorithms, time);
    }

    /// <summary>The data in use.</summary>
    public TrustDataBundle Current => Volatile.Read(ref _current);

    /// <summary>Whether the data in use is past its end: a health check says Degraded, verification goes on.</summary>
    public bool IsStale => Current.IsStale(_time.GetUtcNow());

    /// <summary>Takes newer data.</summary>
    /// <param name="jws">The signed bundle.</param>
    /// <returns>What is in use now; refused as <see cref="TrustDataBundle.Verify"/> refuses, and then nothing changes.</returns>
    public MedIdResult<TrustDataBundle> Replace(string jws)
    {
        lock (_gate)
        {
            var verified = TrustDataBundle.Verify(jws, _signers, _algorithms, _time.GetUtcNow(), _current);
            if (!verified.Succeeded)
            {
                return verified;
            }

            Volatile.Write(ref _current, _confirmations.Where(row => verified.Value.CanConfirm(row.Section, row.Id)).Aggregate(verified.Value, (data, row) => data.Confirm(row.Section, row.Id, row.Source)));
            return _current;
        }
    }
}
