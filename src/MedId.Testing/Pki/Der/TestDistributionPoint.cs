namespace MedId.Testing;

/// <summary>One DistributionPoint being written (RFC 5280 §4.2.1.13).</summary>
public sealed record TestDistributionPoint
{
    /// <summary>fullName.</summary>
    public IReadOnlyList<TestGeneralName> FullName { get; init; } = [];

    /// <summary>nameRelativeToCRLIssuer: the last relative distinguished name of this name.</summary>
    public TestName? RelativeName { get; init; }

    /// <summary>reasons, as bit numbers of ReasonFlags.</summary>
    public IReadOnlyList<int>? Reasons { get; init; }

    /// <summary>cRLIssuer.</summary>
    public IReadOnlyList<TestGeneralName> CrlIssuer { get; init; } = [];

    internal byte[] Der => TestDer.Sequence(
        Name(FullName, RelativeName) is { Length: > 0 } name ? TestDer.Context(0, name) : [],
        Reasons is null ? [] : TestDer.ContextPrimitive(1, TestDer.NamedBitsContent([.. Reasons])),
        CrlIssuer.Count == 0 ? [] : TestDer.Context(2, TestGeneralName.Octets(CrlIssuer)));

    /// <summary>A point with one URI.</summary>
    /// <param name="uri">The URI.</param>
    public static TestDistributionPoint At(string uri) => new() { FullName = [TestGeneralName.Uri(uri)] };

    /// <summary>A point with one directory name.</summary>
    /// <param name="name">The name.</param>
    public static TestDistributionPoint At(TestName name) => new() { FullName = [TestGeneralName.Directory(name)] };

    // DistributionPointName ::= CHOICE { fullName [0] GeneralNames, nameRelativeToCRLIssuer [1] RelativeDistinguishedName }
    internal static byte[] Name(IReadOnlyList<TestGeneralName> fullName, TestName? relativeName) =>
        fullName.Count > 0 ? TestDer.Context(0, TestGeneralName.Octets(fullName))
        : relativeName is null ? []
        : [0xA1, .. relativeName.LastRdn.AsSpan(1)];
}
