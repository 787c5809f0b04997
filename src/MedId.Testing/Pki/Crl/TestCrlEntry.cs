namespace MedId.Testing;

/// <summary>One entry of a CRL being written.</summary>
/// <param name="SerialNumber">Content octets of userCertificate.</param>
/// <param name="RevokedAt">revocationDate.</param>
/// <param name="Extensions">crlEntryExtensions.</param>
public sealed record TestCrlEntry(byte[] SerialNumber, DateTimeOffset RevokedAt, IReadOnlyList<TestExtension> Extensions)
{
    internal byte[] Der => TestDer.Sequence(
        TestDer.IntegerContent(SerialNumber),
        TestDer.Time(RevokedAt),
        Extensions.Count == 0 ? [] : TestExtension.Sequence(Extensions));
}
