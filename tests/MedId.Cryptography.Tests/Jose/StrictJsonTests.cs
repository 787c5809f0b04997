using System.Text;
using System.Text.Json;
using MedId.TestSupport;

namespace MedId.Cryptography.Tests;

public sealed class StrictJsonTests
{
    private const string Valid = """{"name":"山田 花子","list":[1,2.5,-3e2,true,null,{"a":"\u00e9\ud83d\ude02\n"}],"empty":{}}""";

    [Fact]
    public void Parse_WellFormedText_GivesTheElement()
    {
        var element = Refused.Not(StrictJson.Parse(Json.Bytes(Valid)));

        Assert.Equal("山田 花子", element.GetProperty("name").GetString());
        Assert.Equal("é😂\n", element.GetProperty("list")[5].GetProperty("a").GetString());
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("{")]
    [InlineData("{}{}")]
    [InlineData("{} x")]
    [InlineData("[1,]")]
    [InlineData("""{"a":1,}""")]
    [InlineData("/* c */ {}")]
    [InlineData("{} // c")]
    [InlineData("""{'a':1}""")]
    [InlineData("{a:1}")]
    [InlineData("[NaN]")]
    [InlineData("[01]")]
    [InlineData("\uFEFF{}")]
    [InlineData("[\"a\nb\"]")]
    [InlineData("""["\ud800"]""")]
    [InlineData("""["\udc00"]""")]
    [InlineData("""["\ud800\ud800"]""")]
    [InlineData("""["\ud800x"]""")]
    [InlineData("""["\ud800\n"]""")]
    [InlineData("""["\udc00\ud800"]""")]
    [InlineData("""{"\ud83d":1}""")]
    public void Parse_NotOneStrictText_IsRefused(string text) => Refused.With(CryptographyErrorCodes.JsonMalformed, StrictJson.Parse(Json.Bytes(text)));

    [Theory]
    [InlineData("""["\\ud800"]""")]
    [InlineData("""["\\\\ud800\ud83d\ude02\\"]""")]
    public void Parse_EscapedBackslashBeforeSurrogateDigits_IsAccepted(string text) => Refused.Not(StrictJson.Parse(Json.Bytes(text)));

    [Fact]
    public void Parse_InvalidUtf8_IsRefused()
    {
        Refused.With(CryptographyErrorCodes.JsonMalformed, StrictJson.Parse(new byte[] { (byte)'"', 0xC0, 0x80, (byte)'"' }));
        Refused.With(CryptographyErrorCodes.JsonMalformed, StrictJson.Parse(new byte[] { (byte)'"', 0xED, 0xA0, 0x80, (byte)'"' }));
        Refused.With(CryptographyErrorCodes.JsonMalformed, StrictJson.Parse(Encoding.Unicode.GetBytes("{}")));
    }

    [Theory]
    [InlineData("""{"a":1,"a":1}""")]
    [InlineData("""{"a":1,"\u0061":2}""")]
    [InlineData("""[{"b":{"x":{"a":null,"b":1,"a":null}}}]""")]
    public void Parse_MemberTwiceAtAnyDepth_IsRefused(string text) => Refused.With(CryptographyErrorCodes.JsonDuplicateMember, StrictJson.Parse(Json.Bytes(text)));

    [Fact]
    public void Parse_DepthAndSize_AreExactBounds()
    {
        Refused.Not(StrictJson.Parse(Json.Bytes("[[[]]]"), maxDepth: 3));
        Refused.With(CryptographyErrorCodes.JsonMalformed, StrictJson.Parse(Json.Bytes("[[[]]]"), maxDepth: 2));
        Refused.Not(StrictJson.Parse(Json.Bytes("[1234]"), maxBytes: 6));
        Refused.With(CryptographyErrorCodes.JsonTooLarge, StrictJson.Parse(Json.Bytes("[1234]"), maxBytes: 5));
    }

    [Fact]
    public void ParseObject_AnotherValue_IsRefused()
    {
        Refused.Not(StrictJson.ParseObject(Json.Bytes("{}")));
        Refused.With(CryptographyErrorCodes.JsonMalformed, StrictJson.ParseObject(Json.Bytes("[]")));
        Refused.With(CryptographyErrorCodes.JsonMalformed, StrictJson.ParseObject(Json.Bytes("null")));
        Refused.With(CryptographyErrorCodes.JsonDuplicateMember, StrictJson.ParseObject(Json.Bytes("""{"a":1,"a":1}""")));
    }

    [Fact]
    public void Parse_AnyMutant_IsRefusedOrReadableToTheLastString()
    {
        var accepted = 0;
        foreach (var mutant in new SeededMutator(8259).Mutate(Json.Bytes(Valid), 20_000))
        {
            var result = StrictJson.Parse(mutant.Bytes);
            if (result.Succeeded)
            {
                accepted++;
                ReadAll(result.Value);
            }
        }

        Assert.NotEqual(0, accepted);
    }

    private static void ReadAll(JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                Assert.Distinct(element.EnumerateObject().Select(m => m.Name));
                foreach (var member in element.EnumerateObject())
                {
                    ReadAll(member.Value);
                }

                break;
            case JsonValueKind.Array:
                foreach (var item in element.EnumerateArray())
                {
                    ReadAll(item);
                }

                break;
            case JsonValueKind.String:
                Assert.NotNull(element.GetString());
                break;
        }
    }
}
