using System.Text.Json;
using MedId.TestSupport;

namespace MedId.Heart.Fhir.Scopes.Tests;

/// <summary>The 104 decisions and 24 subset pairs; each decision once with facts and once with raw FHIR JSON made from them.</summary>
public sealed class PublishedVectorTests
{
    private const string Published = "the project's test data, folder scopes (HL7 parts CC0)";

    [Fact]
    public void Decide_PublishedDecisions_AllAsExpectedFromFacts() => DecideAll(DecisionForm.Facts);

    [Fact]
    public void Decide_PublishedDecisions_AllAsExpectedFromRawJson() => DecideAll(DecisionForm.MadeJson);

    [Fact]
    public void Decide_PublishedDecisions_AllAsExpectedFromRawJpCoreResources() => DecideAll(DecisionForm.JpCore);

    [Fact]
    public void JpResources_HaveRareCharactersAndEveryNameOfThePublishedOnes()
    {
        using var document = Open("scopes/scope-decisions.json");
        var jp = JpResources();
        Assert.Equal(document.RootElement.GetProperty("resources").EnumerateObject().Select(one => one.Name), jp.EnumerateObject().Select(one => one.Name));
        Assert.All(["type", "patients", "conf", "sens", "params"], name => Assert.All(jp.EnumerateObject(), one => Assert.False(name is "type" ? one.Value.TryGetProperty("patients", out _) : one.Value.TryGetProperty(name, out _))));
        var name = jp.GetProperty("patP1").GetProperty("name")[0];
        Assert.Equal(("髙橋", "𠮷子"), (name.GetProperty("family").GetString(), name.GetProperty("given")[0].GetString()));
        Assert.Contains("ud842", jp.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public void IsCoveredBy_PublishedPairs_AllAsExpected()
    {
        using var document = Open("scopes/scope-subset.json");
        var wrong = new List<string>();
        var count = 0;
        foreach (var pair in document.RootElement.EnumerateArray())
        {
            count++;
            var (a, b) = (pair.GetProperty("a").GetString()!, pair.GetProperty("b").GetString()!);
            var expected = pair.GetProperty("aIsCoveredByB").GetBoolean();
            var covered = FhirScope.Parse(a) is { Succeeded: true } left && FhirScope.Parse(b) is { Succeeded: true } right && left.Value.IsCoveredBy(right.Value);
            if (covered != expected || Fhir.Scopes(a).IsNarrowingOf(Fhir.Scopes(b)) != expected)
            {
                wrong.Add($"{a} under {b}");
            }
        }

        Assert.Equal(24, count);
        Assert.Empty(wrong);
    }

    [Fact]
    public void PatientCompartmentParameters_PublishedCompartment_IsTheSame()
    {
        using var document = Open("scopes/compartment-patient-r4.json");
        var members = document.RootElement.GetProperty("members").EnumerateObject().ToArray();
        var others = document.RootElement.GetProperty("nonMembers").EnumerateArray().Select(name => name.GetString()!).ToArray();
        Assert.Equal(FhirResourceTypes.Names, members.Select(member => member.Name).Concat(others).Order(StringComparer.Ordinal));
        Assert.All(members, member => Assert.Equal(member.Value.EnumerateArray().Select(name => name.GetString()!), FhirResourceTypes.PatientCompartmentParameters(member.Name)));
        Assert.All(others, name => Assert.Empty(FhirResourceTypes.PatientCompartmentParameters(name)));
    }

    private static JsonDocument Open(string name) => JsonDocument.Parse(File.ReadAllBytes(TestVectors.RequireVectors(name, Published)));

    private static JsonElement JpResources() =>
        JsonElement.Parse(File.ReadAllBytes(Checkout.PathOf("tests", "vectors", "scopes", "jp-resources.json"))).GetProperty("resources");

    private static void DecideAll(DecisionForm form)
    {
        using var document = Open("scopes/scope-decisions.json");
        var run = new DecisionVectors(form == DecisionForm.JpCore ? JpResources() : document.RootElement.GetProperty("resources"), form);
        var cases = document.RootElement.GetProperty("cases").EnumerateArray().ToArray();
        Assert.Equal(104, cases.Length);
        var wrong = cases
            .Select(one => (Number: one.GetProperty("n").GetInt32(), Expected: one.GetProperty("expected").GetString(), Actual: run.Decide(one)))
            .Where(one => !string.Equals(one.Expected, one.Actual, StringComparison.Ordinal))
            .Select(one => $"{one.Number}: {one.Actual} instead of {one.Expected}");
        Assert.Empty(wrong);
    }
}
