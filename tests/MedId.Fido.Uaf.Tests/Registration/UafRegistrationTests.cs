using System.Text.Json.Nodes;
using MedId.Testing;

namespace MedId.Fido.Uaf.Tests;

public sealed class UafRegistrationTests
{
    [Theory]
    [InlineData(SoftwareUafAttestation.Surrogate)]
    [InlineData(SoftwareUafAttestation.IssuedCertificate)]
    public void ToJson_EveryMember_ComesBack(SoftwareUafAttestation attestation)
    {
        var registration = new Ceremony(new SoftwareUafModelOptions { Attestation = attestation }).Registered() with
        {
            PngCharacteristics = [PngCharacteristics.FromPng(UafTransactionTests.Png)],
            SignCounter = uint.MaxValue,
        };
        var read = Ceremony.Accepted(UafRegistration.Parse(registration.ToJson()));
        Assert.Equal(registration.ToJson(), read.ToJson());
        Assert.Equal(registration.PublicKey.ToArray(), read.PublicKey.ToArray());
        Assert.Equal((registration.IsAttested, registration.RegisteredAt, registration.SignCounter), (read.IsAttested, read.RegisteredAt, read.SignCounter));
    }

    [Theory]
    [InlineData("aaid")]
    [InlineData("keyId")]
    [InlineData("user")]
    [InlineData("publicKey")]
    [InlineData("signCounter")]
    [InlineData("registeredAt")]
    public void Parse_DamagedRecord_IsRefused(string member)
    {
        var json = JsonNode.Parse(new Ceremony().Registered().ToJson())!.AsObject();
        json.Remove(member);
        Assert.False(UafRegistration.Parse(json.ToJsonString()).Succeeded);
        Ceremony.Refused(UafErrorCodes.NotJson, UafRegistration.Parse(json.ToJsonString()[1..]));
    }

    [Fact]
    public void ToString_Registration_NamesNobody() =>
        Assert.DoesNotContain(Ceremony.User, new Ceremony().Registered().ToString(), StringComparison.Ordinal);
}
