namespace MedId.Testing;

/// <summary>The scope of a CRL being written (RFC 5280 §5.2.5).</summary>
public sealed record TestIssuingDistributionPoint
{
    /// <summary>distributionPoint as fullName.</summary>
    public IReadOnlyList<TestGeneralName> FullName { get; init; } = [];

    /// <summary>distributionPoint as nameRelativeToCRLIssuer: the last relative distinguished name of this name.</summary>
    public TestName? RelativeName { get; init; }

    /// <summary>onlyContainsUserCerts.</summary>
    public bool OnlyUserCertificates { get; init; }

    /// <summary>onlyContainsCACerts.</summary>
    public bool OnlyCaCertificates { get; init; }

    /// <summary>onlySomeReasons, as bit numbers of ReasonFlags.</summary>
    public IReadOnlyList<int>? OnlySomeReasons { get; init; }

    /// <summary>indirectCRL.</summary>
    public bool Indirect { get; init; }

    /// <summary>onlyContainsAttributeCerts.</summary>
    public bool OnlyAttributeCertificates { get; init; }

    internal byte[] Der => TestDer.Sequence(
        TestDistributionPoint.Name(FullName, RelativeName) is { Length: > 0 } name ? TestDer.Context(0, name) : [],
        Flag(1, OnlyUserCertificates),
        Flag(2, OnlyCaCertificates),
        OnlySomeReasons is null ? [] : TestDer.ContextPrimitive(3, TestDer.NamedBitsContent([.. OnlySomeReasons])),
        Flag(4, Indirect),
        Flag(5, OnlyAttributeCertificates));

    /// <summary>The scope of one distribution point that is a directory name.</summary>
    /// <param name="name">The name.</param>
    public static TestIssuingDistributionPoint At(TestName name) => new() { FullName = [TestGeneralName.Directory(name)] };

    /// <summary>The scope of one distribution point that is a URI.</summary>
    /// <param name="uri">The URI.</param>
    public static TestIssuingDistributionPoint At(string uri) => new() { FullName = [TestGeneralName.Uri(uri)] };

    private static byte[] Flag(int number, bool value) => value ? TestDer.ContextPrimitive(number, [0xFF]) : [];
}
