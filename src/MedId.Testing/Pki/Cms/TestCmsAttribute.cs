namespace MedId.Testing;

/// <summary>One attribute of a CMS signer being written (RFC 5652 §5.3).</summary>
/// <param name="Oid">Its type.</param>
/// <param name="Values">Its values, encoded; none write an empty set.</param>
public sealed record TestCmsAttribute(string Oid, params IReadOnlyList<byte[]> Values)
{
    internal byte[] Der => TestDer.Sequence(TestDer.Oid(Oid), TestDer.Set([.. Values]));
}
