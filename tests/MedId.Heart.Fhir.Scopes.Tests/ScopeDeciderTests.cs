namespace MedId.Heart.Fhir.Scopes.Tests;

/// <summary>One valid read, then one change each.</summary>
public sealed class ScopeDeciderTests
{
    private const string Read = "GET Observation/o1";
    private const string Scope = "patient/Observation.read";

    [Fact]
    public void Decide_Read_IsPermittedByItsScope() => Fhir.Permitted(Fhir.Decide("openid " + Scope, Read, Fhir.Observation()), Scope);

    [Fact]
    public void DecideRequest_Read_PermitsNothingBeforeTheResourceIsSeen() => Assert.Equal(ScopeOutcome.Examine, Fhir.First(Scope, Read).Outcome);

    [Theory]
    [InlineData("")]
    [InlineData("openid")]
    [InlineData("patient/Condition.read")]
    [InlineData("patient/Observation.write")]
    [InlineData("patient/Observation.s")]
    [InlineData("patient/Observation.read-only")]
    public void DecideRequest_ScopeOrTypeThatDoesNotFit_IsRefusedBeforeTheStore(string scopes) => Fhir.Denied(ScopesErrorCodes.Insufficient, Fhir.First(scopes, Read));

    [Fact]
    public void Default_Decision_Denies() => Fhir.Denied(ScopesErrorCodes.Insufficient, default);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("Patient/p1")]
    [InlineData("..")]
    [InlineData("p 1")]
    public void DecideRequest_NoPatientInTheToken_IsRefused(string? patient) =>
        Fhir.Denied(ScopesErrorCodes.PatientContextMissing, Fhir.First(Scope, Read, new FhirTokenContext { Patient = patient }));

    [Fact]
    public void DecideRequest_NoUserInTheToken_IsRefused() =>
        Fhir.Denied(ScopesErrorCodes.UserContextMissing, Fhir.First("user/Observation.read", Read, new FhirTokenContext { UserPatients = ["p1"] }));

    [Fact]
    public void DecideResource_OtherPatient_IsRefused() => Fhir.Denied(ScopesErrorCodes.OtherPatient, Fhir.Decide(Scope, Read, Fhir.Observation("p2")));

    [Theory]
    [InlineData("p1x")]
    [InlineData("P1")]
    [InlineData("p")]
    public void DecideResource_PatientWhoseIdIsAlmostTheSame_IsRefused(string patient) => Fhir.Denied(ScopesErrorCodes.OtherPatient, Fhir.Decide(Scope, Read, Fhir.Observation(patient)));

    [Fact]
    public void DecideResource_UserWithoutTheRecord_IsRefused() =>
        Fhir.Denied(ScopesErrorCodes.UserNotPermitted, Fhir.Decide("user/Observation.read", Read, Fhir.Observation("p2"), context: Fhir.Doctor));

    [Fact]
    public void DecideResource_UserRule_DecidesInPlaceOfTheList()
    {
        var asked = new List<UserAccess>();
        var options = new ScopeDecisionOptions
        {
            UserRule = access =>
            {
                asked.Add(access);
                return access.Resource.GetProperty("status").ValueEquals("final");
            },
        };
        Fhir.Permitted(Fhir.Decide("user/Observation.read", Read, Fhir.Observation("p2"), context: Fhir.Doctor, options: options), "user/Observation.read");
        var access = Assert.Single(asked);
        Assert.Equal(("Practitioner/d1", FhirPermissions.Read, "Observation"), (access.User, access.Permission, access.ResourceType));
    }

    [Fact]
    public void DecideResource_UserRuleThatSaysNo_IsRefused() => Fhir.Denied(
        ScopesErrorCodes.UserNotPermitted,
        Fhir.Decide("user/Observation.read", Read, Fhir.Observation(), context: Fhir.Doctor, options: new() { UserRule = _ => false }));

    [Fact]
    public void DecideResource_PatientAndUserScope_EachOpensItsOwnRecords()
    {
        var both = Fhir.Doctor with { Patient = "p9" };
        Fhir.Permitted(Fhir.Decide("patient/Observation.r user/Observation.r", Read, Fhir.Observation("p9"), context: both), "patient/Observation.r");
        Fhir.Permitted(Fhir.Decide("patient/Observation.r user/Observation.r", Read, Fhir.Observation("p1"), context: both), "user/Observation.r");
        Fhir.Denied(ScopesErrorCodes.OtherPatient, Fhir.Decide("patient/Observation.r user/Observation.r", Read, Fhir.Observation("p2"), context: both));
    }

    [Theory]
    [InlineData("""{"resourceType":"Condition","id":"o1","subject":{"reference":"Patient/p1"}}""")]
    [InlineData("""{"resourceType":"Observation","id":"o2","subject":{"reference":"Patient/p1"}}""")]
    [InlineData("""{"resourceType":"Observation","subject":{"reference":"Patient/p1"}}""")]
    [InlineData("""{"resourceType":5,"id":"o1","subject":{"reference":"Patient/p1"}}""")]
    [InlineData("""{"id":"o1","subject":{"reference":"Patient/p1"}}""")]
    [InlineData("""["Observation"]""")]
    [InlineData("\"Observation\"")]
    [InlineData("null")]
    public void DecideResource_ImageOfSomethingElse_IsRefused(string json) => Fhir.Denied(ScopesErrorCodes.ImageMalformed, Fhir.Decide(Scope, Read, Fhir.Json(json)));

    [Fact]
    public void DecideResource_MissingImage_IsMisuse()
    {
        Assert.Throws<ArgumentException>(() => Fhir.Decide(Scope, Read));
        Assert.Throws<ArgumentException>(() => Fhir.Decide("patient/Observation.cruds", "PUT Observation/o1", Fhir.Observation()));
        Assert.Throws<ArgumentException>(() => Fhir.Decide("patient/Observation.cruds", "PATCH Observation/o1", default, Fhir.Observation()));
        Assert.Throws<ArgumentException>(() => new ScopeDecider().DecideResource(Fhir.Scopes(Scope), Fhir.P1, Fhir.Request("GET Observation"), Fhir.Observation()));
    }

    [Theory]
    [InlineData("PUT Observation/o1")]
    [InlineData("PATCH Observation/o1")]
    public void DecideResource_Change_TestsBothImages(string line)
    {
        Fhir.Permitted(Fhir.Decide("patient/Observation.u", line, Fhir.Observation(), Fhir.Observation()), "patient/Observation.u");
        Fhir.Denied(ScopesErrorCodes.OtherPatient, Fhir.Decide("patient/Observation.u", line, Fhir.Observation(), Fhir.Observation("p2")));
        Fhir.Denied(ScopesErrorCodes.OtherPatient, Fhir.Decide("patient/Observation.u", line, Fhir.Observation("p2"), Fhir.Observation()));
        Fhir.Denied(ScopesErrorCodes.ImageMalformed, Fhir.Decide("patient/Observation.u", line, Fhir.Observation(), Fhir.Observation(id: "o2")));
    }

    [Fact]
    public void DecideResource_TwoScopesForHalfAChangeEach_DoNotMakeOne() => Fhir.Denied(
        ScopesErrorCodes.ConstraintNotMet,
        Fhir.Decide(
            "patient/Observation.u?status=final patient/Observation.u?status=amended",
            "PUT Observation/o1",
            Fhir.Observation(),
            Fhir.Json(Fhir.Observation().GetRawText().Replace("final", "amended", StringComparison.Ordinal))));

    [Fact]
    public void DecideResource_UpdateThatCreates_NeedsUpdateOnly() =>
        Fhir.Permitted(Fhir.Decide("patient/Observation.u", "PUT Observation/o1", default, Fhir.Observation()), "patient/Observation.u");

    [Theory]
    [InlineData("POST Patient", "p1")]
    [InlineData("PUT Patient/p1", "p1")]
    public void Decide_PatientScopeThatWouldMakeAPatient_IsRefused(string line, string id) => Fhir.Denied(
        ScopesErrorCodes.NotWritable, Fhir.Decide("patient/*.cruds", line, default, Fhir.Json($$"""{"resourceType":"Patient","id":"{{id}}"}""")));

    [Fact]
    public void Decide_OwnPatient_MayBeChanged()
    {
        var patient = Fhir.Json("""{"resourceType":"Patient","id":"p1"}""");
        Fhir.Permitted(Fhir.Decide("patient/Patient.u", "PUT Patient/p1", patient, patient), "patient/Patient.u");
    }

    [Theory]
    [InlineData("PUT Practitioner/d1")]
    [InlineData("DELETE Practitioner/d1")]
    public void Decide_SharedTypeByPatientScope_IsReadOnly(string line)
    {
        var doctor = Fhir.Json("""{"resourceType":"Practitioner","id":"d1"}""");
        Fhir.Denied(ScopesErrorCodes.NotWritable, Fhir.Decide("patient/*.cruds", line, doctor, doctor));
        Fhir.Permitted(Fhir.Decide("patient/*.cruds", "GET Practitioner/d1", doctor), "patient/*.cruds");
    }

    [Fact]
    public void Decide_TypeThatIsNeitherThePatientsNorShared_IsRefused()
    {
        Fhir.Denied(ScopesErrorCodes.NotInCompartment, Fhir.First("patient/*.read", "GET ValueSet/v1"));
        Fhir.Denied(ScopesErrorCodes.NotInCompartment, Fhir.First("patient/*.read", "GET Practitioner/d1", options: new() { SharedTypes = [] }));
        Assert.Equal(ScopeOutcome.Examine, Fhir.First("user/*.read", "GET ValueSet/v1", Fhir.Doctor).Outcome);
    }

    [Theory]
    [InlineData("""{"resourceType":"Device","id":"x"}""", true)]
    [InlineData("""{"resourceType":"Device","id":"x","patient":{"reference":"Patient/p1"}}""", true)]
    [InlineData("""{"resourceType":"Device","id":"x","patient":{"reference":"Patient/p2"}}""", false)]
    [InlineData("""{"resourceType":"Device","id":"x","patient":{"display":"somebody"}}""", false)]
    [InlineData("""{"resourceType":"Device","id":"x","patient":{"reference":"Practitioner/p1"}}""", false)]
    [InlineData("""{"resourceType":"Device","id":"x","patient":{"reference":"#p1"}}""", false)]
    public void Decide_Device_IsSharedUnlessItIsSomebodyElses(string json, bool permitted)
    {
        Assert.Equal(permitted, !Fhir.Decide("patient/Device.read", "GET Device/x", Fhir.Json(json)).IsDenied);
        Assert.Equal(permitted, !Fhir.Decide("user/Device.read", "GET Device/x", Fhir.Json(json), context: Fhir.Doctor).IsDenied);
    }

    [Theory]
    [InlineData("GET metadata")]
    [InlineData("GET .well-known/smart-configuration")]
    public void Decide_Capabilities_AreOpen(string line) => Assert.Equal(ScopeOutcome.Permit, Fhir.Decide("", line, context: FhirTokenContext.None).Outcome);

    [Theory]
    [InlineData("patient/Observation.u", "PUT Observation?identifier=x", false)]
    [InlineData("patient/Observation.us", "PUT Observation?identifier=x", true)]
    [InlineData("patient/Observation.u patient/Observation.s", "PATCH Observation?identifier=x", true)]
    [InlineData("patient/Observation.d", "DELETE Observation?identifier=x", false)]
    [InlineData("patient/Observation.ds", "DELETE Observation?identifier=x", true)]
    [InlineData("patient/Observation.us", "PUT Observation?subject:Patient.name=x", false)]
    [InlineData("patient/Observation.us patient/Patient.s", "PUT Observation?subject:Patient.name=x", true)]
    public void DecideRequest_ConditionalWrite_NeedsSearchToo(string scopes, string line, bool goesOn)
    {
        var decision = Fhir.First(scopes, line);
        Assert.Equal(goesOn ? ScopeOutcome.Examine : ScopeOutcome.Deny, decision.Outcome);
        Assert.Equal(goesOn, decision.Condition is not null);
        Assert.Null(decision.Filter);
        if (!goesOn)
        {
            Fhir.Denied(ScopesErrorCodes.Insufficient, decision);
        }
    }

    [Fact]
    public void DecideRequest_ConditionalCreate_NeedsSearchToo()
    {
        var request = Fhir.Accepted(FhirRequest.Parse("POST", "Observation", ifNoneExist: "identifier=x"));
        var decider = new ScopeDecider();
        Fhir.Denied(ScopesErrorCodes.Insufficient, decider.DecideRequest(Fhir.Scopes("patient/Observation.c"), Fhir.P1, request));
        Assert.Equal(ScopeOutcome.Examine, decider.DecideRequest(Fhir.Scopes("patient/Observation.cs"), Fhir.P1, request).Outcome);
    }

    [Theory]
    [InlineData(Read, "", "patient/Observation.read", "patient/Observation.r")]
    [InlineData("POST Observation", Scope, "patient/Observation.write", "patient/Observation.c")]
    [InlineData("GET ?_type=Observation,Condition", Scope, "patient/Condition.read", "patient/Condition.s")]
    [InlineData("GET _history", Scope, "patient/*.read", "patient/*.s")]
    [InlineData("GET Observation?subject:Patient.name=x", Scope, "patient/Patient.read", "patient/Patient.s")]
    public void RequiredScope_OfARefusal_IsTheOneThatWasMissing(string line, string scopes, string readWrite, string cruds)
    {
        Assert.Equal(readWrite, Fhir.First(scopes, line).RequiredScope);
        Assert.Equal(cruds, Fhir.First(scopes, line, options: new() { Syntax = FhirScopeSyntax.Cruds }).RequiredScope);
    }

    [Fact]
    public void RequiredScope_WhereNoScopeWouldHelp_IsNull()
    {
        Assert.Null(Fhir.Decide(Scope, Read, Fhir.Observation("p2")).RequiredScope);
        Assert.Null(Fhir.First(Scope, Read, FhirTokenContext.None).RequiredScope);
        Assert.Equal("user/Condition.read", Fhir.First("user/Observation.read", "GET Condition/c1", Fhir.Doctor).RequiredScope);
    }

    [Fact]
    public void ToString_OfWhatHoldsPersonalData_HoldsNone()
    {
        Assert.Equal("FhirTokenContext", Fhir.P1.ToString());
        Assert.Equal("ResourceImage", ((ResourceImage)Fhir.Observation()).ToString());
        Assert.Equal("Observation", new ResourceFacts { ResourceType = "Observation", Patients = ["p1"] }.ToString());
        Assert.Equal("Read Observation", Fhir.Request(Read).ToString());
        Assert.Equal("Deny scopes.other_patient", Fhir.Decide(Scope, Read, Fhir.Observation("p2")).ToString());
    }

    [Fact]
    public void Decide_UserWhoWritesWhatIsNobodys_NeedsARuleOfTheServer()
    {
        // A Subscription would push everybody's data; an Organization may be for an administrator.
        var subscription = Fhir.Json("""{"resourceType":"Subscription","id":"s1","criteria":"Observation?code=x"}""");
        Fhir.Denied(ScopesErrorCodes.UserNotPermitted, Fhir.Decide("user/*.cruds", "POST Subscription", default, subscription, Fhir.Doctor));
        Fhir.Denied(ScopesErrorCodes.UserNotPermitted, Fhir.Decide("user/*.cruds", "DELETE Subscription/s1", subscription, context: Fhir.Doctor));
        Fhir.Permitted(Fhir.Decide("user/*.cruds", "GET Subscription/s1", subscription, context: Fhir.Doctor), "user/*.cruds");
        Fhir.Permitted(Fhir.Decide("user/*.cruds", "POST Subscription", default, subscription, Fhir.Doctor, new() { UserRule = _ => true }), "user/*.cruds");
    }

    // What a condition has found has to be something that the token may find, and is what the change names.
    [Theory]
    [InlineData("patient/Observation.us", "o1", "o1", true)]
    [InlineData("patient/Observation.us", "o1", null, true)]
    [InlineData("patient/Observation.us", "o1", "o2", false)]
    [InlineData("patient/Observation.u patient/Observation.s?status=amended", "o1", "o1", false)]
    public void DecideResource_ConditionalUpdate_LooksAtWhatWasFound(string scopes, string found, string? written, bool permitted)
    {
        var after = Fhir.Observation(id: written ?? "o1").GetRawText();
        after = written is null ? after.Replace("\"id\":\"o1\",", "", StringComparison.Ordinal) : after;
        Assert.Equal(permitted, !Fhir.Decide(scopes, "PUT Observation?identifier=x", Fhir.Observation(id: found), Fhir.Json(after)).IsDenied);
    }

    [Fact]
    public void DecideResource_CreateWithAStoredResource_StillMakesAPatient()
    {
        var patient = Fhir.Json("""{"resourceType":"Patient","id":"p1"}""");
        Fhir.Denied(ScopesErrorCodes.NotWritable, Fhir.Decide("patient/*.cruds", "POST Patient", patient, patient));
        Fhir.Denied(ScopesErrorCodes.NotWritable, new ScopeDecider().DecideResource(Fhir.Scopes("patient/*.cruds"), Fhir.P1, Fhir.Request("POST Patient"), patient, patient));
    }

    [Fact]
    public void Decide_UserWhoMakesAPatient_NeedsARuleOfTheServer()
    {
        // The id in the body is not the one that the server will give.
        var patient = Fhir.Json("""{"resourceType":"Patient","id":"p1"}""");
        Fhir.Denied(ScopesErrorCodes.UserNotPermitted, Fhir.Decide("user/*.cruds", "POST Patient", default, patient, Fhir.Doctor));
        Fhir.Permitted(Fhir.Decide("user/*.cruds", "POST Patient", default, patient, Fhir.Doctor, new() { UserRule = _ => true }), "user/*.cruds");
        Fhir.Permitted(Fhir.Decide("user/*.cruds", "PUT Patient/p1", default, patient, Fhir.Doctor), "user/*.cruds");
    }

    // Types outside the compartment are everybody's only where they speak about nobody else.
    [Theory]
    [InlineData("GuidanceResponse", """ "subject":{"reference":"Patient/p1"} """, true)]
    [InlineData("GuidanceResponse", """ "subject":{"identifier":{"value":"77"}} """, false)]
    [InlineData("GuidanceResponse", """ "subject":{"reference":"urn:uuid:a"} """, false)]
    [InlineData("GuidanceResponse", """ "subject":{"reference":"#p"} """, false)]
    [InlineData("GuidanceResponse", """ "subject":{"reference":"Group/g1"} """, true)]
    [InlineData("Contract", """ "subject":[{"reference":"Patient/p1"}],"signer":[{"party":{"reference":"Patient/p2"}}] """, false)]
    [InlineData("MessageHeader", """ "focus":[{"reference":"Observation/o1"}] """, true)]
    [InlineData("MessageHeader", """ "focus":[{"reference":"https://fhir.example.jp/r4/Observation/o1/_history/2"}] """, true)]
    [InlineData("MessageHeader", """ "focus":[{"reference":"https://fhir.example.jp/r4/Patient/p1"}] """, false)]
    [InlineData("GuidanceResponse", """ "subject":{"reference":"Patient/p2"} """, false)]
    [InlineData("Contract", """ "subject":[{"reference":"Organization/g1"},{"reference":"Patient/p2"}] """, false)]
    [InlineData("Organization", """ "name":"架空医療センター" """, true)]
    [InlineData("Bundle", """ "type":"document" """, false)]
    public void Decide_UserScopeOnATypeOutsideTheCompartment_OpensWhatIsNobodyElses(string type, string members, bool permitted)
    {
        var json = Fhir.Json($$"""{"resourceType":"{{type}}","id":"x",{{members}}}""");
        Assert.Equal(permitted ? "Permit" : "Deny scopes.user_not_permitted", Fhir.Decide("user/*.read", $"GET {type}/x", json, context: Fhir.Doctor).ToString());
        Assert.Equal(permitted ? "Permit" : "Deny scopes.other_patient", Fhir.Decide("patient/*.read", $"GET {type}/x", json, options: new() { SharedTypes = [type] }).ToString());
        Fhir.Permitted(Fhir.Decide("system/*.read", $"GET {type}/x", json, context: FhirTokenContext.None), "system/*.read");
    }

    // .NET reads neither names nor strings with half a surrogate pair, or octets that are no UTF-8: such a resource is none, and nothing is thrown.
    [Theory]
    [InlineData("\"\\ud800aaaaaaaaaaaaaaaaaaaaaa\":1")]
    [InlineData("\"code\":{\"text\":\"\\ud800\"}")]
    [InlineData("\"code\":{\"text\":\"\\udfb7\\ud842\"}")]
    [InlineData("\"code\":{\"text\":\"\\ud842x\\udfb7\"}")]
    public void DecideResource_TextThatIsNone_IsRefused(string member)
    {
        var json = Fhir.Observation().GetRawText();
        Fhir.Denied(ScopesErrorCodes.ImageMalformed, Fhir.Decide(Scope, Read, Fhir.Json(json.Insert(1, member + ","))));
        var whole = member.Replace("\\ud800", "\\ud842\\udfb7", StringComparison.Ordinal).Replace("\\udfb7\\ud842", "\\ud842\\udfb7", StringComparison.Ordinal).Replace("\\ud842x", "\\ud842", StringComparison.Ordinal);
        Fhir.Permitted(Fhir.Decide(Scope, Read, Fhir.Json(json.Insert(1, whole + ","))), Scope);
    }

    [Fact]
    public void DecideResource_OctetsThatAreNoUtf8_AreRefused()
    {
        var json = System.Text.Encoding.UTF8.GetBytes(Fhir.Observation().GetRawText().Insert(1, "\"note\":\"?\","));
        Fhir.Permitted(Fhir.Decide(Scope, Read, System.Text.Json.JsonDocument.Parse(json).RootElement), Scope);
        json[Array.IndexOf(json, (byte)'?')] = 0xFF;
        Fhir.Denied(ScopesErrorCodes.ImageMalformed, Fhir.Decide(Scope, Read, System.Text.Json.JsonDocument.Parse(json).RootElement));
    }
}
