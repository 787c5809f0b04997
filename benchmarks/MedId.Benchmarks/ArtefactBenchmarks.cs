using System.Security.Cryptography;
using System.Text;
using BenchmarkDotNet.Attributes;
using MedId.Consent;
using MedId.Core;
using MedId.Cryptography;

namespace MedId.Benchmarks;

/// <summary>A signed consent artefact: the JWS, its key, and the artefact read from the payload.</summary>
public class ArtefactBenchmarks : IChecked
{
    private static readonly DateTimeOffset At = new(2026, 4, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly Rotation _turn = new();
    private (string Jws, ArtefactVerificationPolicy Policy)[] _fhir = null!;
    private (string Jws, ArtefactVerificationPolicy Policy)[] _record = null!;
    private BareP256 _bare = null!;

    [GlobalSetup]
    public void Setup()
    {
        LocalSigningKey[] keys = [.. Enumerable.Range(0, Rotation.Keys).Select(index => LocalSigningKey.Generate(SignatureAlgorithm.ES256, $"manager-{index}"))];
        ArtefactVerificationPolicy[] policies =
        [
            .. keys.Select(key => new ArtefactVerificationPolicy { Signers = [new() { Role = ArtefactSignerRole.Collector, Keys = JsonWebKeySet.Of(new JsonWebKey(key.PublicKey, key.KeyId)) }] }),
        ];
        _fhir = Sign(ArtefactFormat.FhirR4, keys, policies);
        _record = Sign(ArtefactFormat.Iso27560, keys, policies);
        var handles = keys.Select(key => BareP256.PublicHandle(key.PublicKey.ExportSubjectPublicKeyInfo().ToArray())).ToList();
        _bare = new(handles, [.. _fhir.Select(input => BareP256.OfToken(input.Jws))]);
    }

    [Benchmark(Baseline = true, Description = "bare verification")]
    public bool Bare() => _bare.Verify();

    [Benchmark(Description = "FHIR Consent in a JWS")]
    public ConsentArtefact Fhir() => Verify(_fhir[_turn.Next()], ArtefactFormat.FhirR4);

    [Benchmark(Description = "27560 record in a JWS")]
    public ConsentArtefact Record() => Verify(_record[_turn.Next()], ArtefactFormat.Iso27560);

    /// <inheritdoc/>
    public Task CheckAsync()
    {
        Right.Is(Fhir().Id.Length == 36 && Record().Id.Length == 36, "the artefact is read");
        var (jws, policy) = _fhir[0];
        Right.Is(ArtefactVerifier.VerifyJws([jws], _fhir[1].Policy, At).Outcome == VerificationOutcome.Undetermined, "a key that nobody gave proves nothing");
        Right.Is(ArtefactVerifier.VerifyJws([jws[..^4] + "AAAA"], policy, At).Outcome == VerificationOutcome.Refused, "another signature is refused");
        return Task.CompletedTask;
    }

    private static ConsentArtefact Verify((string Jws, ArtefactVerificationPolicy Policy) input, ArtefactFormat format)
    {
        var verification = ArtefactVerifier.VerifyJws([input.Jws], input.Policy, At, format);
        return verification.IsAccepted ? verification.Content : throw new InvalidOperationException($"{verification.Error?.Code}.");
    }

    private static (string Jws, ArtefactVerificationPolicy Policy)[] Sign(ArtefactFormat format, LocalSigningKey[] keys, ArtefactVerificationPolicy[] policies) =>
    [
        .. Enumerable.Range(0, Rotation.Inputs).Select(index =>
        {
            var artefact = Artefact(index);
            var bytes = Right.Accepted(ConsentArtefacts.Write(format, artefact)).Bytes;
            var jws = Right.Accepted(ArtefactSigner.SignJsonAsync(bytes, keys[index % keys.Length]).AsTask().GetAwaiter().GetResult());
            return (jws, policies[index % policies.Length]);
        }),
    ];

    private static ConsentArtefact Artefact(int index) => new()
    {
        Id = new Guid(SHA256.HashData(Encoding.ASCII.GetBytes($"synthetic {index}")).AsSpan(0, 16)).ToString("D"),
        IssuedAt = At,
        ExpiresAt = At.AddDays(180),
        Status = ArtefactStatus.Given,
        Subject = new() { Id = $"Patient/p{index}" },
        Provider = new() { Id = "Organization/hospital-b" },
        Recipient = new() { Id = "Organization/clinic-a" },
        AuthTime = At,
        Notice = new("https://op.example.jp/notice/3"),
        Clauses =
        [
            new()
            {
                Purposes = [new("http://terminology.hl7.org/CodeSystem/v3-ActReason", "TREAT", "診療")],
                Data = [new() { Code = "Observation", System = "http://hl7.org/fhir/resource-types" }, new() { Code = "MedicationRequest", System = "http://hl7.org/fhir/resource-types" }],
                Actions = [ArtefactAction.View],
                DataFrom = At.AddYears(-1),
                DataUntil = At,
            },
        ],
    };
}
