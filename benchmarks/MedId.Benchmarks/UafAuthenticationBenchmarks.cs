using BenchmarkDotNet.Attributes;
using MedId.Cryptography;
using MedId.Fido.Metadata;
using MedId.Fido.Uaf;

namespace MedId.Benchmarks;

/// <summary>A phone's answer: JSON, TLV, all checks, one signature.</summary>
public class UafAuthenticationBenchmarks : IChecked
{
    private readonly Rotation _turn = new();
    private readonly UafAuthenticationVerifier _verifier = new(new PublicKeyCache());
    private readonly UafAuthenticationVerifier _forgetful = new(new PublicKeyCache(capacity: 1));
    private UafScene _scene = null!;
    private BareP256 _bare = null!;

    /// <summary>The layout of the signatures; the phone chooses it by its model.</summary>
    [Params(FidoAlgorithm.EcdsaP256Sha256Raw, FidoAlgorithm.EcdsaP256Sha256Der)]
    public FidoAlgorithm Algorithm { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _scene = new(Algorithm);
        _bare = _scene.Bare();
    }

    [Benchmark(Baseline = true, Description = "bare verification")]
    public bool Bare() => _bare.Verify();

    [Benchmark(Description = "sign-in")]
    public UafAuthentication SignIn() => Verify(_verifier, _scene.SignIns);

    [Benchmark(Description = "consent (transaction)")]
    public UafAuthentication Consent() => Verify(_verifier, _scene.Consents);

    [Benchmark(Description = "sign-in, key never seen")]
    public UafAuthentication SignInWithNewKey() => Verify(_forgetful, _scene.SignIns);

    /// <inheritdoc/>
    public Task CheckAsync()
    {
        Right.Is(Consent().TransactionConfirmed, "the transaction is confirmed");
        Right.Is(!SignIn().TransactionConfirmed, "nothing was to be confirmed");

        // The same key and another challenge: nothing is remembered of the first.
        var (expected, response) = _scene.SignIns[0];
        var other = _scene.SignIns[Rotation.Keys];
        Right.Is(_verifier.Verify(expected, response).Succeeded, "the answer holds");
        Right.Is(_verifier.Verify(expected, other.Response).Error?.Code == UafErrorCodes.ServerDataMismatch, "an answer to another request is refused");
        Right.Is(
            _verifier.Verify(expected with { ServerData = other.Expected.ServerData }, other.Response).Error?.Code == UafErrorCodes.ChallengeMismatch,
            "another challenge is refused");
        var foreign = _scene.Registrations[0] with { PublicKey = _scene.Registrations[1].PublicKey };
        Right.Is(_verifier.Verify(expected with { Registrations = [foreign] }, response).Error?.Code == UafErrorCodes.SignatureInvalid, "another key's signature is refused");
        return Task.CompletedTask;
    }

    private UafAuthentication Verify(UafAuthenticationVerifier verifier, (UafAuthenticationExpectations Expected, string Response)[] inputs)
    {
        var (expected, response) = inputs[_turn.Next()];
        return Right.Accepted(verifier.Verify(expected, response));
    }
}
