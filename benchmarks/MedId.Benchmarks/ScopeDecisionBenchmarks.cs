using System.Text.Json;
using BenchmarkDotNet.Attributes;
using MedId.Heart.Fhir.Scopes;

namespace MedId.Benchmarks;

/// <summary>What a health data API decides at every read. Nothing here is cryptography; a bare verification stands beside it as the measure.</summary>
public class ScopeDecisionBenchmarks : IChecked
{
    private const string Scope = "openid patient/Patient.read patient/MedicationRequest.read patient/AllergyIntolerance.read";

    private readonly Rotation _turn = new();
    private readonly ScopeDecider _decider = new(new() { ServiceBase = ProviderScene.Resource });
    private readonly ScopeSet _scopes = Right.Accepted(ScopeSet.Parse(Scope));
    private readonly FhirTokenContext[] _patients = [.. Enumerable.Range(0, Rotation.Keys).Select(number => new FhirTokenContext { Patient = $"patient-{number}" })];
    private Read[] _prescriptions = null!;
    private Read[] _observations = null!;
    private BareP256 _bare = null!;

    [GlobalSetup]
    public void Setup()
    {
        _prescriptions = Reads("MedicationRequest");
        _observations = Reads("Observation");
        _bare = BareP256.Generate();
    }

    [Benchmark(Baseline = true, Description = "bare verification")]
    public bool Bare() => _bare.Verify();

    [Benchmark(Description = "permit: own prescription")]
    public ScopeDecision Permit() => Decide(_prescriptions, neighbour: 0, ScopeOutcome.Permit);

    [Benchmark(Description = "deny: no scope for the type")]
    public ScopeDecision DenyType() => Decide(_observations, neighbour: 0, ScopeOutcome.Deny);

    [Benchmark(Description = "deny: another patient's prescription")]
    public ScopeDecision DenyPatient() => Decide(_prescriptions, neighbour: 1, ScopeOutcome.Deny);

    [Benchmark(Description = "permit, scope and request from text")]
    public ScopeDecision PermitFromText()
    {
        var index = _turn.Next();
        var read = _prescriptions[index];
        var decision = _decider.Decide(
            Right.Accepted(ScopeSet.Parse(Scope)), new() { Patient = read.Patient }, Right.Accepted(FhirRequest.Parse("GET", read.Path)), read.Resource);
        Right.Is(decision.Outcome == ScopeOutcome.Permit, "permitted");
        return decision;
    }

    /// <inheritdoc/>
    public Task CheckAsync()
    {
        Right.Is(Permit().By is [{ Value: "patient/MedicationRequest.read" }], "the scope that opens it is named");
        Right.Is(DenyType() is { Error.Code: ScopesErrorCodes.Insufficient, RequiredScope: "patient/Observation.read" }, "the scope that is missing is named");
        Right.Is(DenyPatient().Error?.Code == ScopesErrorCodes.OtherPatient, "another patient's record stays closed");
        return Task.CompletedTask;
    }

    private static Read[] Reads(string type) => [.. Enumerable.Range(0, Rotation.Inputs).Select(index =>
    {
        var patient = $"patient-{index % Rotation.Keys}";
        var json = $$$"""
            {
              "resourceType": "{{{type}}}", "id": "synthetic-{{{index}}}", "meta": {"versionId": "1", "lastUpdated": "2026-11-21T09:00:00Z"},
              "status": "active", "intent": "order", "code": {"text": "合成データ"},
              "medicationCodeableConcept": {"text": "合成データ {{{index}}}"},
              "subject": {"reference": "Patient/{{{patient}}}"}, "authoredOn": "2026-11-20"
            }
            """;
        return new Read(patient, $"{type}/synthetic-{index}", FhirRequest.For(FhirInteraction.Read, type, $"synthetic-{index}"), JsonElement.Parse(json));
    })];

    private ScopeDecision Decide(Read[] reads, int neighbour, ScopeOutcome expected)
    {
        var index = _turn.Next();
        var read = reads[index];
        var decision = _decider.Decide(_scopes, _patients[(index + neighbour) % Rotation.Keys], read.Request, read.Resource);
        Right.Is(decision.Outcome == expected, "the decision");
        return decision;
    }

    private sealed record Read(string Patient, string Path, FhirRequest Request, JsonElement Resource);
}
