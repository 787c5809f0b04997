using System.Buffers.Text;
using MedId.Core;
using MedId.Cryptography;
using MedId.Fido2;
using MedId.Pki;

namespace MedId.Testing.Tests;

/// <summary>Each fault of the token is answered with exactly its code; what is no fault is accepted.</summary>
public class VirtualU2fTokenTests
{
    private const string AppId = "https://op.example/app-id.json";
    private const string Facet = "https://op.example";

    private static readonly U2fVerifier Verifier = new(new PublicKeyCache());

    private readonly VirtualU2fToken _token = new();

    public static TheoryData<U2fFault> Registrations => [.. Enum.GetValues<U2fFault>().Where(U2fFaults.ConcernsRegistration)];

    public static TheoryData<U2fFault> Authentications => [.. Enum.GetValues<U2fFault>().Where(U2fFaults.ConcernsAuthentication)];

    [Theory]
    [MemberData(nameof(Registrations))]
    public void Register_WithFault_IsAnsweredWithItsCode(U2fFault fault)
    {
        var result = Register(fault, out _);

        Assert.Equal(TestFaultCodes.CodeOf(fault, registration: true), result.Error?.Code);
        if (result.Succeeded)
        {
            Assert.True(result.Value.Trust.IsTrusted);
            Assert.Equal(U2fTransports.Usb | U2fTransports.Nfc, result.Value.Registration.Transports);
        }
    }

    [Theory]
    [MemberData(nameof(Authentications))]
    public void Sign_WithFault_IsAnsweredWithItsCode(U2fFault fault)
    {
        var registered = Register(U2fFault.None, out var keyHandle).Value!.Registration;
        var first = Sign(registered, keyHandle, U2fFault.None).Value!;
        Assert.Equal(1u, first.Registration.Counter);

        var result = Sign(first.Registration, keyHandle, fault);

        Assert.Equal(TestFaultCodes.CodeOf(fault, registration: false), result.Error?.Code);
        if (result.Succeeded)
        {
            Assert.Equal((true, false, 2u), (result.Value.UserPresent, result.Value.CloneSuspected, result.Value.Registration.Counter));
        }
    }

    [Fact]
    public void Faults_OfTheOtherOperation_AreNotTaken()
    {
        Assert.Throws<ArgumentException>(() => _token.Register(AppId, "AAAA", Facet, U2fFault.CounterReset));
        var key = _token.Register(AppId, "AAAA", Facet).KeyHandle;
        Assert.Throws<ArgumentException>(() => _token.Sign(AppId, "AAAA", Facet, key, U2fFault.ForeignRoot));
        Assert.Throws<InvalidOperationException>(() => _token.Sign("https://other.example", "AAAA", Facet, key));
    }

    [Fact]
    public void Register_WithoutTrustRequired_SaysThatAForeignRootIsNotTrusted()
    {
        var result = Register(U2fFault.ForeignRoot, out _, requireTrusted: false);

        Assert.True(result.Succeeded);
        Assert.False(result.Value.Trust.IsTrusted);
    }

    private MedIdResult<U2fRegistrationEvidence> Register(U2fFault fault, out ReadOnlyMemory<byte> keyHandle, bool requireTrusted = true)
    {
        var challenge = RelyingParty.Challenge();
        var answer = _token.Register(AppId, challenge, Facet, fault);
        keyHandle = answer.KeyHandle;
        return Verifier.VerifyRegistration(
            new()
            {
                AppId = AppId,
                Facets = [Facet],
                Challenge = Base64Url.DecodeFromChars(challenge),
                Attestation = new()
                {
                    Policy = new() { Anchors = [TrustAnchor.FromCertificate(Certificate.Parse(_token.AttestationRoot.Der).Value!)], RequireTrusted = requireTrusted },
                    Algorithms = AlgorithmPolicy.Default,
                    At = TimeProvider.System.GetUtcNow(),
                },
            },
            answer.ClientData,
            answer.RegistrationData);
    }

    private MedIdResult<U2fAuthenticationEvidence> Sign(U2fRegistration registered, ReadOnlyMemory<byte> keyHandle, U2fFault fault)
    {
        var challenge = RelyingParty.Challenge();
        var answer = _token.Sign(AppId, challenge, Facet, keyHandle, fault);
        return Verifier.VerifyAuthentication(
            new()
            {
                AppId = AppId,
                Facets = [Facet],
                Challenge = Base64Url.DecodeFromChars(challenge),
                Registration = registered,
                Counter = CounterPolicy.Refuse,
                At = TimeProvider.System.GetUtcNow(),
            },
            answer.KeyHandle.Span,
            answer.ClientData,
            answer.SignatureData);
    }
}
