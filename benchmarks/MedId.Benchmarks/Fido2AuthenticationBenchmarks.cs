using BenchmarkDotNet.Attributes;
using MedId.Cryptography;
using MedId.Fido2;

namespace MedId.Benchmarks;

/// <summary>A passkey's answer: JSON, client data, authenticator data, all 25 steps, one signature.</summary>
public class Fido2AuthenticationBenchmarks : IChecked, IPeered
{
    private readonly Rotation _turn = new();
    private readonly AuthenticationVerifier _verifier = new(new PublicKeyCache());
    private Fido2Scene _scene = null!;
    private BareP256 _bare = null!;

    /// <inheritdoc/>
    IEnumerable<string> IPeered.PeerInputs => _scene.PeerSignIns;

    [GlobalSetup]
    public void Setup()
    {
        _scene = new();
        _bare = _scene.BareSignIn();
    }

    [Benchmark(Baseline = true, Description = "bare verification")]
    public bool Bare() => _bare.Verify();

    [Benchmark(Description = "authentication, ES256")]
    public AuthenticationEvidence Authenticate()
    {
        var (expected, response) = _scene.SignIns[_turn.Next()];
        return _verifier.Verify(expected, response).Evidence ?? throw new InvalidOperationException("Refused.");
    }

    /// <inheritdoc/>
    public Task CheckAsync()
    {
        var (expected, response) = _scene.SignIns[0];
        var (other, theirs) = _scene.SignIns[Rotation.Keys];
        Right.Is(_verifier.Verify(expected, response).Succeeded, "the answer holds");
        Right.Is(_verifier.Verify(expected, theirs).Error?.Code == Fido2ErrorCodes.ChallengeMismatch, "an answer to another challenge is refused");
        Right.Is(other.Credential.Id.Span.SequenceEqual(expected.Credential.Id.Span), "both are of one credential");
        var foreign = expected with { Credential = expected.Credential with { PublicKey = _scene.Records[1].PublicKey } };
        Right.Is(_verifier.Verify(foreign, response).Error?.Code == Fido2ErrorCodes.SignatureInvalid, "another key's signature is refused");
        return Task.CompletedTask;
    }
}
