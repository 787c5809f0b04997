using System.Security.Cryptography.X509Certificates;

namespace MedId.Testing;

/// <summary>What each <see cref="JpkiFault"/> does to a certificate.</summary>
internal static class JpkiFaults
{
    private const string PolicyOid = "2.5.29.32";
    private const string KeyUsageOid = "2.5.29.15";

    public static void Apply(JpkiFault fault, TestCertificateBuilder builder, JpkiHierarchy hierarchy, JpkiCertificateRequest request, bool forSigning)
    {
        var now = hierarchy.World.Options.Now;
        switch (fault)
        {
            case JpkiFault.None or JpkiFault.ForeignRoot:
                break;
            case JpkiFault.PolicyOfOtherKind:
                builder.With(JpkiIssuer.PolicyExtension(JpkiIssuer.Policy(hierarchy, request.OnPhone, !forSigning)));
                break;
            case JpkiFault.TestPolicy:
                builder.With(JpkiIssuer.PolicyExtension(JpkiIssuer.Policy(hierarchy.World.Test, request.OnPhone, forSigning)));
                break;
            case JpkiFault.UnknownPolicy:
                builder.With(JpkiIssuer.PolicyExtension("2.999.392.1"));
                break;
            case JpkiFault.NoPolicy:
                builder.Without(PolicyOid);
                break;
            case JpkiFault.TwoPolicies:
                builder.With(TestExtensions.CertificatePolicies(JpkiIssuer.Policy(hierarchy, request.OnPhone, forSigning), "2.999.392.1") with { Critical = true });
                break;
            case JpkiFault.PolicyNotCritical:
                builder.MarkCritical(PolicyOid, critical: false);
                break;
            case JpkiFault.KeyUsageOfOtherKind:
                builder.With(TestExtensions.KeyUsage(forSigning ? X509KeyUsageFlags.DigitalSignature : X509KeyUsageFlags.DigitalSignature | X509KeyUsageFlags.NonRepudiation));
                break;
            case JpkiFault.NoKeyUsage:
                builder.Without(KeyUsageOid);
                break;
            case JpkiFault.KeyUsageTooWide:
                builder.With(TestExtensions.KeyUsage(JpkiIssuer.KeyUsage(forSigning) | X509KeyUsageFlags.KeyEncipherment));
                break;
            case JpkiFault.CertificateOfAuthority:
                builder.With(TestExtensions.BasicConstraints(isCa: true));
                break;
            case JpkiFault.Expired:
                builder.NotAfter = now.AddDays(-1);
                break;
            case JpkiFault.NotYetValid:
                builder.NotBefore = now.AddDays(1);
                break;
            case JpkiFault.Sha1Signature:
                builder.Algorithm = builder.IssuerKey.IsRsa ? TestSignatureAlgorithm.RsaSha1 : TestSignatureAlgorithm.EcdsaSha1;
                break;
            case JpkiFault.UnknownCriticalExtension:
                builder.With(TestExtensions.Unknown(critical: true));
                break;
            case JpkiFault.TamperedSignature:
                builder.ChangeSignature = TestFaultBytes.FlipLast;
                break;
            case JpkiFault.AttributesInAuthentication:
                builder.With(JpkiIssuer.Attributes(request.Person));
                break;
            case JpkiFault.NoAttributes:
                builder.Without("2.5.29.17");
                break;
            default:
                builder.With(TestExtensions.SubjectAlternativeName(Attributes(fault, request.Person)));
                break;
        }
    }

    private static IEnumerable<TestGeneralName> Attributes(JpkiFault fault, JpkiPerson person)
    {
        var usual = JpkiIssuer.AttributeNames(person);
        return fault switch
        {
            JpkiFault.DuplicateName => [.. usual, JpkiIssuer.Attribute(1, TestDer.Utf8String("試験　次郎"))],
            JpkiFault.UnknownAttribute => [.. usual, JpkiIssuer.Attribute(7, TestDer.Utf8String("LAB"))],
            JpkiFault.NameAsBmpString => WithName(person, TestDer.Text(System.Formats.Asn1.UniversalTagNumber.BMPString, person.Name!)),
            JpkiFault.TrailingBytes => WithName(person, [.. TestDer.Utf8String(person.Name!), .. TestDer.Null]),
            JpkiFault.InvalidUtf8 => WithName(person, TestDer.Tlv(0x0C, [[0xE5, 0xB1, 0xE7, 0x94, 0xB0]])),
            JpkiFault.ImplicitTag => [Implicit(person.Name!), .. usual.Skip(1)],
            _ => JpkiIssuer.AttributeNames(Changed(fault, person)),
        };
    }

    private static JpkiPerson Changed(JpkiFault fault, JpkiPerson person) => fault switch
    {
        JpkiFault.NoName => person with { Name = null, NameFlags = person.EffectiveNameFlags },
        JpkiFault.NoAddress => person with { Address = null, AddressFlags = person.EffectiveAddressFlags },
        JpkiFault.NoBirthDate => person with { BirthDate = null },
        JpkiFault.NoSex => person with { Sex = null },
        JpkiFault.EmptyName => person with { Name = string.Empty, NameFlags = string.Empty },
        JpkiFault.FlagsTooShort => person with { NameFlags = person.EffectiveNameFlags![1..] },
        JpkiFault.FlagsNotBinary => person with { NameFlags = "2" + person.EffectiveNameFlags![1..] },
        JpkiFault.BirthDateWithoutEra => person with { BirthDate = person.BirthDate![1..] },
        JpkiFault.BirthDateNotDigits => person with { BirthDate = "4199O0401" },
        JpkiFault.BirthDateImpossible => person with { BirthDate = "419900230" },
        JpkiFault.EraMismatch => person with { BirthDate = "1" + person.BirthDate![1..] },
        JpkiFault.EraUnknown => person with { BirthDate = "9" + person.BirthDate![1..] },
        JpkiFault.SexUnknown => person with { Sex = "7" },
        _ => throw new ArgumentOutOfRangeException(nameof(fault), fault, "No such fault."),
    };

    private static IEnumerable<TestGeneralName> WithName(JpkiPerson person, byte[] value) => [JpkiIssuer.Attribute(1, value), .. JpkiIssuer.AttributeNames(person).Skip(1)];

    private static TestGeneralName Implicit(string name) =>
        new(TestDer.Context(0, TestDer.Oid("1.2.392.200149.8.5.5.1"), TestDer.ContextPrimitive(0, TestDer.Utf8String(name)[2..])));
}
