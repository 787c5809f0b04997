using BenchmarkDotNet.Attributes;
using MedId.Cryptography;
using MedId.Pki;
using MedId.Testing;

namespace MedId.Benchmarks;

/// <summary>A path of two certificates below an anchor that is at hand: both signatures, names, times, constraints, policies.</summary>
public class CertificatePathBenchmarks : IChecked
{
    private readonly Rotation _turn = new();
    private PathScene _scene = null!;
    private byte[][] _ders = null!;
    private BareSignatures _bare = null!;
    private TrustAnchor[] _anchors = null!;
    private PathPolicy _policy = null!;
    private Certificate[] _targets = null!;
    private PathEvidence[] _evidence = null!;

    /// <summary>The keys of root and authorities.</summary>
    [Params(TestKeyKind.P256, TestKeyKind.P384, TestKeyKind.Rsa2048)]
    public TestKeyKind Key { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _scene = new(Key);
        _bare = _scene.BarePaths();
        _anchors = [TrustAnchor.FromCertificate(Read(_scene.Root.Der))];
        _policy = new() { Algorithms = AlgorithmPolicy.Default, Revocation = RevocationRequirement.NotRequired };
        _ders = _scene.Targets;
        _targets = [.. _ders.Select(Read)];
        _evidence = [.. _scene.Intermediates.Select(der => new PathEvidence { Certificates = [Read(der)] })];
    }

    [Benchmark(Baseline = true, Description = "two bare verifications")]
    public bool Bare() => _bare.Verify();

    [Benchmark(Description = "path of two certificates")]
    public PathDecision Validate()
    {
        var turn = _turn.Next();
        return Accepted(PathValidator.Validate(_targets[turn], _anchors, _evidence[turn % _evidence.Length], _policy, _scene.At));
    }

    [Benchmark(Description = "path of two certificates, both read from DER")]
    public PathDecision ReadAndValidate()
    {
        var turn = _turn.Next();
        var evidence = new PathEvidence { Certificates = [Read(_scene.Intermediates[turn % _scene.Intermediates.Length])] };
        return Accepted(PathValidator.Validate(Read(_ders[turn]), _anchors, evidence, _policy, _scene.At));
    }

    /// <inheritdoc/>
    public Task CheckAsync()
    {
        var other = PathValidator.Validate(_targets[0], _anchors, _evidence[1], _policy, _scene.At);
        Right.Is(!other.IsAccepted, "a path without its intermediate is refused");
        var late = PathValidator.Validate(_targets[0], _anchors, _evidence[0], _policy, _scene.At.AddYears(5));
        Right.Is(late.Error?.Code == PkiErrorCodes.Expired, "an expired certificate is refused");
        var changed = (byte[])_ders[0].Clone();
        changed[^1] ^= 1;
        Right.Is(PathValidator.Validate(Read(changed), _anchors, _evidence[0], _policy, _scene.At).Error?.Code == PkiErrorCodes.Signature, "a changed signature is refused");
        Right.Is(Validate().SignaturesVerified == 2, "two signatures are verified");
        return Task.CompletedTask;
    }

    private static Certificate Read(byte[] der) => Right.Accepted(Certificate.Parse(der));

    private static PathDecision Accepted(PathDecision decision) => decision.IsAccepted ? decision : throw new InvalidOperationException($"Refused with {decision.Error.Code}.");
}
