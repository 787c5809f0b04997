using MedId.Core;
using MedId.Cryptography;
using MedId.Pki;
using MedId.Testing;
using MedId.TestSupport;

namespace MedId.Fido2.Tests;

/// <summary>A U2F token, a relying party that trusts its root and demands trust, and one registration. Synthetic.</summary>
internal sealed class U2fScene
{
    public const string AppId = "https://clinic.example/u2f/facets.json";

    public const string Facet = "https://login.clinic.example";

    public static readonly DateTimeOffset Now = new(2026, 4, 1, 0, 0, 0, TimeSpan.Zero);

    public static readonly byte[] Challenge = [.. Enumerable.Range(1, 32).Select(number => (byte)number)];

    public VirtualU2fToken Token { get; } = new(time: new ManualTimeProvider(Now));

    public U2fVerifier Verifier { get; } = new(new PublicKeyCache());

    public AttestationTrustPolicy Trust => new() { Anchors = [TrustAnchor.FromCertificate(Certificate.Parse(Token.AttestationRoot.Der).Value!)] };

    public U2fRegistrationExpectations Registration => new()
    {
        AppId = AppId,
        Facets = ["https://clinic.example", Facet],
        Challenge = Challenge,
        Attestation = new() { Policy = Trust, Algorithms = AlgorithmPolicy.Default, At = Now },
    };

    public static string Base64UrlChallenge => StrictBase64Url.Encode(Challenge);

    public U2fAuthenticationExpectations Authentication(U2fRegistration registration) =>
        new() { AppId = AppId, Facets = [Facet], Challenge = Challenge, Registration = registration, Counter = CounterPolicy.Refuse, At = Now };

    public VirtualU2fRegistration Register(U2fFault fault = U2fFault.None) => Token.Register(AppId, Base64UrlChallenge, Facet, fault);

    public VirtualU2fSignature Sign(U2fRegistration registration, U2fFault fault = U2fFault.None) => Token.Sign(AppId, Base64UrlChallenge, Facet, registration.KeyHandle, fault);

    public MedIdResult<U2fRegistrationEvidence> Verify(VirtualU2fRegistration answer, U2fRegistrationExpectations? expected = null) =>
        Verifier.VerifyRegistration(expected ?? Registration, answer.ClientData, answer.RegistrationData);

    public MedIdResult<U2fAuthenticationEvidence> Verify(U2fAuthenticationExpectations expected, VirtualU2fSignature answer) =>
        Verifier.VerifyAuthentication(expected, answer.KeyHandle.Span, answer.ClientData, answer.SignatureData);

    public U2fRegistration Registered() => Verify(Register()).Value!.Registration;
}
