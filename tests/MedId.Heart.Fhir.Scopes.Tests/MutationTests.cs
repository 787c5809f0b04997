using System.Diagnostics;
using System.Text;
using System.Text.Json;
using MedId.TestSupport;

namespace MedId.Heart.Fhir.Scopes.Tests;

/// <summary>
/// Seeded changes of what comes from outside: 200,000 of each reader, or as many as fit in some seconds on a slow machine. None throws, none hangs, and none opens anything that the
/// original does not open.
/// </summary>
public sealed class MutationTests
{
    private const int Most = 200_000;
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan LongestOne = TimeSpan.FromSeconds(2);

    private static readonly string[] Lists =
    [
        "openid launch/patient?role=x patient/Observation.rs?category=" + Fhir.CategorySystem + "|laboratory&status=final conf/R sens/HIV btg",
        "http://smarthealthit.org/fhir/scopes/user/MedicationRequest.cruds system/*.read patient/*.*",
    ];

    private static readonly string[] Lines =
    [
        "/Patient/p1/Observation?category=laboratory&subject:Patient.name=%E6%A4%9C&_has:Observation:patient:code=x&_type=Observation",
        "Observation/o1/_history/2?_format=json",
    ];

    [Fact]
    public void ScopeSet_Mutants_NeverThrowAndKeepTheirNormalForm()
    {
        var read = Run(Lists, text =>
        {
            var set = ScopeSet.Parse(text);
            if (!set.Succeeded)
            {
                return false;
            }

            var normal = set.Value.Normalise();
            Assert.Equal(normal.ToString(), Fhir.Scopes(normal.ToString()).Normalise().ToString());
            Assert.Empty(Fhir.Scopes(normal.ToString()).Ignored);
            return set.Value.Scopes.Count != 0;
        });
        Assert.NotEqual(0, read);
    }

    [Fact]
    public void FhirRequest_Mutants_NeverThrow()
    {
        var decider = new ScopeDecider();
        var scopes = Fhir.Scopes("patient/Observation.rs");
        var read = Run(Lines, text =>
        {
            var asked = FhirRequest.Parse("GET", text);
            _ = FhirRequest.Parse("POST", text, form: text);
            _ = FhirRequest.Parse("POST", "Observation", ifNoneExist: text);
            if (!asked.Succeeded)
            {
                return false;
            }

            // What is read is decided, and a scope on one type opens no other.
            var decision = decider.DecideRequest(scopes, Fhir.P1, asked.Value);
            Assert.True(decision.IsDenied || asked.Value.ResourceType is "Observation" || asked.Value.Interaction == FhirInteraction.Capabilities || asked.Value.SearchedTypes is ["Observation", ..], text);
            return true;
        });
        Assert.NotEqual(0, read);
    }

    [Fact]
    public void Resource_Mutants_NeverThrowAndOpenNothingWithoutThePatient()
    {
        var decider = new ScopeDecider(new() { ServiceBase = "https://fhir.example.jp/r4" });
        var scopes = Fhir.Scopes("patient/*.read?_tag=t patient/Observation.cruds?category=laboratory&status=final sens/HIV");
        var context = Fhir.P1 with
        {
            At = new(2026, 4, 1, 0, 0, 0, TimeSpan.Zero),
            Consent = new() { Data = [Fhir.Accepted(ConsentDataClass.Parse("Observation?category=laboratory"))], DataFrom = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero) },
        };
        const string resource = """
            {"resourceType":"Observation","id":"o1","meta":{"security":[{"system":"http://terminology.hl7.org/CodeSystem/v3-ActCode","code":"HIV"}],"tag":[{"code":"t"}]},"status":"final",
             "contained":[{"resourceType":"Specimen","id":"s","meta":{"security":[{"code":"N"}]}}],"category":[{"coding":[{"code":"laboratory"}]}],"code":{"text":"𠮷\ud842\udfb7",
             "extension":[{"url":"http://hl7.org/fhir/uv/security-label-ds4p/StructureDefinition/extension-inline-sec-label","valueCoding":{"code":"HIV"}}]},
             "subject":{"reference":"Patient/p1"},"effectivePeriod":{"start":"2026-03-02","end":"2026-03-02T09:00:00+09:00"}}
            """;
        var (read, create, search) = (Fhir.Request("GET Observation/o1"), Fhir.Request("POST Observation"), decider.DecideRequest(scopes, context, Fhir.Request("GET Observation")).Filter!);
        Assert.False(decider.Decide(scopes, context, read, Fhir.Json(resource)).IsDenied);
        var opened = Run([resource], text =>
        {
            if (!TryParse(text, out var json))
            {
                return false;
            }

            var decision = decider.Decide(scopes, context, read, json);
            _ = decider.Decide(scopes, context, create, default, json);
            _ = search.Permits(json);
            _ = search.Permits(((ResourceImage)json).WithSecurityContext(json));
            if (decision.IsDenied)
            {
                return false;
            }

            // What is permitted still says so, as another reader of JSON reads it.
            Assert.Equal("Patient/p1", json.GetProperty("subject").GetProperty("reference").GetString()!.Split("/_history/")[0]);
            Assert.Equal("final", json.GetProperty("status").GetString());
            return true;
        });
        Assert.NotEqual(0, opened);
    }

    [Fact]
    public void Bundle_Mutants_NeverThrowAndPermitNoStranger()
    {
        var decider = new ScopeDecider();
        var scopes = Fhir.Scopes("patient/Observation.cruds patient/Patient.u");
        const string bundle = """
            {"resourceType":"Bundle","type":"transaction","entry":[
             {"fullUrl":"urn:uuid:a","resource":{"resourceType":"Patient","id":"p1"},"request":{"method":"PUT","url":"Patient/p1"}},
             {"fullUrl":"urn:uuid:b","resource":{"resourceType":"Observation","subject":{"reference":"urn:uuid:a"},"encounter":{"reference":"Encounter?identifier=x"}},"request":{"method":"POST","url":"Observation","ifNoneExist":"identifier=x"}},
             {"request":{"method":"GET","url":"Observation?code=x"}}]}
            """;
        var patient = Fhir.Json("""{"resourceType":"Patient","id":"p1"}""");
        var read = Run([bundle], text =>
        {
            if (!TryParse(text, out var json) || FhirBundle.Parse(json) is not { Succeeded: true, Value: var parsed })
            {
                return false;
            }

            foreach (var entry in parsed.Entries)
            {
                var decision = decider.DecideEntry(scopes, Fhir.P1, entry, entry.Request?.ResourceType is "Patient" ? patient : default);
                Assert.True(decision.Outcome != ScopeOutcome.Permit || entry.Request!.ResourceType is "Patient" or "Observation" || entry.Request.Interaction == FhirInteraction.Capabilities, text);
            }

            return true;
        });
        Assert.NotEqual(0, read);
    }

    [Fact]
    public void DeepestJson_IsReadAndDeeperIsRefusedByTheReaderOfJson()
    {
        // The depth is the JSON reader's; within it every walk of a resource ends.
        var options = new JsonDocumentOptions { MaxDepth = 1000 };
        var deep = Fhir.Observation().GetRawText().Insert(1, "\"extension\":" + Nested(900) + ",\"note\":\"inline-sec-label ?\",");
        Fhir.Permitted(Fhir.Decide("patient/Observation.read", "GET Observation/o1", JsonDocument.Parse(deep, options).RootElement), "patient/Observation.read");
        Fhir.Permitted(Fhir.Decide("patient/Observation.c", "POST Observation", default, JsonDocument.Parse(deep, options).RootElement), "patient/Observation.c");
        Assert.ThrowsAny<JsonException>(() => JsonDocument.Parse(deep));

        static string Nested(int depth) => string.Concat(Enumerable.Repeat("[{\"extension\":", depth / 2)) + "[]" + string.Concat(Enumerable.Repeat("}]", depth / 2));
    }

    private static bool TryParse(string text, out JsonElement json)
    {
        try
        {
            json = JsonElement.Parse(text, new JsonDocumentOptions { AllowDuplicateProperties = false });
            return true;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // Broken JSON is the caller's to refuse; of half a surrogate pair in a name .NET says it by the other exception, when it looks for doubled names.
            json = default;
            return false;
        }
    }

    /// <summary>How many mutants were read; each is timed, so that one that takes long is seen.</summary>
    private static int Run(string[] originals, Func<string, bool> read)
    {
        var total = Stopwatch.StartNew();
        var accepted = 0;
        foreach (var original in originals)
        {
            foreach (var mutant in SeededMutator.EveryBitFlip(Encoding.UTF8.GetBytes(original)).Concat(new SeededMutator(20261122).Mutate(original, Most / originals.Length)))
            {
                if (total.Elapsed > Longest)
                {
                    return accepted;
                }

                var one = Stopwatch.GetTimestamp();
                accepted += read(mutant.Text) ? 1 : 0;
                Assert.True(Stopwatch.GetElapsedTime(one) < LongestOne, mutant.How);
            }
        }

        return accepted;
    }
}
