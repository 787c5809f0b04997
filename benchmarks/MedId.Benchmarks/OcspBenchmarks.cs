using BenchmarkDotNet.Attributes;
using MedId.Cryptography;
using MedId.Pki;
using MedId.Testing;

namespace MedId.Benchmarks;

/// <summary>An OCSP response that the issuer signed: read, matched, its one signature verified.</summary>
public class OcspBenchmarks : IChecked
{
    private readonly Rotation _turn = new();
    private PathScene _scene = null!;
    private BareSignatures _bare = null!;
    private byte[][] _responses = null!;
    private Certificate[] _targets = null!;
    private Certificate[] _issuers = null!;
    private OcspExpectations _expectations = null!;

    /// <summary>The keys of the issuers.</summary>
    [Params(TestKeyKind.P256, TestKeyKind.P384, TestKeyKind.Rsa2048)]
    public TestKeyKind Key { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _scene = new(Key);
        (_responses, _bare) = _scene.Ocsp();
        _targets = [.. _scene.Targets.Select(der => Right.Accepted(Certificate.Parse(der)))];
        _issuers = [.. _scene.Intermediates.Select(der => Right.Accepted(Certificate.Parse(der)))];
        _expectations = new() { Algorithms = AlgorithmPolicy.Default };
    }

    [Benchmark(Baseline = true, Description = "bare verification")]
    public bool Bare() => _bare.Verify();

    [Benchmark(Description = "OCSP response")]
    public OcspDecision Check()
    {
        var turn = _turn.Next();
        var decision = Ask(turn, turn);
        return decision is { IsAccepted: true, Status: RevocationStatus.Good } ? decision : throw new InvalidOperationException($"Refused with {decision.Error?.Code}.");
    }

    /// <inheritdoc/>
    public Task CheckAsync()
    {
        Right.Is(Ask(0, 1).Error is not null, "a response about another certificate is refused");
        var changed = (byte[])_responses[0].Clone();
        changed[^1] ^= 1;
        var decision = OcspChecker.Check(changed, _targets[0], _issuers[0], _expectations, _scene.At);
        Right.Is(decision.Error?.Code == PkiErrorCodes.OcspSignature, "a changed signature is refused");
        return Task.CompletedTask;
    }

    private OcspDecision Ask(int response, int target) =>
        OcspChecker.Check(_responses[response], _targets[target], _issuers[target % _issuers.Length], _expectations, _scene.At);
}
