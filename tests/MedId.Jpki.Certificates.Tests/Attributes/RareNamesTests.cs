using MedId.Testing;

namespace MedId.Jpki.Certificates.Tests.Attributes;

/// <summary>Names that break software, from the certificate's octets to the verdict on a form.</summary>
public sealed class RareNamesTests
{
    private readonly Scene _scene = new();

    public static TheoryData<string, string, string?, AttributeVerdict, ComparisonReasons> Names { get; } = new()
    {
        { "𠮷田　花子", "𠮷田　花子", null, AttributeVerdict.Equal, ComparisonReasons.None },
        { "𠮷田　花子", "吉田　花子", null, AttributeVerdict.Equivalent, ComparisonReasons.Variants },
        { "髙﨑　濵子", "高崎　濱子", null, AttributeVerdict.Equivalent, ComparisonReasons.Variants },
        { "髙﨑　濵子", "高崎　浜子", null, AttributeVerdict.Different, ComparisonReasons.None },
        { "葛\U000E0100城　一郎", "葛城　一郎", null, AttributeVerdict.Equivalent, ComparisonReasons.VariationSelectors },
        { "葛\U000E0100城　一郎", "葛\U000E0101城　一郎", "000000", AttributeVerdict.Equivalent, ComparisonReasons.VariationSelectors },
        { "葛\U000E0100城　一郎", "茨城　一郎", "100000", AttributeVerdict.Undecidable, ComparisonReasons.Substituted },
        { "いすヾ　ヽ太", "いすヾ　ヽ太", null, AttributeVerdict.Equal, ComparisonReasons.None },
        { "いすヾ　ヽ太", "いすず　ヽ太", null, AttributeVerdict.Different, ComparisonReasons.None },
        { "佐々木　一", "佐々木　ー", null, AttributeVerdict.Different, ComparisonReasons.None },
        {
            "ＶＡＮ　ＤＥＲ　ＳＣＨＭＩＤＴ－ＯＢＥＲＨＯＬＴＺＥＲ　ＭＡＲＩＡ　ＤＥ　ＬＯＳ　ＡＮＧＥＬＥＳ　ＣＯＮＣＥＰＣＩＯＮ（シュミット　マリア）",
            "Van der Schmidt-Oberholtzer Maria de los Angeles Concepcion (シュミット マリア)",
            null,
            AttributeVerdict.Equivalent,
            ComparisonReasons.Width | ComparisonReasons.Spaces | ComparisonReasons.LetterCase
        },
        { "ＮＧＵＹＥＮ　ＶＡＮ　ＡＮＨ", "NGUYEN VAN AN", null, AttributeVerdict.Different, ComparisonReasons.None },
    };

    [Theory]
    [MemberData(nameof(Names))]
    public void Compare_NameFromACertificate_GivesVerdict(string name, string stated, string? flags, AttributeVerdict verdict, ComparisonReasons reasons)
    {
        var four = _scene.Accepted(_scene.World.IssueSigning(new() { Person = JpkiPerson.Yamada with { Name = name, NameFlags = flags } })).BasicFour!;

        Assert.Equal(name, four.Name.Text);
        Assert.Equal(new AttributeComparison(verdict, reasons), new FormComparer().Compare(four, new ApplicationForm { Name = stated }).Name);
    }

    [Fact]
    public void Read_EverySyntheticPerson_KeepsTheTexts()
    {
        foreach (var person in new[] { JpkiPerson.Yamada, JpkiPerson.PartialBirthDate, JpkiPerson.UnknownBirthDate, JpkiPerson.Foreign, JpkiPerson.RareCharacters, JpkiPerson.VariationSequence, JpkiPerson.Substituted })
        {
            var four = _scene.Accepted(_scene.World.IssueSigning(new() { Person = person })).BasicFour!;

            Assert.Equal((person.Name, person.Address, person.Sex, person.BirthDate), (four.Name.Text, four.Address.Text, four.GenderCode, four.BirthDate.Code));
            Assert.False(four.Name.IsUndetermined || four.Address.IsUndetermined);
        }
    }
}
