using System.Reflection;

namespace MedId.Fido.Uaf.Tests;

public sealed class UafStatusCodesTests
{
    [Theory]
    [InlineData(UafErrorCodes.NotJson, 1400)]
    [InlineData(UafErrorCodes.TransportMalformed, 1400)]
    [InlineData(UafErrorCodes.KeyOfOtherUser, 1401)]
    [InlineData(UafErrorCodes.AaidUnknown, 1480)]
    [InlineData(UafErrorCodes.KeyUnknown, 1481)]
    [InlineData(UafErrorCodes.ChannelBinding, 1490)]
    [InlineData(UafErrorCodes.ChallengeMismatch, 1491)]
    [InlineData(UafErrorCodes.ChallengeExpired, 1491)]
    [InlineData(UafErrorCodes.ServerDataMismatch, 1491)]
    [InlineData(UafErrorCodes.PolicyNotMet, 1492)]
    [InlineData(UafErrorCodes.AuthenticatorOutdated, 1492)]
    [InlineData(UafErrorCodes.AuthenticatorRevoked, 1493)]
    [InlineData(UafErrorCodes.PublicKeyInvalid, 1494)]
    [InlineData(UafErrorCodes.AlgorithmMismatch, 1495)]
    [InlineData(UafErrorCodes.AttestationUntrusted, 1496)]
    [InlineData(UafErrorCodes.EcdaaUnsupported, 1496)]
    [InlineData(UafErrorCodes.SignatureInvalid, 1498)]
    [InlineData(UafErrorCodes.Mode, 1498)]
    [InlineData("other.package", 1403)]
    public void FromError_Specific_GivesTheCodeThatSaysMost(string code, int status) => Assert.Equal(status, UafStatusCodes.FromError(code));

    [Fact]
    public void FromError_Conformance_Gives1498ForEveryCode() => Assert.All(
        typeof(UafErrorCodes).GetFields(BindingFlags.Public | BindingFlags.Static),
        field => Assert.Equal(1498, UafStatusCodes.FromError((string)field.GetValue(null)!, UafStatusMode.Conformance)));
}
