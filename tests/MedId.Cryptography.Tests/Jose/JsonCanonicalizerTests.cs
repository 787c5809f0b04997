using System.Text;
using System.Text.Json;

namespace MedId.Cryptography.Tests;

public sealed class JsonCanonicalizerTests
{
    // Values of the test suite that RFC 8785 appendix G names; "structures" with 56 written for 56.0, which is outside our restriction.
    [Theory]
    [InlineData(
        """{"peach":"This sorting order","péché":"is wrong according to French","pêche":"but canonicalization MUST","sin":"ignore locale"}""",
        """{"peach":"This sorting order","péché":"is wrong according to French","pêche":"but canonicalization MUST","sin":"ignore locale"}""")]
    [InlineData(
        """{ "1": {"f": {"f": "hi","F": 5} ,"\n": 56}, "10": { }, "": "empty", "a": { }, "111": [ { } ], "A": { } }""",
        """{"":"empty","1":{"\n":56,"f":{"F":5,"f":"hi"}},"10":{},"111":[{}],"A":{},"a":{}}""")]
    [InlineData(
        """{"\u20ac":"Euro Sign","1":"One","\u0080":"Control\u007f","\ud83d\ude02":"Smiley","\u00f6":"o","\ufb33":"Dalet","</script>":"Browser"}""",
        "{\"1\":\"One\",\"</script>\":\"Browser\",\"\u0080\":\"Control\u007f\",\"ö\":\"o\",\"€\":\"Euro Sign\",\"😂\":\"Smiley\",\"\uFB33\":\"Dalet\"}")]
    [InlineData("""{"Unnormalized Unicode":"A\u030a"}""", "{\"Unnormalized Unicode\":\"A\u030a\"}")]
    public void Canonicalize_PublishedSample_GivesThePublishedBytes(string input, string expected) => Assert.Equal(expected, Canonical(input));

    [Theory]
    [InlineData("""{"同意":"診療情報を提供します","住所":"東京都千代田区霞が関１－２－２","𠮷":"𠮷野家"}""", """{"住所":"東京都千代田区霞が関１－２－２","同意":"診療情報を提供します","𠮷":"𠮷野家"}""")]
    [InlineData("""["\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/"]""", """["€$\u000f\nA'B\"\\\\\"/"]""")] // RFC 8785 §3.2.2.2's own string
    [InlineData("""["\b\f\n\r\t\u0000\u001f\u007f\u2028"]""", "[\"\\b\\f\\n\\r\\t\\u0000\\u001f\u007f\u2028\"]")]
    [InlineData("[ true , false , null , [ ] ]", "[true,false,null,[]]")]
    [InlineData("[0,-0,1,-1,9007199254740991,-9007199254740991]", "[0,0,1,-1,9007199254740991,-9007199254740991]")]
    [InlineData("\"a\"", "\"a\"")]
    public void Canonicalize_Value_HasOneForm(string input, string expected) => Assert.Equal(expected, Canonical(input));

    [Theory]
    [InlineData("9007199254740992")]
    [InlineData("-9007199254740992")]
    [InlineData("1.0")]
    [InlineData("1e3")]
    [InlineData("0.1")]
    [InlineData("[{\"a\":1E400}]")]
    [InlineData("123456789012345678901234567890")]
    public void Canonicalize_NumberOutsideTheRestriction_IsRefused(string input) =>
        Refused.With(CryptographyErrorCodes.JsonNumberNotCanonical, JsonCanonicalizer.Canonicalize(Json.Parse(input)));

    [Theory]
    [InlineData("""["\ud800"]""")]
    [InlineData("""{"\udc00":1}""")]
    public void Canonicalize_LoneSurrogate_IsRefused(string input) => Refused.With(CryptographyErrorCodes.JsonMalformed, JsonCanonicalizer.Canonicalize(Json.Parse(input)));

    [Fact]
    public void Canonicalize_MemberTwice_IsRefused() =>
        Refused.With(CryptographyErrorCodes.JsonDuplicateMember, JsonCanonicalizer.Canonicalize(Json.Parse("""{"a":1,"b":2,"a":1}""")));

    [Fact]
    public void Canonicalize_NoValue_Throws() => Assert.Throws<ArgumentException>(() => JsonCanonicalizer.Canonicalize(default(JsonElement)));

    [Fact]
    public void Canonicalize_ItsOwnResult_IsUnchanged()
    {
        const string canonical = """{"b":[{"い":"ろ","は":-5}],"甲":{"丙":null,"乙":"\u001b"}}""";

        var once = Canonical(canonical);

        Assert.Equal(once, Canonical(once));
    }

    // What needs no escape is copied as it stands; that gives the same bytes as reading it and writing it again.
    [Fact]
    public void Canonicalize_EscapedOrNot_GivesTheSameBytes()
    {
        for (var unit = 0; unit <= char.MaxValue; unit++)
        {
            var c = (char)unit;
            if (!char.IsSurrogate(c) && c is not ('"' or '\\' or < ' '))
            {
                Assert.Equal(Canonical($$"""{"{{c}}":"a{{c}}"}"""), Canonical($$"""{"\u{{unit:x4}}":"\u0061\u{{unit:x4}}"}"""));
            }
        }
    }

    [Theory]
    [InlineData(new byte[] { 0x22, 0x61, 0xFF, 0x22 })]
    [InlineData(new byte[] { 0x22, 0xED, 0xA0, 0x80, 0x22 })]
    [InlineData(new byte[] { 0x22, 0xC3, 0x22 })]
    public void Canonicalize_InvalidUtf8_IsRefused(byte[] json)
    {
        using var document = JsonDocument.Parse(json);

        Refused.With(CryptographyErrorCodes.JsonMalformed, JsonCanonicalizer.Canonicalize(document.RootElement));
    }

    private static string Canonical(string json) => Encoding.UTF8.GetString(Refused.Not(JsonCanonicalizer.Canonicalize(Json.Parse(json))));
}
