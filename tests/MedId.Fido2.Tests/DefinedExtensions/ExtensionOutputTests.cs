using System.Text.Json;
using System.Text.Json.Nodes;
using MedId.TestSupport;

namespace MedId.Fido2.Tests;

public sealed class ExtensionOutputTests
{
    private const string Prf = "webauthn/official-w3c-webauthn-l3-prf.json";
    private const string Published = "https://www.w3.org/TR/webauthn-3/#test-vectors-extensions-prf (W3C licence)";

    [Fact]
    public void Register_ClientOutputs_AreRead()
    {
        var outputs = Register("""{"credProps":{"rk":true},"appidExclude":true,"prf":{"enabled":true,"results":{"first":"AAAA","second":"AQEB"}},"largeBlob":{"supported":false},"uvm":[[2,4,2]]}""");
        Assert.True(outputs.ResidentKey);
        Assert.True(outputs.AppIdExclude);
        Assert.True(outputs.Prf!.Enabled);
        Assert.Equal([1, 1, 1], outputs.Prf.Second!.Value.ToArray());
        Assert.False(outputs.LargeBlob!.Supported);
        Assert.Equal(["credProps", "appidExclude", "prf", "largeBlob", "uvm"], outputs.Identifiers);
    }

    [Fact]
    public void Register_CredPropsWithoutRk_IsNotKnown() => Assert.Null(Register("""{"credProps":{}}""").ResidentKey);

    [Fact]
    public void Authenticate_ClientOutputs_AreRead()
    {
        var outputs = Authenticate("""{"appid":false,"prf":{"results":{"first":"AAAA"}},"largeBlob":{"blob":"AAEC"}}""");
        Assert.False(outputs.AppId);
        Assert.Null(outputs.Prf!.Enabled);
        Assert.Null(outputs.Prf.Second);
        Assert.Equal([0, 1, 2], outputs.LargeBlob!.Blob!.Value.ToArray());
        Assert.True(Authenticate("""{"largeBlob":{"written":true}}""").LargeBlob!.Written);
    }

    [Theory]
    [InlineData(true, "credProps", "1")]
    [InlineData(true, "credProps", """{"rk":"true"}""")]
    [InlineData(true, "appidExclude", "1")]
    [InlineData(true, "prf", "{}")]
    [InlineData(true, "prf", """{"enabled":1}""")]
    [InlineData(true, "prf", """{"enabled":true,"results":{}}""")]
    [InlineData(true, "prf", """{"enabled":true,"results":{"first":"A="}}""")]
    [InlineData(true, "largeBlob", """{"supported":true,"blob":"AAAA"}""")]
    [InlineData(false, "appid", "null")]
    [InlineData(false, "prf", """{"enabled":true}""")]
    [InlineData(false, "prf", "[]")]
    [InlineData(false, "largeBlob", """{"supported":true}""")]
    [InlineData(false, "largeBlob", """{"blob":"AAAA","written":true}""")]
    public void Verify_OutputOfAnotherForm_IsRefusedWhereRequestedAndElsePassedOver(bool registration, string name, string value)
    {
        var fixture = registration ? new Fixture() : Fixture.OfAuthentication();
        fixture.ClientExtensions = new JsonObject { [name] = JsonNode.Parse(value) };
        if (registration)
        {
            Refused.At(28, Fido2ErrorCodes.ExtensionMalformed, fixture.Register(fixture.Registration with { RequestedExtensions = [name] }));
            Assert.True(fixture.Register().Succeeded);
        }
        else
        {
            Refused.At(23, Fido2ErrorCodes.ExtensionMalformed, fixture.Authenticate(fixture.Authentication with { RequestedExtensions = [name] }));
            Assert.True(fixture.Authenticate().Succeeded);
        }
    }

    [Fact]
    public void Register_AuthenticatorOutputs_AreRead()
    {
        var fixture = new Fixture
        {
            // credBlob true, credProtect 2, hmac-secret true, minPinLength 6: the order of the CTAP2 canonical form.
            Extensions = [0xA4, 0x68, .. "credBlob"u8, 0xF5, 0x6B, .. "credProtect"u8, 0x02, 0x6B, .. "hmac-secret"u8, 0xF5, 0x6C, .. "minPinLength"u8, 0x06],
        };
        var verification = fixture.Register();
        Assert.True(verification.Succeeded, verification.ToString());
        var outputs = verification.Evidence.AuthenticatorExtensions;
        Assert.True(outputs.CredentialBlobStored);
        Assert.Equal(2, outputs.CredentialProtection);
        Assert.True(outputs.HmacSecret);
        Assert.Equal(6, outputs.MinimumPinLength);
        Assert.Equal(["credBlob", "credProtect", "hmac-secret", "minPinLength"], outputs.Identifiers);
    }

    [Fact]
    public void Authenticate_AuthenticatorOutputs_AreRead()
    {
        var fixture = Fixture.OfAuthentication();
        fixture.Extensions = [0xA2, 0x68, .. "credBlob"u8, 0x42, 1, 2, 0x6B, .. "hmac-secret"u8, 0x43, 3, 4, 5];
        var verification = fixture.Authenticate();
        Assert.True(verification.Succeeded, verification.ToString());
        Assert.Equal([1, 2], verification.Evidence.AuthenticatorExtensions.CredentialBlob!.Value.ToArray());
        Assert.Equal([3, 4, 5], verification.Evidence.AuthenticatorExtensions.HmacSecretResult!.Value.ToArray());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(4)]
    public void Register_CredProtectOutsideItsRange_IsRefusedWhereRequested(byte level)
    {
        var fixture = new Fixture { Extensions = [0xA1, 0x6B, .. "credProtect"u8, level] };
        Refused.At(28, Fido2ErrorCodes.ExtensionMalformed, fixture.Register(fixture.Registration with { RequestedExtensions = [ExtensionNames.CredProtect] }));
        Assert.Null(fixture.Register().Evidence!.AuthenticatorExtensions.CredentialProtection);
    }

    [Fact]
    public void Register_AuthenticatorOutputsWithNumbersForNames_AreRefused() =>
        Refused.At(28, Fido2ErrorCodes.ExtensionMalformed, new Fixture { Extensions = [0xA1, 0x01, 0x01] }.Register());

    [Fact]
    public void Register_UnsolicitedAuthenticatorOutput_IsRefusedByPolicy()
    {
        var fixture = new Fixture { Extensions = [0xA1, 0x6B, .. "credProtect"u8, 2] };
        Refused.At(28, Fido2ErrorCodes.ExtensionUnsolicited, fixture.Register(fixture.Registration with { UnsolicitedExtensions = UnsolicitedExtensions.Refuse }));
        Assert.True(fixture.Register(
            fixture.Registration with { UnsolicitedExtensions = UnsolicitedExtensions.Refuse, RequestedExtensions = [ExtensionNames.CredProtect] }).Succeeded);
    }

    /// <summary>The shapes of inputs and outputs that the standard shows for prf.</summary>
    [Fact]
    public void Verify_OfficialPrfShapes_AreReadAndWritten()
    {
        using var document = JsonDocument.Parse(File.ReadAllText(TestVectors.RequireVectors(Prf, Published)));
        foreach (var example in document.RootElement.GetProperty("webauthnShapeExamples").EnumerateArray())
        {
            var input = Bytes(example.GetProperty("input"));
            var options = PublicKeyCredentialRequestOptions.Parse("{\"challenge\":\"AAAA\",\"extensions\":" + input + "}");
            Assert.True(options.Succeeded, options.ToString());
            Assert.True(JsonNode.DeepEquals(JsonNode.Parse(input), JsonNode.Parse(options.Value.ToJson())!["extensions"]));
            foreach (var member in example.EnumerateObject().Where(member => member.Name != "input"))
            {
                foreach (var output in member.Value.EnumerateArray())
                {
                    var outputs = member.Name == "createOutputs" ? Register(Bytes(output), "prf") : Authenticate(Bytes(output), "prf");
                    Assert.NotNull(outputs.Prf);
                    Assert.Equal(output.GetProperty("prf").TryGetProperty("results", out _), outputs.Prf.First is not null);
                }
            }
        }
    }

    private static string Bytes(JsonElement shape) => shape.GetRawText().Replace("<bytes>", "AAECAw", StringComparison.Ordinal);

    private static ClientExtensionOutputs Register(string json, params string[] requested)
    {
        var fixture = new Fixture { ClientExtensions = JsonNode.Parse(json)!.AsObject() };
        var verification = fixture.Register(fixture.Registration with { RequestedExtensions = requested });
        Assert.True(verification.Succeeded, verification.ToString());
        return verification.Evidence.ClientExtensions;
    }

    private static ClientExtensionOutputs Authenticate(string json, params string[] requested)
    {
        var fixture = Fixture.OfAuthentication();
        fixture.ClientExtensions = JsonNode.Parse(json)!.AsObject();
        var verification = fixture.Authenticate(fixture.Authentication with { RequestedExtensions = requested });
        Assert.True(verification.Succeeded, verification.ToString());
        return verification.Evidence.ClientExtensions;
    }
}
