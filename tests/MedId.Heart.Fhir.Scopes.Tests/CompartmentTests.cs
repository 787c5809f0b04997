using System.Text.Json.Nodes;

namespace MedId.Heart.Fhir.Scopes.Tests;

public sealed class CompartmentTests
{
    public static TheoryData<string, string> EveryPath { get; } = [.. Paths()];

    [Fact]
    public void Names_OfTheCompartment_Are145TypesOf67WithPaths()
    {
        Assert.Equal(145, FhirResourceTypes.Names.Count);
        Assert.Equal(67, FhirResourceTypes.Names.Count(name => FhirResourceTypes.PatientCompartmentParameters(name).Count != 0));
        Assert.True(FhirResourceTypes.IsKnown("MedicationRequest"));
        Assert.False(FhirResourceTypes.IsKnown("medicationRequest"));
        Assert.Throws<ArgumentException>(() => FhirResourceTypes.PatientCompartmentParameters("Nothing"));
    }

    [Theory]
    [MemberData(nameof(EveryPath))]
    public void DecideResource_ReferenceAtThePath_PutsTheResourceIntoTheRecord(string type, string path)
    {
        Fhir.Permitted(Decide("Patient/p1"), $"patient/{type}.read");
        Fhir.Denied(ScopesErrorCodes.OtherPatient, Decide("Patient/p2"));
        Fhir.Denied(ScopesErrorCodes.OtherPatient, Decide("Practitioner/p1"));

        ScopeDecision Decide(string reference)
        {
            // Once as single elements, once as arrays with a stranger first.
            var decisions = new[] { false, true }.Select(arrays => Fhir.Decide($"patient/{type}.read", $"GET {type}/x", Fhir.Json(Build(type, path, reference, arrays)))).ToArray();
            Assert.Equal(decisions[0].ToString(), decisions[1].ToString());
            return decisions[0];
        }
    }

    [Theory]
    [InlineData("Patient/p1", true)]
    [InlineData("Patient/p1/_history/2", true)]
    [InlineData("Patient/p1/", false)]
    [InlineData("Patient/p1/_historyx", false)]
    [InlineData("Patient/p1?x", false)]
    [InlineData("patient/p1", false)]
    [InlineData("/Patient/p1", false)]
    [InlineData("#p1", false)]
    [InlineData("urn:uuid:p1", false)]
    [InlineData("Patient?identifier=p1", false)]
    [InlineData("https://fhir.example.jp/r4/Patient/p1", false)]
    public void DecideResource_Reference_HasToBeLiteral(string reference, bool member) => Assert.Equal(member, IsMember(reference));

    [Theory]
    [InlineData("https://fhir.example.jp/r4/Patient/p1", true)]
    [InlineData("https://fhir.example.jp/r4/Patient/p1/_history/2", true)]
    [InlineData("https://fhir.example.jp/r4/Patient/p2", false)]
    [InlineData("https://fhir.example.jp/r4x/Patient/p1", false)]
    [InlineData("https://other.example.jp/r4/Patient/p1", false)]
    [InlineData("http://fhir.example.jp/r4/Patient/p1", false)]
    [InlineData("Patient/p1", true)]
    public void DecideResource_AbsoluteReference_CountsBelowTheServiceBaseOnly(string reference, bool member)
    {
        Assert.Equal(member, IsMember(reference, new() { ServiceBase = "https://fhir.example.jp/r4" }));
        Assert.Equal(member, IsMember(reference, new() { ServiceBase = "https://fhir.example.jp/r4/" }));
    }

    [Fact]
    public void DecideResource_ReferenceWithEscapes_IsTheSameReference() => Assert.False(
        Fhir.Decide("patient/Observation.read", "GET Observation/o1", Fhir.Json("""{"resourceType":"Observation","id":"o1","subject":{"reference":"Patient\/\u00701"}}""")).IsDenied);

    [Theory]
    [InlineData("""{"identifier":{"value":"p1"},"display":"Patient/p1"}""")]
    [InlineData("""{"reference":5}""")]
    [InlineData("""{"reference":["Patient/p1"]}""")]
    [InlineData("""{"reference":{"reference":"Patient/p1"}}""")]
    [InlineData("null")]
    public void DecideResource_SubjectThatNamesNobody_IsNobodys(string subject) => Fhir.Denied(
        ScopesErrorCodes.OtherPatient,
        Fhir.Decide("patient/Observation.read", "GET Observation/o1", Fhir.Json($$"""{"resourceType":"Observation","id":"o1","subject":{{subject}}}""")));

    [Fact]
    public void DecideResource_FocusOrDeeperReference_IsNoMembership() => Fhir.Denied(
        ScopesErrorCodes.OtherPatient,
        Fhir.Decide(
            "patient/Observation.read",
            "GET Observation/o1",
            Fhir.Json("""{"resourceType":"Observation","id":"o1","subject":{"reference":"Patient/p2"},"focus":[{"reference":"Patient/p1"}],"extension":[{"subject":{"reference":"Patient/p1"}}]}""")));

    [Fact]
    public void DecideResource_LinkedPatient_MayBeReadButNotWritten()
    {
        var linked = Fhir.Json("""{"resourceType":"Patient","id":"p2","link":[{"other":{"reference":"Patient/p1"},"type":"refer"}]}""");
        Fhir.Permitted(Fhir.Decide("patient/Patient.cruds", "GET Patient/p2", linked), "patient/Patient.cruds");
        Fhir.Denied(ScopesErrorCodes.OtherPatient, Fhir.Decide("patient/Patient.cruds", "PUT Patient/p2", linked, linked));
        Fhir.Denied(ScopesErrorCodes.OtherPatient, Fhir.Decide("patient/Patient.cruds", "DELETE Patient/p2", linked));
        Fhir.Denied(ScopesErrorCodes.OtherPatient, Fhir.Decide("patient/Patient.cruds", "GET Patient/p2", linked, options: new() { LinkedPatientsAreReadable = false }));
    }

    [Theory]
    [InlineData("Patient/p1", null, "Permit")]
    [InlineData("Patient/p2", null, "Deny scopes.other_patient")]
    [InlineData("DocumentReference/d1", null, "Deny scopes.other_patient")]
    [InlineData("DocumentReference/d1", """{"resourceType":"DocumentReference","id":"d1","subject":{"reference":"Patient/p1"}}""", "Permit")]
    [InlineData("DocumentReference/d1", """{"resourceType":"DocumentReference","id":"d1","subject":{"reference":"Patient/p2"}}""", "Deny scopes.other_patient")]
    [InlineData("DocumentReference/d1", """{"resourceType":"DocumentReference","id":"d2","subject":{"reference":"Patient/p1"}}""", "Deny scopes.other_patient")]
    [InlineData("DocumentReference/d1", """{"resourceType":"Observation","id":"d1","subject":{"reference":"Patient/p1"}}""", "Deny scopes.other_patient")]
    [InlineData("Binary/d1", """{"resourceType":"Binary","id":"d1","securityContext":{"reference":"Patient/p1"}}""", "Deny scopes.other_patient")]
    [InlineData(
        "DocumentReference/d1",
        """{"resourceType":"DocumentReference","id":"d1","subject":{"reference":"Patient/p1"},"meta":{"security":[{"system":"http://terminology.hl7.org/CodeSystem/v3-ActCode","code":"HIV"}]}}""",
        "Deny scopes.label_not_granted")]
    public void DecideResource_Binary_FollowsItsSecurityContext(string reference, string? context, string outcome)
    {
        ResourceImage binary = Fhir.Json($$$"""{"resourceType":"Binary","id":"b1","securityContext":{"reference":"{{{reference}}}"}}""");
        binary = context is null ? binary : binary.WithSecurityContext(Fhir.Json(context));
        Assert.Equal(outcome, Fhir.Decide("patient/Binary.read", "GET Binary/b1", binary).ToString());
    }

    [Fact]
    public void DecideResource_BinaryWithoutSecurityContext_IsNobodys()
    {
        var binary = Fhir.Json("""{"resourceType":"Binary","id":"b1"}""");
        Fhir.Denied(ScopesErrorCodes.OtherPatient, Fhir.Decide("patient/*.read", "GET Binary/b1", binary));
        Fhir.Denied(ScopesErrorCodes.UserNotPermitted, Fhir.Decide("user/*.read", "GET Binary/b1", binary, context: Fhir.Doctor));
    }

    private static bool IsMember(string reference, ScopeDecisionOptions? options = null) =>
        !Fhir.Decide("patient/Observation.read", "GET Observation/o1", Fhir.Json($$$"""{"resourceType":"Observation","id":"o1","subject":{"reference":"{{{reference}}}"}}"""), options: options).IsDenied;

    private static IEnumerable<(string Type, string Path)> Paths() =>
        from line in EmbeddedTable.Lines("patient-compartment-r4.txt")
        let words = line.Split(' ')
        from word in words.Skip(1)
        from path in word.Split('=')[1].Split(',')
        select (words[0].TrimEnd(':'), path);

    private static string Build(string type, string path, string reference, bool arrays)
    {
        JsonNode value = new JsonObject { ["reference"] = reference };
        foreach (var name in path.Split('.').Reverse())
        {
            value = new JsonObject { [name] = arrays ? new JsonArray(new JsonObject { ["reference"] = "Group/g1" }, value) : value };
        }

        value["resourceType"] = type;
        value["id"] = "x";
        return value.ToJsonString();
    }
}
