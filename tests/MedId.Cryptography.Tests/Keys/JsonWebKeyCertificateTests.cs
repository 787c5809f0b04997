using System.Text;

namespace MedId.Cryptography.Tests;

/// <summary><c>x5c</c> of a JWK (RFC 7517 §4.7). The certificates are two bytes of DER: nobody reads them here.</summary>
public sealed class JsonWebKeyCertificateTests
{
    private const string Key = """{"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo","x5c":""";

    private static Core.MedIdResult<JsonWebKeySet> Parse(string x5c) => JsonWebKeySet.Parse(Encoding.UTF8.GetBytes($$"""{"keys":[{{Key}}{{x5c}}}]}"""));

    [Fact]
    public void Parse_Certificates_AreKeptInTheirOrderAndWrittenAgain()
    {
        var set = Parse("""["MAA=","MAMCAQE="]""").Value!;
        Assert.Equal(["3000", "3003020101"], set.Keys[0].Certificates.Select(one => Convert.ToHexString(one.Span)));
        Assert.Equal(["3000", "3003020101"], JsonWebKeySet.Parse(set.ToJson()).Value!.Keys[0].Certificates.Select(one => Convert.ToHexString(one.Span)));
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("\"MAA=\"")]
    [InlineData("[1]")]
    [InlineData("[\"MAA\"]")]
    [InlineData("[\"\"]")]
    [InlineData("[\"MAAA\"]")]
    [InlineData("[\"MQA=\"]")]
    [InlineData("[\"MAA=\",\"MAA=\",\"MAA=\",\"MAA=\",\"MAA=\",\"MAA=\",\"MAA=\",\"MAA=\",\"MAA=\"]")]
    public void Parse_WhatIsNoListOfCertificates_RefusesTheSet(string x5c) => Assert.Equal(CryptographyErrorCodes.KeyMalformed, Parse(x5c).Error?.Code);
}
