using System.Security.Cryptography;
using BenchmarkDotNet.Attributes;
using MedId.Cryptography;
using MedId.OAuth;

namespace MedId.Benchmarks;

/// <summary>A DPoP proof as a resource server judges it: header, claims, nonce, token, key; with the keys of clients seen before, and without.</summary>
public class DpopProofBenchmarks : IChecked
{
    private const string Uri = "https://api.example/fhir/Patient/synthetic";
    private const string Token = "synthetic-access-token";

    private readonly Rotation _turn = new();
    private readonly Rotation _turnOfNew = new();
    private readonly DpopKeyCache _keys = new(Rotation.Keys);
    private readonly DpopNonces _nonces = new(new KeyedDigest(new byte[32]), "https://api.example");
    private string[] _proofs = null!;
    private string[] _thumbprints = null!;
    private BareP256 _bare = null!;

    [GlobalSetup]
    public async Task SetupAsync()
    {
        var keys = Enumerable.Range(0, Rotation.Keys).Select(_ => LocalSigningKey.Generate(SignatureAlgorithm.ES256)).ToArray();
        var makers = keys.Select(key => new DpopProofs(key, StillTime.Clock)).ToArray();
        _thumbprints = [.. keys.Select(key => key.PublicKey.Thumbprint)];
        _proofs = new string[Rotation.Inputs];
        for (var index = 0; index < Rotation.Inputs; index++)
        {
            var maker = makers[index % Rotation.Keys];
            maker.Remember(new Uri(Uri), _nonces.Current(StillTime.Now));
            _proofs[index] = await maker.MakeAsync("GET", new Uri(Uri), Token);
        }

        ECDsa[] handles = [.. keys.Select(key => BareP256.PublicHandle(key.PublicKey.ExportSubjectPublicKeyInfo()))];
        _bare = new(handles, [.. _proofs.Select(BareP256.OfToken)]);
    }

    [Benchmark(Baseline = true, Description = "bare verification")]
    public bool Bare() => _bare.Verify();

    [Benchmark(Description = "DPoP proof, key seen before")]
    public VerifiedDpopProof KnownKey() => Right.Accepted(Verify(_turn.Next(), _keys));

    [Benchmark(Description = "DPoP proof, key never seen before")]
    public VerifiedDpopProof NewKey() => Right.Accepted(Verify(_turnOfNew.Next(), null));

    /// <inheritdoc/>
    public Task CheckAsync()
    {
        Right.Is(Right.Accepted(Verify(0, _keys)).KeyThumbprint == _thumbprints[0], "the key is the sender's");
        Right.Is(DpopProofVerifier.Verify(_proofs[0], Expected(1), _keys).Error?.Code == OAuthErrorCodes.DpopKeyMismatch, "another sender's proof is refused");
        var broken = _proofs[0][..^2] + (_proofs[0][^2] == 'A' ? 'B' : 'A') + _proofs[0][^1];
        Right.Is(!DpopProofVerifier.Verify(broken, Expected(0), _keys).Succeeded, "a changed signature is refused, also of a known key");
        Right.Is(DpopProofVerifier.Verify(_proofs[0], Expected(0) with { Now = StillTime.Now.AddMinutes(3) }, _keys).Error?.Code == OAuthErrorCodes.DpopNonceNeeded, "an old nonce is refused");
        return Task.CompletedTask;
    }

    private Core.MedIdResult<VerifiedDpopProof> Verify(int index, DpopKeyCache? keys) => DpopProofVerifier.Verify(_proofs[index], Expected(index), keys);

    private DpopExpectations Expected(int index) => new()
    {
        Method = "GET",
        Uri = Uri,
        Algorithms = AlgorithmPolicy.Default.For(SignatureUse.ProofOfPossession, StillTime.Now),
        Now = StillTime.Now,
        Nonces = _nonces,
        AccessToken = Token,
        KeyThumbprint = _thumbprints[index % Rotation.Keys],
    };
}
