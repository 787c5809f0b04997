using System.Collections.Immutable;
using System.Formats.Asn1;

namespace MedId.Testing;

/// <summary>A distinguished name being written (X.501 Name); immutable, octet-exact.</summary>
public sealed class TestName
{
    private readonly ImmutableArray<byte[]> _rdns;

    private TestName(ImmutableArray<byte[]> rdns) => _rdns = rdns;

    /// <summary>The name without a relative distinguished name.</summary>
    public static TestName Empty { get; } = new([]);

    /// <summary>The DER of the whole name.</summary>
    public byte[] Der => TestDer.Sequence([.. _rdns]);

    /// <summary>The last relative distinguished name without the tag of its SET, for <c>nameRelativeToCRLIssuer</c>.</summary>
    internal byte[] LastRdn => _rdns[^1];

    /// <summary>A name of one attribute in each relative distinguished name.</summary>
    /// <param name="attributes">Types as <see cref="With"/> takes them, with their values.</param>
    public static TestName Of(params ReadOnlySpan<(string Type, string Value)> attributes)
    {
        var name = Empty;
        foreach (var (type, value) in attributes)
        {
            name = name.With(type, value);
        }

        return name;
    }

    /// <summary>A name of one common name.</summary>
    /// <param name="name">The common name.</param>
    public static TestName Common(string name) => Empty.With("CN", name);

    /// <summary>The name with one more relative distinguished name behind.</summary>
    /// <param name="type">C, O, OU, CN, L, ST, DC, SERIALNUMBER, E, SN, G, T, or a dotted OID.</param>
    /// <param name="value">The value.</param>
    /// <param name="stringType">PrintableString for C and SERIALNUMBER, IA5String for DC and E, else UTF8String, when null.</param>
    public TestName With(string type, string value, UniversalTagNumber? stringType = null) => WithRdn(TestDer.Set(Attribute(type, value, stringType)));

    /// <summary>The name with one more relative distinguished name of several attributes.</summary>
    /// <param name="attributes">The attributes.</param>
    public TestName WithMultiValued(params ReadOnlySpan<(string Type, string Value)> attributes)
    {
        var set = new byte[attributes.Length][];
        for (var index = 0; index < set.Length; index++)
        {
            set[index] = Attribute(attributes[index].Type, attributes[index].Value, null);
        }

        return WithRdn(TestDer.Set(set));
    }

    /// <summary>The name with raw octets behind, in the place of a relative distinguished name.</summary>
    /// <param name="rdn">A SET, or anything.</param>
    public TestName WithRdn(byte[] rdn) => new(_rdns.Add(rdn));

    /// <inheritdoc/>
    public override string ToString() => Convert.ToHexStringLower(Der);

    private static byte[] Attribute(string type, string value, UniversalTagNumber? stringType) =>
        TestDer.Sequence(TestDer.Oid(OidOf(type)), TestDer.Text(stringType ?? DefaultType(type), value));

    private static UniversalTagNumber DefaultType(string type) => type switch
    {
        "C" or "SERIALNUMBER" => UniversalTagNumber.PrintableString,
        "DC" or "E" => UniversalTagNumber.IA5String,
        _ => UniversalTagNumber.UTF8String,
    };

    private static string OidOf(string type) => type switch
    {
        "C" => "2.5.4.6",
        "O" => "2.5.4.10",
        "OU" => "2.5.4.11",
        "CN" => "2.5.4.3",
        "L" => "2.5.4.7",
        "ST" => "2.5.4.8",
        "SN" => "2.5.4.4",
        "G" => "2.5.4.42",
        "T" => "2.5.4.12",
        "SERIALNUMBER" => "2.5.4.5",
        "DC" => "0.9.2342.19200300.100.1.25",
        "E" => "1.2.840.113549.1.9.1",
        _ when type.Contains('.', StringComparison.Ordinal) => type,
        _ => throw new ArgumentException($"No attribute type is called {type}.", nameof(type)),
    };
}
