namespace MedId.Testing;

/// <summary>One GeneralName being written (RFC 5280 §4.2.1.6).</summary>
/// <param name="Der">Its octets, with its context tag.</param>
public sealed record TestGeneralName(ReadOnlyMemory<byte> Der)
{
    /// <summary>otherName.</summary>
    /// <param name="oid">The type.</param>
    /// <param name="value">The encoded value, without its <c>[0] EXPLICIT</c> tag.</param>
    public static TestGeneralName OtherName(string oid, byte[] value) => new(TestDer.Context(0, TestDer.Oid(oid), TestDer.Context(0, value)));

    /// <summary>rfc822Name.</summary>
    /// <param name="address">The address.</param>
    public static TestGeneralName Email(string address) => new(TestDer.ContextPrimitive(1, TestDer.Ascii(address)));

    /// <summary>dNSName.</summary>
    /// <param name="name">The host name.</param>
    public static TestGeneralName Dns(string name) => new(TestDer.ContextPrimitive(2, TestDer.Ascii(name)));

    /// <summary>directoryName.</summary>
    /// <param name="name">The name.</param>
    public static TestGeneralName Directory(TestName name) => new(TestDer.Context(4, name.Der));

    /// <summary>uniformResourceIdentifier.</summary>
    /// <param name="uri">The URI, unchecked.</param>
    public static TestGeneralName Uri(string uri) => new(TestDer.ContextPrimitive(6, TestDer.Ascii(uri)));

    /// <summary>iPAddress, or address and mask in a name constraint.</summary>
    /// <param name="octets">4, 8, 16 or 32 octets.</param>
    public static TestGeneralName Ip(params byte[] octets) => new(TestDer.ContextPrimitive(7, octets));

    /// <summary>registeredID.</summary>
    /// <param name="oid">The identifier.</param>
    public static TestGeneralName RegisteredId(string oid) => new(TestDer.ContextPrimitive(8, TestDer.Oid(oid)[2..]));

    internal static byte[][] Octets(IEnumerable<TestGeneralName> names) => [.. names.Select(name => name.Der.ToArray())];
}
