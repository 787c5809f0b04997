namespace MedId.Testing;

/// <summary>How a <see cref="TestAuthority"/> works when a call says nothing else.</summary>
public sealed record TestAuthorityOptions
{
    /// <summary>The instant at which everything is current. Default: 2026-04-01T00:00:00Z.</summary>
    public DateTimeOffset Now { get; init; } = new(2026, 4, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>The kind of the authorities' keys. Default: P-256, which is fast to make.</summary>
    public TestKeyKind KeyKind { get; init; } = TestKeyKind.P256;

    /// <summary>The kind of the end entities' keys. Default: P-256.</summary>
    public TestKeyKind EndEntityKeyKind { get; init; } = TestKeyKind.P256;

    /// <summary>How authorities sign; as their key does when null. Set for RSASSA-PSS.</summary>
    public TestSignatureAlgorithm? Algorithm { get; init; }

    /// <summary>Where its CRLs, certificates and responders are served; without it no certificate points anywhere.</summary>
    public string? BaseUri { get; init; }

    /// <summary>Makes serial numbers of one run those of the next. Default: 1.</summary>
    public int Seed { get; init; } = 1;
}
