using System.Formats.Asn1;
using MedId.Testing;

namespace MedId.Pki.Tests.Names;

/// <summary>RFC 5280 §7.1, and RFC 4514 both ways.</summary>
public sealed class DistinguishedNameTests
{
    public static TheoryData<string, string> Matching { get; } = new()
    {
        { "Good CA", "good ca" },
        { "Good CA", "  Good   CA " },
        { "Good CA", "GOOD\u00A0CA" },
        { "Good CA", "Good\u3000CA" },
        { "ﾃｽﾄ", "テスト" },
        { "ＡＢＣ", "abc" },
        { "Straße", "STRASSE" },
        { "Ärzte", "A\u0308rzte" },
        { "ΣΑΣ", "σας" },
        { "so\u00ADft", "soft" },
        { "zero\u200Bwidth", "zerowidth" },
    };

    public static TheoryData<string, string> Different { get; } = new()
    {
        { "Good CA", "GoodCA" },
        { "Good CA", "Good CB" },
        { "テスト", "てすと" },
        { "渡辺", "渡邊" },
        { "a", "a\uE000" },
        { "I", "ı" },
    };

    [Theory]
    [MemberData(nameof(Matching))]
    public void Equals_SameAfterPreparation_Matches(string one, string other)
    {
        var (first, second) = (Name(one), Name(other));
        Assert.Equal(first, second);
        Assert.Equal(first.GetHashCode(), second.GetHashCode());
        Assert.Equal(first.Key, second.Key);
        Assert.True(first.IsWithin(second));
    }

    [Theory]
    [MemberData(nameof(Different))]
    public void Equals_DifferentAfterPreparation_DoesNotMatch(string one, string other)
    {
        Assert.NotEqual(Name(one), Name(other));
        Assert.False(Name(one).IsWithin(Name(other)));
    }

    [Theory]
    [InlineData(UniversalTagNumber.PrintableString, UniversalTagNumber.UTF8String)]
    [InlineData(UniversalTagNumber.IA5String, UniversalTagNumber.PrintableString)]
    [InlineData(UniversalTagNumber.BMPString, UniversalTagNumber.UTF8String)]
    [InlineData(UniversalTagNumber.T61String, UniversalTagNumber.UTF8String)]
    public void Equals_OtherStringType_Matches(UniversalTagNumber one, UniversalTagNumber other) =>
        Assert.Equal(Parse(TestName.Empty.With("CN", "Issuing CA 1", one)), Parse(TestName.Empty.With("CN", "issuing ca 1", other)));

    [Fact]
    public void Equals_UniversalString_Matches() =>
        Assert.Equal(Name("AB"), DistinguishedName.Parse(Raw(TestDer.Tlv(0x1C, [0, 0, 0, 0x41, 0, 0, 0, 0x42]))).Value);

    [Theory]
    [InlineData("a\uFFFE")]
    [InlineData("a\uFFFFb")]
    [InlineData("\uFDD0")]
    [InlineData("\uD83F\uDFFE")]
    public void Equals_Noncharacter_MatchesByItsBytesAndThrowsNothing(string text)
    {
        Assert.Equal(Name(text), Name(text));
        Assert.NotEqual(Name(text), Name(text + "x"));
        Assert.NotEqual(0, Name(text).Key.Length);
    }

    // Text that may not be compared (RFC 4518 §2.4) matches by its bytes alone.
    [Fact]
    public void Equals_ProhibitedText_MatchesByItsBytes()
    {
        Assert.Equal(Name("a\uE000"), Name("a\uE000"));
        Assert.NotEqual(Name("a\uE000"), Name("A\uE000"));
    }

    [Fact]
    public void Equals_ValueThatIsNoText_MatchesByItsBytes()
    {
        var (one, same, other) = (Raw(TestDer.BitString([1])), Raw(TestDer.BitString([1])), Raw(TestDer.BitString([2])));
        Assert.Equal(DistinguishedName.Parse(one).Value, DistinguishedName.Parse(same).Value);
        Assert.NotEqual(DistinguishedName.Parse(one).Value, DistinguishedName.Parse(other).Value);
        Assert.Null(DistinguishedName.Parse(one).Value!.Find("2.5.4.3"));
    }

    [Fact]
    public void Equals_OrderOfSteps_Counts() =>
        Assert.NotEqual(Parse(TestName.Of(("C", "JP"), ("O", "A"))), Parse(TestName.Of(("O", "A"), ("C", "JP"))));

    [Fact]
    public void Equals_AttributesOfOneStep_AreASet()
    {
        var (one, other) = (Parse(TestName.Empty.WithMultiValued(("CN", "AA"), ("O", "b"))), Parse(TestName.Empty.WithMultiValued(("O", "B"), ("CN", "aa"))));
        Assert.Equal(one, other);
        Assert.NotEqual(one, Parse(TestName.Of(("CN", "AA"), ("O", "b"))));
    }

    // "1=a" "2=b" may not be taken for one value "a" + separator + "2=b".
    [Fact]
    public void Key_ValueThatLooksLikeTwo_IsNotTwo() =>
        Assert.NotEqual(Name("a7:2.5.4.3=b").Key, Parse(TestName.Of(("CN", "a"), ("CN", "b"))).Key);

    [Fact]
    public void IsWithin_Subtree_IsTheBaseAndAllBelow()
    {
        var root = Parse(TestName.Of(("C", "JP"), ("O", "Hospital")));
        Assert.True(root.IsWithin(root));
        Assert.True(Parse(TestName.Of(("C", "jp"), ("O", "HOSPITAL"), ("OU", "Ward"), ("CN", "x"))).IsWithin(root));
        Assert.False(Parse(TestName.Of(("C", "JP"))).IsWithin(root));
        Assert.False(Parse(TestName.Of(("O", "Hospital"), ("C", "JP"))).IsWithin(root));
        Assert.True(root.IsWithin(DistinguishedName.Parse(TestName.Empty.Der).Value!));
    }

    [Fact]
    public void Find_SeveralOfOneType_GivesTheOneNearestToTheSubject() =>
        Assert.Equal("inner", Parse(TestName.Of(("OU", "outer"), ("CN", "x"), ("OU", "inner"))).Find("2.5.4.11"));

    [Theory]
    [InlineData("CN=Taro Test,O=Example,C=JP")]
    [InlineData("CN=a\\,b\\+c\\\"d\\\\e\\<f\\>g\\;h")]
    [InlineData("CN=\\#start")]
    [InlineData("CN=\\ both\\ ")]
    [InlineData("CN=山田 太郎,OU=内科")]
    [InlineData("CN=𠮷野")]
    [InlineData("CN=line\\0Abreak")]
    [InlineData("2.999.1=#0403010203")]
    [InlineData("CN=x+UID=1,DC=example,DC=org")]
    [InlineData("emailAddress=a@example.org")]
    [InlineData("")]
    public void ParseRfc4514_CanonicalText_ComesBackAsItWas(string text) => Assert.Equal(text, DistinguishedName.ParseRfc4514(text).Value!.ToString());

    [Theory]
    [InlineData("cn = Taro Test , c=JP", "CN=Taro Test,C=JP")]
    [InlineData("2.5.4.3=x", "CN=x")]
    [InlineData("CN=\\E5\\B1\\B1", "CN=山")]
    [InlineData("CN=#0C0161", "CN=a")]
    public void ParseRfc4514_OtherSpelling_IsRead(string text, string canonical) => Assert.Equal(canonical, DistinguishedName.ParseRfc4514(text).Value!.ToString());

    [Theory]
    [InlineData("CN")]
    [InlineData("CN=a,")]
    [InlineData(",CN=a")]
    [InlineData("CN=a,,C=JP")]
    [InlineData("CN=a+")]
    [InlineData("=a")]
    [InlineData("nosuch=a")]
    [InlineData("CN=a;C=JP")]
    [InlineData("CN=\"a\"")]
    [InlineData("CN=a\\")]
    [InlineData("CN=a\\G1")]
    [InlineData("CN=\\C3")]
    [InlineData("CN=#0C01")]
    [InlineData("CN=#")]
    [InlineData("CN=#0G")]
    [InlineData("CN=#0C01610C0161")]
    [InlineData("C=日本")]
    [InlineData("9.9.9=a")]
    [InlineData("2.=a")]
    public void ParseRfc4514_NoName_IsRefused(string text) => Assert.Equal(PkiErrorCodes.NameMalformed, DistinguishedName.ParseRfc4514(text).Error!.Code);

    [Fact]
    public void Parse_BytesBehind_IsRefused() => Assert.Equal(PkiErrorCodes.NameMalformed, DistinguishedName.Parse((byte[])[.. TestName.Common("x").Der, 0]).Error!.Code);

    [Fact]
    public void Parse_StepsAtTheLimit_AreReadAndOneMoreIsNot()
    {
        Assert.Equal(DistinguishedName.MaxRelativeNames, Parse(Deep(DistinguishedName.MaxRelativeNames)).Rdns.Count);
        Assert.Equal(PkiErrorCodes.NameMalformed, DistinguishedName.Parse(Deep(DistinguishedName.MaxRelativeNames + 1).Der).Error!.Code);
    }

    [Fact]
    public void Parse_LongestName_IsReadAndOneByteMoreIsNot()
    {
        var rest = Parse(TestName.Common(new string('a', 10_000))).RawData.Length - 10_000;
        Assert.True(DistinguishedName.Parse(TestName.Common(new string('a', DistinguishedName.MaxBytes - rest)).Der).Succeeded);
        Assert.Equal(PkiErrorCodes.NameMalformed, DistinguishedName.Parse(TestName.Common(new string('a', DistinguishedName.MaxBytes - rest + 1)).Der).Error!.Code);
    }

    private static TestName Deep(int steps) => Enumerable.Range(0, steps).Aggregate(TestName.Empty, (name, i) => name.With("OU", $"{i}"));

    private static DistinguishedName Name(string text) => Parse(TestName.Empty.With("CN", text, UniversalTagNumber.UTF8String));

    private static DistinguishedName Parse(TestName name) => DistinguishedName.Parse(name.Der).Value!;

    private static byte[] Raw(byte[] value) => TestDer.Sequence(TestDer.Set(TestDer.Sequence(TestDer.Oid("2.5.4.3"), value)));
}
