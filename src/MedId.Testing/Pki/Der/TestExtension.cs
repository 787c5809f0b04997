namespace MedId.Testing;

/// <summary>One extension of a certificate, CRL, CRL entry, OCSP structure or time-stamp being written.</summary>
/// <param name="Oid">Its identifier.</param>
/// <param name="Critical">Whether it is marked critical.</param>
/// <param name="Value">What is inside extnValue: DER, or anything.</param>
public sealed record TestExtension(string Oid, bool Critical, ReadOnlyMemory<byte> Value)
{
    internal byte[] Der => TestDer.Sequence(TestDer.Oid(Oid), Critical ? TestDer.Boolean(true) : [], TestDer.OctetString(Value.ToArray()));

    internal static byte[] Sequence(IEnumerable<TestExtension> extensions) => TestDer.Sequence([.. extensions.Select(extension => extension.Der)]);
}
