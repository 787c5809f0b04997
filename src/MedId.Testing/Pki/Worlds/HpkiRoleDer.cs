using System.Formats.Asn1;

namespace MedId.Testing;

/// <summary>Writes hcRole (ISO 17090-2), tagged as HPKI certificates have it, and as they must not.</summary>
internal static class HpkiRoleDer
{
    public const string RoleAttribute = "1.0.17090.0.1";
    public const string Scheme = "1.2.392.100495.1.6.1.1";

    public static TestExtension? Extension(string? role, HpkiFault fault)
    {
        if (role is null)
        {
            return null;
        }

        var attribute = Attribute(fault == HpkiFault.TwoActors ? [Actor(role, fault), Actor("Pharmacist", HpkiFault.None)] : [Actor(role, fault)], fault);
        return fault == HpkiFault.TwoRoleAttributes
            ? TestExtensions.SubjectDirectoryAttributes(attribute, Attribute([Actor("Pharmacist", HpkiFault.None)], HpkiFault.None))
            : TestExtensions.SubjectDirectoryAttributes(attribute);
    }

    // Attribute ::= SEQUENCE { type, values SET OF HCActorData }; HCActorData ::= SET OF HCActor
    private static byte[] Attribute(byte[][] actors, HpkiFault fault) => TestDer.Sequence(
        TestDer.Oid(RoleAttribute),
        fault == HpkiFault.RoleWithoutValue ? TestDer.Set() : TestDer.Set(TestDer.Set(actors)),
        fault == HpkiFault.RoleTrailingBytes ? TestDer.Null : []);

    // HCActor ::= SEQUENCE { codedData [0] EXPLICIT CodedData, regionalHCActorData [1] EXPLICIT SEQUENCE OF RegionalData OPTIONAL }
    private static byte[] Actor(string role, HpkiFault fault)
    {
        var coded = Coded(role, fault);
        return TestDer.Sequence(
            fault == HpkiFault.RoleImplicitTags ? [0xA0, .. coded.AsSpan(1)] : TestDer.Context(0, coded),
            fault == HpkiFault.RoleWithRegionalData ? TestDer.Context(1, TestDer.Sequence()) : []);
    }

    // CodedData ::= SET { scheme [0] EXPLICIT OID, value [1] EXPLICIT NumericString OPTIONAL, text [2] EXPLICIT DirectoryString }
    private static byte[] Coded(string role, HpkiFault fault)
    {
        var oid = TestDer.Oid(fault == HpkiFault.RoleOfOtherScheme ? "2.999.17090.1" : Scheme);
        var scheme = fault switch
        {
            HpkiFault.RoleWithoutScheme => [],
            HpkiFault.RoleImplicitTags => TestDer.ContextPrimitive(0, oid[2..]),
            _ => TestDer.Context(0, oid),
        };
        var code = fault == HpkiFault.RoleWithCode ? TestDer.Context(1, TestDer.Text(UniversalTagNumber.NumericString, "123")) : [];
        var text = fault == HpkiFault.RoleWithoutText ? [] : TestDer.Context(2, TestDer.Text(
            fault == HpkiFault.RoleAsPrintableString ? UniversalTagNumber.PrintableString : UniversalTagNumber.UTF8String, Spelling(role, fault)));
        return fault == HpkiFault.RoleSetUnsorted ? TestDer.UnsortedSet(text, scheme) : TestDer.Set(scheme, code, text);
    }

    private static string Spelling(string role, HpkiFault fault) => fault switch
    {
        HpkiFault.RoleOtherCase => role.ToLowerInvariant(),
        HpkiFault.RoleTrailingSpace => role + " ",
        HpkiFault.RoleUnknown => "LAB Unknown Role",
        _ => role,
    };
}
