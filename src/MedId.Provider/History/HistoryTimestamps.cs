using MedId.Core;
using MedId.Signatures;

namespace MedId.Provider;

/// <summary>Time-stamps of a service over HTTP.</summary>
/// <param name="client">The client of the service.</param>
public sealed class HistoryTimestamps(TimestampClient client) : IHistoryTimestamps
{
    /// <inheritdoc/>
    public async ValueTask<MedIdResult<TimestampToken>> StampAsync(TimestampRequest request, CancellationToken cancellationToken = default) =>
        await client.StampAsync(request, cancellationToken).ConfigureAwait(false);
}
