using System.Text;
using MedId.Cryptography;
using MedId.TestSupport;

namespace MedId.Fido2.Tests;

public sealed class ClientDataTests
{
    private const string Valid = """{"type":"webauthn.get","challenge":"AAAA","origin":"https://clinic.example","crossOrigin":false}""";

    [Fact]
    public void Parse_ByteOrderMark_IsPassedOver() => Assert.Equal("webauthn.get", Parse([0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(Valid)]).Value!.Type);

    [Theory]
    [InlineData("""{ "origin" : "https://clinic.example" , "challenge":"AAAA",  "type":"webauthn.get"}""")]
    [InlineData("""{"type":"webauthn.get","challenge":"AAAA","origin":"https://clinic.example","new":{"a":[1,{"b":null}]}}""")]
    [InlineData("""{"type":"webauthn.get","challenge":"AAAA","origin":"https://clinic.example","tokenBinding":{"status":"supported"}}""")]
    [InlineData("""{"type":"webauthn.get","challenge":"AAAA","origin":"https://clinic.example","tokenBinding":{"status":"present","id":"AAAA"}}""")]
    [InlineData("""{"type":"webauthn.get","challenge":"AAAA","origin":"https:\/\/clinic.example"}""")]
    public void Parse_OtherOrderOrUnknownMembers_IsAccepted(string json)
    {
        var data = Parse(Encoding.UTF8.GetBytes(json)).Value;
        Assert.NotNull(data);
        Assert.Equal(("webauthn.get", "AAAA", "https://clinic.example"), (data.Type, data.Challenge, data.Origin));
        Assert.Null(data.CrossOrigin);
        Assert.Null(data.TopOrigin);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("""{"type":"webauthn.get","challenge":"AAAA"}""")]
    [InlineData("""{"type":"webauthn.get","origin":"https://clinic.example"}""")]
    [InlineData("""{"challenge":"AAAA","origin":"https://clinic.example"}""")]
    [InlineData("""{"type":1,"challenge":"AAAA","origin":"https://clinic.example"}""")]
    [InlineData("""{"type":"webauthn.get","challenge":"AAAA","origin":null}""")]
    [InlineData("""{"type":"webauthn.get","challenge":"AAAA","origin":"https://clinic.example","crossOrigin":"false"}""")]
    [InlineData("""{"type":"webauthn.get","challenge":"AAAA","origin":"https://clinic.example","crossOrigin":null}""")]
    [InlineData("""{"type":"webauthn.get","challenge":"AAAA","origin":"https://clinic.example","topOrigin":null}""")]
    [InlineData("""{"type":"webauthn.get","challenge":"AAAA","origin":"https://clinic.example","origin":"https://clinic.example"}""")]
    [InlineData("""{"type":"webauthn.get","challenge":"AAAA","origin":"https://clinic.example","x":{"a":1,"a":1}}""")]
    [InlineData("""{"type":"webauthn.get","challenge":"AAAA","origin":"https://clinic.example","x":"\ud800"}""")]
    [InlineData("""{"type":"webauthn.get","challenge":"AAAA","origin":"https://clinic.example"} {}""")]
    public void Parse_NotTheForm_IsRefused(string json) => Refused.With(Fido2ErrorCodes.ClientDataMalformed, Parse(Encoding.UTF8.GetBytes(json)));

    [Fact]
    public void Parse_InvalidUtf8_IsRefused() => Refused.With(Fido2ErrorCodes.ClientDataMalformed, Parse([.. Encoding.UTF8.GetBytes(Valid)[..^1], 0xFF, (byte)'}']));

    /// <summary>The comparison of bytes (§5.8.1.2) says yes only where the reader of JSON agrees, and both make the same steps of it.</summary>
    [Fact]
    public void Verify_PlainOrRead_SayTheSame()
    {
        var accepted = 0;
        foreach (var (origin, cross, top) in Shapes())
        {
            var fixture = Fixture.OfAuthentication();
            (fixture.Origin, fixture.CrossOrigin, fixture.TopOrigin) = (origin, cross, top);
            var expected = fixture.Authentication with { AllowCrossOrigin = true, TopOrigins = ["https://portal.example"], Origins = ["https://clinic.example", "https://app.clinic.example"] };
            var original = fixture.ClientDataJson();
            foreach (var mutant in new SeededMutator(20261122).Mutate(original, 20_000).Prepend(new Mutant("none", original)))
            {
                var isPlain = PlainClientData.Holds(mutant.Bytes, isRegistration: false, expected, out var hasTopOrigin);
                var read = CollectedClientData.Parse(mutant.Bytes);
                var isRight = read.Succeeded && Judge(read.Value, expected);
                if (isPlain)
                {
                    accepted++;
                    Assert.True(isRight, mutant.How);
                    Assert.Equal(read.Value!.TopOrigin is not null, hasTopOrigin);
                }

                // With a blank at the end only the reader can say yes; its verdict and steps are those of the comparison.
                if (mutant.Bytes.Length > 0)
                {
                    var slow = new StepTrace("test");
                    var fast = new StepTrace("test");
                    var bySlow = ClientDataChecks.Verify((byte[])[.. mutant.Bytes, (byte)' '], isRegistration: false, expected, ref slow);
                    var byFast = ClientDataChecks.Verify(mutant.Bytes, isRegistration: false, expected, ref fast);
                    Assert.Equal(bySlow?.Code, byFast?.Code);
                    Assert.All(Enumerable.Range(1, 25), step => Assert.Equal(slow.Record.Of(step), fast.Record.Of(step)));
                }
            }
        }

        Assert.InRange(accepted, 5, 100_000);
    }

    [Theory]
    [InlineData("https://clinic.example\"x")]
    [InlineData("https://clinic.example\\x")]
    [InlineData("https://clínic.example")]
    public void Verify_OriginThatIsWrittenWithEscapes_IsLeftToTheReader(string origin)
    {
        var fixture = Fixture.OfAuthentication();
        fixture.ClientData = Encoding.UTF8.GetBytes(
            $$"""{"type":"webauthn.get","challenge":"{{StrictBase64Url.Encode(fixture.Challenge)}}","origin":{{System.Text.Json.JsonSerializer.Serialize(origin)}},"crossOrigin":false}""");
        var verification = fixture.Authenticate(fixture.Authentication with { Origins = [origin] });
        Assert.True(verification.Succeeded, verification.ToString());
    }

    [Fact]
    public void AndroidOrigin_OfHash_IsWellFormed()
    {
        var origin = AndroidOrigin.FromCertificateHash(new byte[32]);
        Assert.StartsWith("android:apk-key-hash:AAAA", origin, StringComparison.Ordinal);
        Assert.True(AndroidOrigin.IsWellFormed(origin));
        Assert.False(AndroidOrigin.IsWellFormed(origin + "="));
        Assert.False(AndroidOrigin.IsWellFormed("android:apk-key-hash:AAAA"));
        Assert.False(AndroidOrigin.IsWellFormed("https://clinic.example"));
        Assert.False(AndroidOrigin.IsWellFormed(null));
        Assert.Throws<ArgumentException>(() => AndroidOrigin.FromCertificateHash(new byte[20]));
    }

    private static IEnumerable<(string Origin, bool? CrossOrigin, string? TopOrigin)> Shapes() =>
    [
        ("https://clinic.example", false, null), ("https://app.clinic.example", false, null), ("https://clinic.example", null, null), ("https://clinic.example", true, null),
        ("https://clinic.example", true, "https://portal.example"), ("https://clinic.example", true, "https://other.example"), ("https://other.example", false, null),
    ];

    private static bool Judge(CollectedClientData data, CeremonyExpectations expected) =>
        data.Type == "webauthn.get" && data.Challenge == StrictBase64Url.Encode(expected.Challenge.Span) && expected.Origins.Contains(data.Origin)
        && (data.TopOrigin is null || (data.CrossOrigin == true && expected.TopOrigins.Contains(data.TopOrigin)));

    private static MedId.Core.MedIdResult<CollectedClientData> Parse(byte[] bytes) => CollectedClientData.Parse(bytes);
}
