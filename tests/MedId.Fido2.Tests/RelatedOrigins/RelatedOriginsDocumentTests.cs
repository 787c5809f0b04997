namespace MedId.Fido2.Tests;

public sealed class RelatedOriginsDocumentTests
{
    [Fact]
    public void ToJson_Origins_AreWrittenAndReadBack()
    {
        var document = new RelatedOriginsDocument { Origins = ["https://clinic.example", "https://clinic.example:8443"] };
        Assert.Equal("""{"origins":["https://clinic.example","https://clinic.example:8443"]}""", document.ToJson());
        Assert.Equal(document.Origins, RelatedOriginsDocument.Parse(document.ToJson()).Value!.Origins);
    }

    [Fact]
    public void Verify_RelatedOrigin_IsAcceptedWhereTheDocumentNamesIt()
    {
        var document = new RelatedOriginsDocument { Origins = ["https://clinic.example", "https://ward.example"] };
        var fixture = new Fixture { Origin = "https://ward.example" };
        Refused.At(9, Fido2ErrorCodes.OriginUnexpected, fixture.Register());
        Assert.True(fixture.Register(fixture.Registration with { Origins = document.Origins }).Succeeded);
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"origins":"https://clinic.example"}""")]
    [InlineData("""{"origins":[1]}""")]
    [InlineData("""{"origins":["http://clinic.example"]}""")]
    [InlineData("""{"origins":["https://clinic.example/"]}""")]
    [InlineData("""{"origins":["https://Clinic.example"]}""")]
    [InlineData("""{"origins":["https://a@clinic.example"]}""")]
    [InlineData("""{"origins":["https://clinic.example:443"]}""")]
    public void Parse_NotTheForm_IsRefused(string json) => Refused.With(Fido2ErrorCodes.RelatedOriginsMalformed, RelatedOriginsDocument.Parse(json));

    [Fact]
    public void Origins_NotHttps_AreMisuse() => Assert.Throws<ArgumentException>(() => new RelatedOriginsDocument { Origins = ["http://clinic.example"] });

    [Theory]
    [InlineData(5, false)]
    [InlineData(6, true)]
    public void MayBePassedOver_SaysWhenThereAreMoreLabelsThanEveryClientSupports(int labels, bool expected)
    {
        string[] origins = [.. Enumerable.Range(0, labels).Select(number => $"https://clinic{number}.example"), "https://www.clinic0.example", "https://clinic0.co.jp"];
        Assert.Equal(expected, new RelatedOriginsDocument { Origins = origins }.MayBePassedOver);
    }
}
