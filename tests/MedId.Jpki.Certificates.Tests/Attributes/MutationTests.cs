using MedId.Pki;
using MedId.Testing;
using MedId.TestSupport;

namespace MedId.Jpki.Certificates.Tests.Attributes;

/// <summary>Mutants of the subjectAltName of a valid certificate: refused, or read as what the mutated octets say; never thrown at.</summary>
public sealed class MutationTests
{
    [Fact]
    public void Read_MutatedAttributes_AreRefusedOrWhatTheOctetsSay()
    {
        var original = TestExtensions.SubjectAlternativeName([.. Names(JpkiPerson.RareCharacters)]).Value.ToArray();
        var (read, refused) = (0, 0);
        foreach (var mutant in SeededMutator.EveryBitFlip(original).Concat(SeededMutator.EveryTruncation(original)).Concat(new SeededMutator(20260401).Mutate(original, 4_000)))
        {
            var certificate = Certificate.Parse(Bare(mutant.Bytes));
            if (!certificate.Succeeded)
            {
                refused++;
                continue;
            }

            var four = BasicFourReader.Read(certificate.Value);
            if (!four.Succeeded)
            {
                Assert.StartsWith("jpki.attribute_", four.Error.Code, StringComparison.Ordinal);
                refused++;
                continue;
            }

            // Nothing signs these octets here, so a mutant may say something else; but writing down what was read has to give octets that say the same.
            read++;
            var value = four.Value;
            var again = BasicFourReader.Read(Certificate.Parse(Bare(TestExtensions.SubjectAlternativeName([.. Names(new()
            {
                Name = value.Name.Text,
                NameFlags = value.Name.Flags,
                Sex = value.GenderCode,
                BirthDate = value.BirthDate.Code,
                Address = value.Address.Text,
                AddressFlags = value.Address.Flags,
            })]).Value.ToArray())).Value!).Value!;
            Assert.Equal(Describe(value), Describe(again));
        }

        Assert.True(read > 20 && refused > 2_000, $"{read} read, {refused} refused: the mutants are too tame or too wild");
    }

    [Fact]
    public void Verify_MutatedCertificate_IsNeverAccepted()
    {
        var scene = new Scene();
        var card = scene.World.IssueSigning();
        var verifier = new JpkiVerifier(scene.Policy());
        var evidence = scene.Ocsp(card);
        foreach (var mutant in new SeededMutator(7).Mutate(card.Der, 1_500))
        {
            var certificate = Certificate.Parse(mutant.Bytes);
            if (certificate.Succeeded)
            {
                Assert.False(verifier.Verify(certificate.Value, JpkiCertificateKind.Sign, evidence, Scene.Now).IsAccepted, mutant.How);
            }
        }
    }

    private static string Describe(BasicFourAttributes four) =>
        $"{four.Name.Text}|{four.Name.Flags}|{four.Name.Unit}|{string.Join(',', four.Name.Substituted)}|{four.GenderCode}|{four.BirthDate.Code}|{four.Address.Text}|{four.Address.Flags}|{four.Warnings}";

    private static IEnumerable<TestGeneralName> Names(JpkiPerson person) =>
    [
        Name(1, person.Name!), Name(4, person.BirthDate!), Name(3, person.Sex!), Name(5, person.Address!),
        Name(2, person.NameFlags ?? new string('0', person.Name!.EnumerateRunes().Count())), Name(6, person.AddressFlags ?? new string('0', person.Address!.EnumerateRunes().Count())),
    ];

    private static TestGeneralName Name(int suffix, string text) => TestGeneralName.OtherName("1.2.392.200149.8.5.5." + suffix, TestDer.Utf8String(text));

    // The signature is not asked for here, so that every mutant does not have to be signed.
    private static readonly TestAuthority Authority = TestAuthority.CreateRoot(TestName.Of(("CN", "mutants")));

    private static byte[] Bare(byte[] subjectAlternativeName) =>
        Authority.Issue(TestName.Of(("CN", "mutant")), b => b.With(new TestExtension("2.5.29.17", Critical: false, subjectAlternativeName))).Der;
}
