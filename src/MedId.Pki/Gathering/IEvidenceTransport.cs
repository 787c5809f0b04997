namespace MedId.Pki;

/// <summary>Brings queries to whoever answers them. Injected for closed networks, whose access is not public; <see cref="HttpEvidenceTransport"/> is the public one.</summary>
/// <remarks>
/// One call is one query: no retries, no redirects, no cache inside, or the ledger would not be what the responder counts. An answer that did not come is a value with an
/// error; only cancellation by the token throws.
/// </remarks>
public interface IEvidenceTransport
{
    /// <summary>Sends one query.</summary>
    /// <param name="query">The query.</param>
    /// <param name="cancellationToken">Ends it.</param>
    Task<EvidenceAnswer> SendAsync(EvidenceQuery query, CancellationToken cancellationToken = default);
}
