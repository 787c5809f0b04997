namespace MedId.Pki;

/// <summary>Writes down every query, because some cost money and all cost trust: verifiers of JPKI pay by query and report them.</summary>
/// <remarks>Called once for each query that was sent, when it ended, whether it was answered, failed or was given up; never for what a cache answered or the address rules refused.</remarks>
public interface IEvidenceLedger
{
    /// <summary>Writes one line.</summary>
    /// <param name="entry">The query.</param>
    /// <param name="cancellationToken">Not that of the gathering: a query that was made is written down.</param>
    ValueTask RecordAsync(EvidenceLedgerEntry entry, CancellationToken cancellationToken = default);
}
