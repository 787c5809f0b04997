using System.Formats.Asn1;

namespace MedId.Testing.Tests.Pki;

/// <summary>The worlds are read by openssl, and their octets are those of the real shapes.</summary>
[Trait("Peer", "openssl")]
public sealed class WorldTests : IDisposable
{
    private readonly OpenSsl _openSsl = new();

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task Jpki_SigningUnderRootsOfOneName_IsFoundByOpenSsl(int generation)
    {
        var world = JpkiWorld.Create();
        var leaf = world.IssueSigning(new() { Generation = generation });
        var text = await OpenSsl.SucceedAsync(
            "verify", "-attime", OpenSsl.At(world.Options.Now), "-CAfile", _openSsl.WritePems("roots.pem", world.Production.Signing.Select(root => root.Certificate)),
            "-policy", world.Profile.SigningPolicy, "-explicit_policy", _openSsl.WritePems("leaf.pem", leaf));

        Assert.EndsWith("OK", text.Trim(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Jpki_PartitionedCrl_RevokesItsMunicipality()
    {
        var world = JpkiWorld.Create();
        var leaf = world.IssueSigning();
        var authority = world.IssuerOf(leaf);
        var root = _openSsl.WritePems("root.pem", authority.Certificate);
        async Task<string> Verify() => (await OpenSsl.RunAsync(
            "verify", "-attime", OpenSsl.At(world.Options.Now), "-extended_crl", "-crl_check", "-CAfile", root,
            "-CRLfile", _openSsl.WriteCrls("crl.pem", world.Production.CreateCrl(authority, JpkiPerson.Yamada)), _openSsl.WritePems("leaf.pem", leaf))).Text;

        Assert.Contains("OK", await Verify(), StringComparison.Ordinal);
        authority.Revoke(leaf, reason: 3);
        Assert.Contains("certificate revoked", await Verify(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Hpki_ThreeCertificatesWithArls_AreAcceptedByOpenSsl()
    {
        var world = HpkiWorld.Create();
        var text = await OpenSsl.SucceedAsync(
            "verify", "-attime", OpenSsl.At(world.Options.Now), "-extended_crl", "-crl_check_all", "-CAfile", _openSsl.WritePems("root.pem", world.Root.Certificate),
            "-untrusted", _openSsl.WritePems("sub.pem", world.Intermediates), "-CRLfile", _openSsl.WriteCrls("crl.pem", world.CreateCrls()),
            _openSsl.WritePems("leaf.pem", world.Issue()));

        Assert.EndsWith("OK", text.Trim(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Medical Doctor", "30343032060628818542000131283126302" + "4A0223120A00C060A2A830886910F01060101A2100C0E4D65646963616C20446F63746F72")]
    [InlineData("Pharmacist", "3030302E060628818542000131243122302" + "0A01E311CA00C060A2A830886910F01060101A20C0C0A506861726D6163697374")]
    public void Hpki_Role_HasTheOctetsOfRealCertificates(string role, string expected)
    {
        byte[]? value = null;
        HpkiWorld.Create().Issue(new()
        {
            Holder = HpkiHolder.Doctor with { Role = role },
            Profile = builder => value = builder.Extensions.Single(extension => extension.Oid == "2.5.29.9").Value.ToArray(),
        });

        Assert.Equal(expected, Convert.ToHexString(value!));
    }

    [Fact]
    public void Jpki_Attributes_AreSixUtf8StringsInTheOrderOfACard()
    {
        byte[]? value = null;
        JpkiWorld.Create().IssueSigning(new() { Person = JpkiPerson.Substituted, Profile = builder => value = builder.Extensions.Single(extension => extension.Oid == "2.5.29.17").Value.ToArray() });

        var names = new AsnReader(value!, AsnEncodingRules.DER).ReadSequence();
        List<(string Oid, string Text)> read = [];
        while (names.HasData)
        {
            var other = names.ReadSequence(new Asn1Tag(TagClass.ContextSpecific, 0));
            var oid = other.ReadObjectIdentifier();
            var text = other.ReadSequence(new Asn1Tag(TagClass.ContextSpecific, 0)).ReadCharacterString(UniversalTagNumber.UTF8String);
            other.ThrowIfNotEmpty();
            read.Add((oid["1.2.392.200149.8.5.5.".Length..], text));
        }

        Assert.Equal([("1", "渡辺　次郎"), ("4", "520190501"), ("3", "1"), ("5", "埼玉県吉田町１－１"), ("2", "01000"), ("6", "000100000")], read);
    }

    [Fact]
    public void Jpki_RootsOfOneLine_ShareTheNameAndHaveDifferentKeys()
    {
        var line = JpkiWorld.Create().Production.Signing;

        Assert.Single(line.Select(root => root.Name.ToString()).Distinct(StringComparer.Ordinal));
        Assert.Equal(4, line.Select(root => Convert.ToHexString(root.Key.Identifier)).Distinct(StringComparer.Ordinal).Count());
        Assert.NotEqual(line[2].Key.Identifier, JpkiWorld.Create("other").Production.Signing[2].Key.Identifier);
    }

    [Fact]
    public void IssueSigning_EveryFault_IsKnown()
    {
        var world = JpkiWorld.Create();
        Assert.All(Enum.GetValues<JpkiFault>(), fault => Assert.NotEmpty(world.IssueSigning(new() { Fault = fault }).Der));
    }

    [Fact]
    public void Issue_EveryFault_ChangesTheCertificate()
    {
        var world = HpkiWorld.Create();
        var key = TestKey.Shared(TestKeyKind.Rsa2048);
        // RSA signs the same octets the same way, so that with one serial number only the fault can tell two certificates apart.
        byte[] Mint(HpkiFault fault) => world.Issue(new() { Fault = fault, Holder = HpkiHolder.Director, Key = key, Profile = builder => builder.SerialNumber = [7] }).Der;

        Assert.All(Enum.GetValues<HpkiFault>().Except([HpkiFault.None]), fault => Assert.NotEqual(Mint(HpkiFault.None), Mint(fault)));
    }

    public void Dispose() => _openSsl.Dispose();
}
