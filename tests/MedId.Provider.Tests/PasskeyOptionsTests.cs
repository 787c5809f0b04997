using MedId.Core;
using MedId.Fido2;

namespace MedId.Provider.Tests;

public sealed class PasskeyOptionsTests
{
    [Fact]
    public void Validate_PasskeysWithoutUaf_AreEnough() => Assert.Empty(Options(passkeys => passkeys.RelatedOrigins.Add("https://clinic.example")).Validate());

    [Fact]
    public void Validate_UafAndPasskeys_EachIsAskedForWhole()
    {
        var options = Options();
        options.Facets.Add(ProviderWorld.Facet);

        Assert.Equal(
            [
                "ProviderOptions: Metadata is not set: call AddUaf with the authenticator models that may be enrolled.",
                "ProviderOptions: Policy is not set: call AddUaf with a policy.",
                "ProviderOptions: PushAddressSchemes is empty: name the push channel.",
            ],
            options.Validate());
    }

    [Fact]
    public void Validate_NeitherUafNorPasskeys_AsksForUaf()
    {
        var options = Options();
        options.Passkeys = null;

        Assert.Contains(options.Validate(), wrong => wrong.Contains("call AddUaf", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("RpId", "https://op.example")]
    [InlineData("RpId", "")]
    [InlineData("RpId", "op.example.")]
    [InlineData("RpId", "192.0.2.1")]
    [InlineData("RpName", "")]
    [InlineData("Origins", "https://other.example")]
    [InlineData("Origins", "http://op.example")]
    [InlineData("Origins", "https://op.example/")]
    [InlineData("Origins", "https://xop.example")]
    [InlineData("RelatedOrigins", "http://clinic.example")]
    [InlineData("RelatedOrigins", "https://clinic.example/x")]
    [InlineData("Attestation", "")]
    [InlineData("Algorithms", "")]
    public void Validate_OneWrong_IsNamed(string setting, string value)
    {
        var options = Options(passkeys =>
        {
            switch (setting)
            {
                case "RpId":
                    passkeys.RpId = value;
                    break;
                case "RpName":
                    passkeys.RpName = value;
                    break;
                case "Origins":
                    passkeys.Origins.Add(value);
                    break;
                case "RelatedOrigins":
                    passkeys.RelatedOrigins.Add(value);
                    break;
                case "Attestation":
                    passkeys.Attestation = null;
                    break;
                default:
                    passkeys.Algorithms = [-7, 1];
                    break;
            }
        });

        Assert.Contains(options.Validate(), wrong => wrong.Contains("Passkeys: " + setting, StringComparison.Ordinal) || (setting == "RpId" && wrong.Contains("RpId", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("op.example", "https://op.example")]
    [InlineData("op.example", "https://login.op.example:8443")]
    [InlineData("localhost", "http://localhost:5001")]
    [InlineData("op.example", "android:apk-key-hash:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public void Validate_OriginOfTheRpId_IsFine(string rpId, string origin)
    {
        var options = Options(passkeys =>
        {
            passkeys.RpId = rpId;
            passkeys.Origins.Clear();
            passkeys.Origins.Add(origin);
        });

        Assert.Empty(options.Validate());
    }

    [Fact]
    public void PasskeyActs_WithoutPasskeys_SaysSo()
    {
        var world = new ProviderWorld();

        Assert.Throws<InvalidOperationException>(() => new PasskeyActs(world.Store, world.Options, world.Requests, world.Time));
    }

    [Fact]
    public async Task DeviceActs_WithoutUaf_RefuseEveryUafAct()
    {
        var options = Options();
        var acts = new DeviceActs(new InMemoryProviderStore(), options, TimeProvider.System);

        Assert.Equal(ProviderErrorCodes.NoDevice, (await acts.BeginEnrolmentAsync("ticket", "http://127.0.0.1/")).Error?.Code);
        Assert.Equal(ProviderErrorCodes.NoDevice, (await acts.CompleteAsync("[]", null)).Error?.Code);
        Assert.Throws<InvalidOperationException>(() => acts.Facets);
    }

    private static ProviderOptions Options(Action<PasskeyOptions>? change = null)
    {
        var passkeys = new PasskeyOptions { RpId = "op.example", RpName = "Synthetic OP", Attestation = AttestationTrustPolicy.NotAsked };
        passkeys.Origins.Add("https://op.example");
        change?.Invoke(passkeys);
        return new()
        {
            Issuer = ProviderWorld.Issuer,
            Passkeys = passkeys,
            Laws = LawPolicy.In("JP"),
            AcrTable = new([new() { Acr = "urn:example:passkey", Edition = AssuranceEdition.Nist80063Rev4, MinimumAal = AuthenticatorAssuranceLevel.Aal2, Protocols = ["fido2"] }]),
        };
    }
}
