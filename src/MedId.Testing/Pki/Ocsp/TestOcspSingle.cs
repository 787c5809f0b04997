namespace MedId.Testing;

/// <summary>One SingleResponse being written (RFC 6960 §4.2.1).</summary>
public sealed record TestOcspSingle
{
    /// <summary>The DER of the CertID.</summary>
    public required byte[] CertificateId { get; init; }

    /// <summary>What is said about it.</summary>
    public TestOcspStatus Status { get; init; }

    /// <summary>revocationTime, when revoked.</summary>
    public DateTimeOffset RevokedAt { get; init; }

    /// <summary>revocationReason, when revoked and said.</summary>
    public int? Reason { get; init; }

    /// <summary>thisUpdate.</summary>
    public required DateTimeOffset ThisUpdate { get; init; }

    /// <summary>nextUpdate; left out when null.</summary>
    public DateTimeOffset? NextUpdate { get; init; }

    /// <summary>singleExtensions.</summary>
    public IReadOnlyList<TestExtension> Extensions { get; init; } = [];

    internal byte[] Der => TestDer.Sequence(
        CertificateId,
        Status switch
        {
            TestOcspStatus.Good => TestDer.ContextPrimitive(0, []),
            TestOcspStatus.Unknown => TestDer.ContextPrimitive(2, []),
            _ => TestDer.Context(1, TestDer.GeneralizedTime(RevokedAt), Reason is { } reason ? TestDer.Context(0, TestDer.Enumerated(reason)) : []),
        },
        TestDer.GeneralizedTime(ThisUpdate),
        NextUpdate is { } next ? TestDer.Context(0, TestDer.GeneralizedTime(next)) : [],
        Extensions.Count == 0 ? [] : TestDer.Context(1, TestExtension.Sequence(Extensions)));
}
