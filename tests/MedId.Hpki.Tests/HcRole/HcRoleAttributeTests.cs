using System.Formats.Asn1;
using MedId.Hpki;
using MedId.TestSupport;

namespace MedId.Hpki.Tests;

public class HcRoleAttributeTests
{
    // Whole extension values as seen in certificates of test identities.
    private const string MedicalDoctor = "303430320606288185420001312831263024A0223120A00C060A2A830886910F01060101A2100C0E4D65646963616C20446F63746F72";
    private const string Pharmacist = "3030302E0606288185420001312431223020A01E311CA00C060A2A830886910F01060101A20C0C0A506861726D6163697374";

    [Theory]
    [InlineData(MedicalDoctor, "Medical Doctor")]
    [InlineData(Pharmacist, "Pharmacist")]
    public void Read_GoldenExtension_GivesSchemeAndText(string hex, string text)
    {
        var actors = HcRoleAttribute.Read(Convert.FromHexString(hex));

        var actor = Assert.Single(actors.Value!);
        Assert.Equal(new HcActor { CodingScheme = HpkiOids.NationalQualifications, Text = text }, actor);
    }

    [Theory]
    [InlineData(MedicalDoctor, "Medical Doctor")]
    [InlineData(Pharmacist, "Pharmacist")]
    public void Write_OneActor_GivesTheGoldenBytes(string hex, string text) =>
        Assert.Equal(hex, Convert.ToHexString(HcRoleAttribute.Write(new HcActor { CodingScheme = HpkiOids.NationalQualifications, Text = text })));

    [Theory]
    [InlineData("MCSgIjEgoAwGCiqDCIaRDwEGAQGiEAwOTWVkaWNhbCBEb2N0b3I=", null, null)]
    [InlineData("MCegJTEjoAwGCiqDCIaRDwEGAQGhBRIDMTIzogwMClBoYXJtYWNpc3Q=", "123", null)]
    [InlineData("MCugJTEjoAwGCiqDCIaRDwEGAQGhBRIDMTIzogwMClBoYXJtYWNpc3ShAjAA", "123", "3000")]
    public void Read_GoldenActor_KeepsCodeValueAndRegionalData(string base64, string? codeValue, string? regional)
    {
        var der = Wrap(Convert.FromBase64String(base64));

        var actor = Assert.Single(HcRoleAttribute.Read(der).Value!);

        Assert.Equal(codeValue, actor.CodeValue);
        Assert.Equal(regional, actor.RegionalData);
        Assert.Equal(Convert.ToHexString(der), Convert.ToHexString(HcRoleAttribute.Write(actor)));
    }

    [Theory]
    [InlineData(HcTextType.Utf8)]
    [InlineData(HcTextType.Printable)]
    [InlineData(HcTextType.Teletex)]
    [InlineData(HcTextType.Bmp)]
    [InlineData(HcTextType.Universal)]
    public void Read_EachDirectoryString_GivesTheTextAndItsType(HcTextType type)
    {
        var written = new HcActor { CodingScheme = HpkiOids.NationalQualifications, Text = "Pharmacist", TextType = type };

        Assert.Equal(written, Assert.Single(HcRoleAttribute.Read(HcRoleAttribute.Write(written)).Value!));
    }

    [Fact]
    public void Read_SeveralActors_GivesAllOfThem()
    {
        HcActor[] written = [Actor("Medical Doctor"), Actor("Pharmacist"), Actor("Director of Hospital")];

        var read = HcRoleAttribute.Read(HcRoleAttribute.Write(written)).Value!;

        // DER sorts a SET OF, so the order is that of the bytes.
        Assert.Equal(written.Select(actor => actor.Text).Order(StringComparer.Ordinal), read.Select(actor => actor.Text).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Read_AttributesOfOtherTypesOnly_GivesNoActor()
    {
        var der = Convert.FromHexString(MedicalDoctor.Replace("288185420001", "288185420002", StringComparison.Ordinal));

        Assert.Empty(HcRoleAttribute.Read(der).Value!);
    }

    [Theory]
    [InlineData("empty", "")]
    [InlineData("no attribute", "3000")]
    [InlineData("byte after the end", MedicalDoctor + "00")]
    [InlineData("values without HCActorData", "300C300A06062881854200013100")]
    [InlineData("HCActorData without actors", "300E300C060628818542000131023100")]
    [InlineData("CodedData as SEQUENCE", "303430320606288185420001312831263024A0223020A00C060A2A830886910F01060101A2100C0E4D65646963616C20446F63746F72")]
    [InlineData("scheme tagged implicitly", "30323030060628818542000131263124" + "3022A020311E800A2A830886910F01060101A2100C0E4D65646963616C20446F63746F72")]
    [InlineData("text before scheme", "30343032060628818542000131283126" + "3024A0223120A2100C0E4D65646963616C20446F63746F72A00C060A2A830886910F01060101")]
    [InlineData("no text", "30223020060628818542000131163114" + "3012A010310EA00C060A2A830886910F01060101")]
    [InlineData("no scheme", "30263024060628818542000131" + "1A3118" + "3016A0143112A2100C0E4D65646963616C20446F63746F72")]
    [InlineData("empty text", "30263024060628818542000131" + "1A3118" + "3016A0143112A00C060A2A830886910F01060101A2020C00")]
    [InlineData("text as IA5String", "30343032060628818542000131283126" + "3024A0223120A00C060A2A830886910F01060101A210160E4D65646963616C20446F63746F72")]
    [InlineData("text not UTF-8", "30343032060628818542000131283126" + "3024A0223120A00C060A2A830886910F01060101A2100C0EFF65646963616C20446F63746F72")]
    [InlineData("text as UniversalString with an odd length", "30263024060628818542000131" + "1A3118" + "3016A0143112A00C060A2A830886910F01060101A2021C00")]
    [InlineData("length not minimal", "3081343032060628818542000131283126" + "3024A0223120A00C060A2A830886910F01060101A2100C0E4D65646963616C20446F63746F72")]
    public void Read_NotTheExactTagging_IsMalformed(string what, string hex)
    {
        Assert.NotNull(what);
        Assert.Equal(HpkiErrorCodes.RoleMalformed, HcRoleAttribute.Read(Convert.FromHexString(hex)).Error?.Code);
    }

    [Fact]
    public void Read_LimitsOfSizeTextAndCount_AreExact()
    {
        var longest = Actor(new string('a', HcRoleAttribute.MaxTextLength));
        Assert.Single(HcRoleAttribute.Read(HcRoleAttribute.Write(longest)).Value!);

        // One character more, which the writer refuses.
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        using (writer.PushSequence(new Asn1Tag(TagClass.ContextSpecific, 0)))
        using (writer.PushSetOf())
        {
            using (writer.PushSequence(new Asn1Tag(TagClass.ContextSpecific, 0)))
            {
                writer.WriteObjectIdentifier(HpkiOids.NationalQualifications);
            }

            using (writer.PushSequence(new Asn1Tag(TagClass.ContextSpecific, 2)))
            {
                writer.WriteCharacterString(UniversalTagNumber.UTF8String, new string('a', HcRoleAttribute.MaxTextLength + 1));
            }
        }

        Assert.Equal(HpkiErrorCodes.RoleMalformed, HcRoleAttribute.Read(Wrap(writer.Encode())).Error?.Code);

        var most = Enumerable.Range(0, HcRoleAttribute.MaxActors).Select(i => Actor($"text {i:D3}")).ToArray();
        Assert.Equal(HcRoleAttribute.MaxActors, HcRoleAttribute.Read(HcRoleAttribute.Write(most)).Value!.Count);
        Assert.Throws<ArgumentException>(() => HcRoleAttribute.Write([.. most, Actor("one more")]));
        Assert.Equal(HpkiErrorCodes.RoleMalformed, HcRoleAttribute.Read(new byte[HcRoleAttribute.MaxBytes + 1]).Error?.Code);
    }

    [Fact]
    public void Read_EveryMutant_IsRefusedOrHasOneEncodingAndGrantsNothingElse()
    {
        byte[][] originals = [Convert.FromHexString(MedicalDoctor), Convert.FromHexString(Pharmacist), Wrap(Convert.FromBase64String("MCugJTEjoAwGCiqDCIaRDwEGAQGhBRIDMTIzogwMClBoYXJtYWNpc3ShAjAA")),
            HcRoleAttribute.Write(Actor("Universal") with { TextType = HcTextType.Universal }), HcRoleAttribute.Write(Actor("Bmp") with { TextType = HcTextType.Bmp })];
        var mutator = new SeededMutator(17090);
        foreach (var original in originals)
        {
            var text = HcRoleAttribute.Read(original).Value![0].Text;
            foreach (var mutant in SeededMutator.EveryBitFlip(original).Concat(SeededMutator.EveryTruncation(original)).Concat(mutator.Mutate(original, 4000)))
            {
                var actors = HcRoleAttribute.Read(mutant.Bytes);
                if (!actors.Succeeded)
                {
                    Assert.Equal(HpkiErrorCodes.RoleMalformed, actors.Error.Code);
                    continue;
                }

                // The structure is not signed by itself, so another text is another value; what must not be is two encodings of one value.
                if (actors.Value.Count > 0)
                {
                    Assert.True(HcRoleAttribute.Write([.. actors.Value]).AsSpan().SequenceEqual(mutant.Bytes), mutant.How);
                }

                Assert.All(
                    RoleTable.Default.Read(actors.Value, DateTimeOffset.UnixEpoch.AddYears(56)).Where(role => role.IsGranted),
                    role => Assert.Equal(text, role.Code));
            }
        }
    }

    private static HcActor Actor(string text) => new() { CodingScheme = HpkiOids.NationalQualifications, Text = text };

    private static byte[] Wrap(byte[] actor)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        using (writer.PushSequence())
        {
            writer.WriteObjectIdentifier(HpkiOids.HealthcareActor);
            using (writer.PushSetOf())
            using (writer.PushSetOf())
            {
                writer.WriteEncodedValue(actor);
            }
        }

        return writer.Encode();
    }
}
