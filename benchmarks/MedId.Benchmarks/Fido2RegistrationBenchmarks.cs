using BenchmarkDotNet.Attributes;
using MedId.Fido2;

namespace MedId.Benchmarks;

/// <summary>A new passkey with a packed attestation: all 29 steps, the statement, its certificate, the path to a trusted root.</summary>
public class Fido2RegistrationBenchmarks : IChecked, IPeered
{
    private readonly Rotation _turn = new();
    private readonly RegistrationVerifier _verifier = new();
    private Fido2Scene _scene = null!;
    private BareRegistration _bare = null!;

    /// <inheritdoc/>
    IEnumerable<string> IPeered.PeerInputs => _scene.PeerRegistrations;

    [GlobalSetup]
    public void Setup()
    {
        _scene = new();
        _bare = _scene.BareRegister();
    }

    [Benchmark(Baseline = true, Description = "bare imports and verifications")]
    public bool Bare() => _bare.Verify();

    [Benchmark(Description = "registration, packed with certificate")]
    public RegistrationEvidence Register()
    {
        var (expected, response) = _scene.Registrations[_turn.Next()];
        return _verifier.Verify(expected, response).Evidence ?? throw new InvalidOperationException("Refused.");
    }

    /// <inheritdoc/>
    public Task CheckAsync()
    {
        var (expected, response) = _scene.Registrations[0];
        var verification = _verifier.Verify(expected, response);
        Right.Is(verification.Evidence?.Trust.IsTrusted == true, "the registration holds and is trusted");
        Right.Is(_verifier.Verify(expected, _scene.Registrations[1].Response).Error?.Code == Fido2ErrorCodes.ChallengeMismatch, "a registration for another challenge is refused");
        Right.Is(
            _verifier.Verify(expected with { Attestation = new() { Anchors = [] } }, response).Error?.Code == Fido2ErrorCodes.AttestationUntrusted,
            "a registration that nobody trusts is refused");
        return Task.CompletedTask;
    }
}
