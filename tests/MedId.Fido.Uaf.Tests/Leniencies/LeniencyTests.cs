using System.Security.Cryptography;
using System.Text;
using MedId.Cryptography;
using MedId.Fido.Metadata;
using MedId.Testing;

namespace MedId.Fido.Uaf.Tests;

/// <summary>Each departure from the standard: refused without its name, accepted and reported with it, and with no other.</summary>
public sealed class LeniencyTests
{
    private static readonly UafTransaction[] Japanese = [UafTransaction.DangerouslyFromUtf8Text("お薬の記録を見せる")];

    public static TheoryData<UafFault, UafLeniencies, string> Registrations { get; } = new()
    {
        { UafFault.PaddedFinalChallengeParams, UafLeniencies.Padding, UafErrorCodes.Encoding },
        { UafFault.PaddedAssertion, UafLeniencies.Padding, UafErrorCodes.Encoding },
        { UafFault.ShortKeyId, UafLeniencies.KeyIdLength, UafErrorCodes.KeyIdLength },
        { UafFault.LongKeyId, UafLeniencies.KeyHandleKeyIds, UafErrorCodes.KeyIdLength },
        { UafFault.RsaKeyAsSubjectPublicKeyInfo, UafLeniencies.RsaSubjectPublicKeyInfo, UafErrorCodes.PublicKeyInvalid },
    };

    [Theory]
    [MemberData(nameof(Registrations))]
    public void Verify_RegistrationThatDeparts_NeedsTheLeniencyByName(UafFault fault, UafLeniencies leniency, string code)
    {
        var ceremony = new Ceremony(fault == UafFault.RsaKeyAsSubjectPublicKeyInfo
            ? new SoftwareUafModelOptions { Algorithm = FidoAlgorithm.RsaPssSha256Raw, KeyFormat = FidoKeyFormat.Rsa2048Der }
            : new SoftwareUafModelOptions());
        var request = ceremony.RegistrationRequest();
        var response = ceremony.Authenticator.Register(request.Json, Ceremony.Facet, fault);
        var expected = ceremony.Expect(request);
        var verifier = new UafRegistrationVerifier();
        Ceremony.Refused(code, verifier.Verify(expected, response));
        Ceremony.Refused(code, verifier.Verify(expected with { DangerouslyTolerate = All & ~leniency }, response));

        var outcome = verifier.Examine(expected with { DangerouslyTolerate = All }, response);
        Assert.True(outcome.Succeeded, outcome.Error?.ToString());
        Assert.Equal(leniency, outcome.LenienciesUsed);
        Assert.Equal(UafStatusCodes.Ok, outcome.StatusCode());
    }

    [Fact]
    public void Verify_StrictRegistration_UsesNoLeniencyThatIsTolerated()
    {
        var outcome = Outcome(new Ceremony(), UafFault.None, All);
        Assert.True(outcome.Succeeded);
        Assert.Equal(UafLeniencies.None, outcome.LenienciesUsed);
    }

    [Fact]
    public void Verify_ShortKeyId_StaysUsableWhereTolerated()
    {
        var ceremony = new Ceremony();
        var stored = Outcome(ceremony, UafFault.ShortKeyId, UafLeniencies.KeyIdLength).Registrations[0];
        var registration = UafRegistration.Parse(stored.ToJson()).Value!;
        Assert.Equal(15, registration.KeyId.ToBytes().Length);
        Ceremony.Refused(UafErrorCodes.KeyIdLength, ceremony.Authenticate(registration));
        var evidence = Ceremony.Accepted(ceremony.Authenticate(registration, change: expected => expected with { DangerouslyTolerate = UafLeniencies.KeyIdLength }));
        Assert.Equal(UafLeniencies.KeyIdLength, evidence.LenienciesUsed);
    }

    [Fact]
    public void Verify_DerWithoutLeadingZero_NeedsTheLeniencyByName()
    {
        // The leading zero is missing where the top bit of r or s is set: three of four signatures. Others have zeros too many, or are plain DER.
        var ceremony = new Ceremony(new SoftwareUafModelOptions { Algorithm = FidoAlgorithm.EcdsaP256Sha256Der });
        var registration = ceremony.Registered();
        var needed = 0;
        for (var again = 0; again < 16; again++)
        {
            var request = ceremony.AuthenticationRequest();
            var response = ceremony.Authenticator.Authenticate(request.Json, Ceremony.Facet, UafFault.LooseDerSignature);
            var expected = ceremony.ExpectAuthentication(request, null, registration);
            var strict = new UafAuthenticationVerifier().Verify(expected, response);
            var loose = Ceremony.Accepted(new UafAuthenticationVerifier().Verify(expected with { DangerouslyTolerate = UafLeniencies.NonCanonicalDer }, response));
            Assert.Equal(strict.Succeeded ? UafLeniencies.None : UafLeniencies.NonCanonicalDer, loose.LenienciesUsed);
            needed += strict.Succeeded ? 0 : 1;
        }

        Assert.InRange(needed, 1, 16);
        Ceremony.Refused(
            UafErrorCodes.SignatureInvalid,
            ceremony.Authenticate(registration, UafFault.TamperedSignature, change: expected => expected with { DangerouslyTolerate = All }));
    }

    [Theory]
    [InlineData("3006020100020100", "3006020100020100")]
    [InlineData("30060201FF020180", "3008020200FF02020080")]
    [InlineData("300A02030000010203000002", "3006020101020102")]
    [InlineData("30060201010201", null)]
    [InlineData("300602010102010100", null)]
    [InlineData("3003020101", null)]
    [InlineData("3004020002 00", null)]
    public void TryNormalise_AnyIntegers_AreReadAsUnsigned(string loose, string? strict)
    {
        var read = LooseDer.TryNormalise(Convert.FromHexString(loose.Replace(" ", string.Empty, StringComparison.Ordinal)), out var der);
        Assert.Equal(strict is not null, read);
        Assert.Equal(strict ?? string.Empty, Convert.ToHexString(der));
    }

    [Fact]
    public void Verify_TextTransactionBeyondAscii_NeedsTheLeniencyByName()
    {
        var ceremony = new Ceremony();
        var registration = ceremony.Registered();
        Assert.Throws<ArgumentException>(() => UafTransaction.FromText("お薬"));
        Ceremony.Refused(UafErrorCodes.TransactionContent, ceremony.Authenticate(registration, transactions: Japanese));
        var evidence = Ceremony.Accepted(ceremony.Authenticate(
            registration, transactions: Japanese, change: expected => expected with { DangerouslyTolerate = UafLeniencies.Utf8Transaction }));
        Assert.Equal(UafLeniencies.Utf8Transaction, evidence.LenienciesUsed);
        Assert.Equal("お薬の記録を見せる", Encoding.UTF8.GetString(evidence.ConfirmedTransaction!.Content.Span));
    }

    [Fact]
    public void DangerouslyFromUtf8Text_TooLong_Throws()
    {
        Assert.Equal(600, UafTransaction.DangerouslyFromUtf8Text(new string('薬', 200)).Content.Length);
        Assert.Throws<ArgumentException>(() => UafTransaction.DangerouslyFromUtf8Text(new string('薬', 201)));
        Assert.ThrowsAny<ArgumentException>(() => UafTransaction.DangerouslyFromUtf8Text("\uD800"));
    }

    [Fact]
    public void Parse_PaddingOfTwoOrMore_IsCutOnce()
    {
        var final = StrictBase64Url.Encode("""{"appID":"a","challenge":"AAAAAAAAAAA","facetID":"f","channelBinding":{}}"""u8);
        Assert.True(FinalChallengeParams.Parse(final + "==", "test", Tolerance.Of(UafLeniencies.Padding)).Succeeded);
        Assert.False(FinalChallengeParams.Parse(final + "===", "test", Tolerance.Of(UafLeniencies.Padding)).Succeeded);
        Assert.False(FinalChallengeParams.Parse(final + "= ", "test", Tolerance.Of(UafLeniencies.Padding)).Succeeded);
    }

    private static UafLeniencies All { get; } = Enum.GetValues<UafLeniencies>().Aggregate((all, one) => all | one);

    private static UafRegistrationOutcome Outcome(Ceremony ceremony, UafFault fault, UafLeniencies tolerated)
    {
        var request = ceremony.RegistrationRequest();
        var response = ceremony.Authenticator.Register(request.Json, Ceremony.Facet, fault);
        return new UafRegistrationVerifier().Examine(ceremony.Expect(request) with { DangerouslyTolerate = tolerated }, response);
    }
}
