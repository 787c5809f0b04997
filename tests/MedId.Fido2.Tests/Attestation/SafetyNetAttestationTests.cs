using MedId.Testing;
using static MedId.Fido2.Tests.AttestationScene;

namespace MedId.Fido2.Tests;

public sealed class SafetyNetAttestationTests
{
    private const string Format = AttestationFormats.AndroidSafetyNet;

    [Fact]
    public void Verify_StoredResponse_ProvesWhatGoogleSaid()
    {
        var fixture = new SafetyNetFixture();

        var evidence = Accepted(fixture.Scene.Verify(Format, fixture.Statement()));

        Assert.Equal(AttestationType.Basic, evidence.Type);
        Assert.Equal(new SafetyNetVerdict(At, CtsProfileMatch: true, BasicIntegrity: true, "com.google.android.gms"), evidence.SafetyNet);
        Assert.True(fixture.Scene.Judge(Format, fixture.Statement()).IsTrusted);
    }

    [Fact]
    public void Verify_ResponseThatIsNoJwsOfItsForm_IsRefused()
    {
        SafetyNetFixture[] fixtures =
        [
            new() { ChangeJws = _ => "a.b" },
            new() { ChangeJws = jws => jws + "=" },
            new() { ChangeHeader = header => header.Replace("x5c", "x5d", StringComparison.Ordinal) },
            new() { ChangeHeader = _ => """{"alg":"RS256","x5c":[]}""" },
            new() { ChangeHeader = _ => """{"alg":"RS256","x5c":["MAA="]}""" },
            new() { ChangeHeader = _ => """{"alg":"RS256","x5c":[1]}""" },
            new() { ChangePayload = _ => "[]" },
            new() { ChangePayload = payload => payload.Replace("nonce", "once", StringComparison.Ordinal) },
            new() { ChangePayload = payload => payload.Replace("timestampMs", "timestamp", StringComparison.Ordinal) },
            new() { ChangePayload = payload => payload.Replace("ctsProfileMatch", "cts", StringComparison.Ordinal) },
            new() { Match = "\"true\"" },
            new() { ChangePayload = payload => payload.Replace("\"timestampMs\":", "\"timestampMs\":9999999999", StringComparison.Ordinal) },
        ];
        Assert.All(fixtures, fixture => Refused(Fido2ErrorCodes.AttestationSafetyNetMalformed, fixture.Scene.Verify(Format, fixture.Statement())));
    }

    [Fact]
    public void Verify_MemberMissing_IsRefused()
    {
        SafetyNetFixture[] fixtures = [new() { Version = [] }, new() { Version = RawCbor.Text("") }, new() { Version = RawCbor.Int(1) }, new() { ChangeJws = _ => "ä" }];
        Assert.All(fixtures, fixture => Refused(Fido2ErrorCodes.AttestationStatementMalformed, fixture.Scene.Verify(Format, fixture.Statement())));
        Refused(Fido2ErrorCodes.AttestationStatementMalformed, new AttestationScene().Verify(Format, RawCbor.Map((RawCbor.Text("ver"), RawCbor.Text("1")))));
    }

    [Fact]
    public void Verify_NonceOfAnotherRegistration_IsRefused()
    {
        var fixture = new SafetyNetFixture();
        var statement = fixture.Statement();
        fixture.Scene.Hash[0] ^= 1;
        Refused(Fido2ErrorCodes.AttestationSafetyNetNonce, fixture.Scene.Verify(Format, statement));

        var empty = new SafetyNetFixture { Nonce = "" };
        Refused(Fido2ErrorCodes.AttestationSafetyNetNonce, empty.Scene.Verify(Format, empty.Statement()));
    }

    [Theory]
    [InlineData("attest.android.com.example")]
    [InlineData("*.android.com")]
    [InlineData("android.com")]
    public void Verify_CertificateOfAnotherHost_IsRefused(string host)
    {
        // The alternative name decides, whatever the common name says.
        var fixture = new SafetyNetFixture { Host = host };
        Refused(Fido2ErrorCodes.AttestationSafetyNetHost, fixture.Scene.Verify(Format, fixture.Statement()));

        var common = new SafetyNetFixture { Host = null, CommonName = host };
        Refused(Fido2ErrorCodes.AttestationSafetyNetHost, common.Scene.Verify(Format, common.Statement()));

        var old = new SafetyNetFixture { Host = null };
        Accepted(old.Scene.Verify(Format, old.Statement()));
    }

    [Fact]
    public void Verify_SignatureOfAnotherOrByAnotherAlgorithm_IsRefused()
    {
        var changed = new SafetyNetFixture { ChangeJws = Swap };
        Refused(Fido2ErrorCodes.AttestationSignatureInvalid, changed.Scene.Verify(Format, changed.Statement()));

        var es256 = new SafetyNetFixture { Algorithm = "ES256" };
        Refused(Fido2ErrorCodes.AttestationAlgorithmNotAllowed, es256.Scene.Verify(Format, es256.Statement()));

        var none = new SafetyNetFixture { Algorithm = "none" };
        Refused(Fido2ErrorCodes.AttestationAlgorithmNotAllowed, none.Scene.Verify(Format, none.Statement()));

        static string Swap(string jws) => jws[..^20] + (jws[^20] == 'A' ? 'B' : 'A') + jws[^19..];
    }

    [Fact]
    public void Verify_DeviceThatIsNotVouchedFor_IsRefused()
    {
        var fixture = new SafetyNetFixture { Match = "false" };
        Refused(Fido2ErrorCodes.AttestationSafetyNetIntegrity, fixture.Scene.Verify(Format, fixture.Statement()));
    }

    [Theory]
    [InlineData(60_000, true)]
    [InlineData(60_001, false)]
    [InlineData(-60_000, true)]
    [InlineData(-60_001, false)]
    public void Verify_AgeOfTheResponse_EndsExactlyAtTheWindow(int milliseconds, bool accepted)
    {
        var fixture = new SafetyNetFixture { MadeAt = At.AddMilliseconds(milliseconds) };
        var result = fixture.Scene.Verify(Format, fixture.Statement());
        Assert.Equal(accepted ? null : Fido2ErrorCodes.AttestationSafetyNetStale, result.Error?.Code);

        fixture.Scene.Policy = fixture.Scene.Policy with { SafetyNetWindow = TimeSpan.FromDays(1) };
        Accepted(fixture.Scene.Verify(Format, fixture.Statement()));
    }
}
