namespace MedId.Pki.Tests;

/// <summary>Never answers.</summary>
internal sealed class SilentTransport : IEvidenceTransport
{
    public async Task<EvidenceAnswer> SendAsync(EvidenceQuery query, CancellationToken cancellationToken = default)
    {
        await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
        return new();
    }
}
