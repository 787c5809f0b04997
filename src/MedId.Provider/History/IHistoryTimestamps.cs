using MedId.Core;
using MedId.Signatures;

namespace MedId.Provider;

/// <summary>The time-stamping service of this OP, for the heads of persons' histories. The host gives it; <see cref="HistoryTimestamps"/> is one over HTTP.</summary>
public interface IHistoryTimestamps
{
    /// <summary>Asks for a time-stamp.</summary>
    /// <param name="request">The request (RFC 3161).</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The token that answers the request, or why there is none. A service that cannot be reached throws.</returns>
    ValueTask<MedIdResult<TimestampToken>> StampAsync(TimestampRequest request, CancellationToken cancellationToken = default);
}
