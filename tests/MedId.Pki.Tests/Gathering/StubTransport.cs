using System.Collections.Concurrent;

namespace MedId.Pki.Tests;

/// <summary>Answers from a function and keeps what it was asked.</summary>
internal sealed class StubTransport(Func<EvidenceQuery, EvidenceAnswer> answer) : IEvidenceTransport
{
    private readonly ConcurrentQueue<EvidenceQuery> _queries = new();

    public IReadOnlyList<EvidenceQuery> Queries => [.. _queries];

    public Task<EvidenceAnswer> SendAsync(EvidenceQuery query, CancellationToken cancellationToken = default)
    {
        _queries.Enqueue(query);
        return Task.FromResult(answer(query));
    }
}
