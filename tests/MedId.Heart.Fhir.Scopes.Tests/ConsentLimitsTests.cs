using System.Text.Json;

namespace MedId.Heart.Fhir.Scopes.Tests;

/// <summary>One consent that holds, then one change each; the clause is named, and labels come before it.</summary>
public sealed class ConsentLimitsTests
{
    private const string Scope = "patient/Observation.read";
    private const string Read = "GET Observation/o1";
    private static readonly DateTimeOffset From = new(2026, 1, 1, 0, 0, 0, TimeSpan.FromHours(9));

    private static readonly ConsentLimits Valid = new()
    {
        ValidFrom = From,
        ValidUntil = From.AddYears(1),
        Purposes = ["TREAT"],
        Recipients = ["clinic-b"],
        Data = [Fhir.Accepted(ConsentDataClass.Parse("Observation?category=" + Fhir.CategorySystem + "|laboratory")), Fhir.Accepted(ConsentDataClass.Parse("Condition"))],
        DataFrom = From.AddYears(-1),
        DataUntil = From.AddYears(1),
    };

    private static readonly FhirTokenContext Context = new() { Patient = "p1", Purpose = "TREAT", ClientId = "clinic-b", Consent = Valid, At = From.AddDays(10) };

    [Fact]
    public void Decide_EveryClauseHolds_IsPermittedByTheScope()
    {
        var decision = Decide(Context);
        Fhir.Permitted(decision, Scope);
        Assert.Null(decision.Clause);
    }

    [Theory]
    [InlineData(-1, false)]
    [InlineData(0, true)]
    [InlineData(31535999, true)]
    [InlineData(31536000, false)]
    public void Decide_Period_BeginsAndEndsToTheSecond(int seconds, bool permitted) => Check(permitted, ScopesErrorCodes.ConsentPeriod, ConsentClause.Period, Context with { At = From.AddSeconds(seconds) });

    [Fact]
    public void Decide_PeriodWithoutATimeToCompare_IsRefused() => Check(false, ScopesErrorCodes.ConsentPeriod, ConsentClause.Period, Context with { At = null });

    [Theory]
    [InlineData("TREAT", true)]
    [InlineData("ETREAT", false)]
    [InlineData("treat", false)]
    [InlineData(null, false)]
    public void Decide_Purpose_HasToBeOneOfTheConsent(string? purpose, bool permitted) =>
        Check(permitted, ScopesErrorCodes.ConsentPurpose, ConsentClause.Purpose, Context with { Purpose = purpose });

    [Theory]
    [InlineData("clinic-b", true)]
    [InlineData("clinic-c", false)]
    [InlineData(null, false)]
    public void Decide_Recipient_HasToBeOneOfTheConsent(string? client, bool permitted) =>
        Check(permitted, ScopesErrorCodes.ConsentRecipient, ConsentClause.Recipient, Context with { ClientId = client });

    [Theory]
    [InlineData("laboratory", true)]
    [InlineData("vital-signs", false)]
    public void Decide_DataClass_IsLookedForInTheResource(string category, bool permitted)
    {
        var json = Fhir.Observation().GetRawText().Replace("laboratory", category, StringComparison.Ordinal);
        var decision = Decide(Context, json);
        Assert.Equal(permitted ? "Permit" : "Deny " + ScopesErrorCodes.ConsentData, decision.ToString());
        Assert.Equal(permitted ? null : ConsentClause.DataClass, decision.Clause);
    }

    [Fact]
    public void DecideRequest_TypeThatTheConsentDoesNotName_IsRefusedBeforeTheStore()
    {
        var decision = Fhir.First("patient/*.read", "GET MedicationRequest/m1", Context);
        Fhir.Denied(ScopesErrorCodes.ConsentData, decision);
        Assert.Equal(["patient/*.read"], decision.Fitting.Select(scope => scope.Value));
        Fhir.Denied(ScopesErrorCodes.ConsentData, Fhir.First("patient/*.read", "GET Observation?encounter.status=finished", Context));
        Fhir.Denied(ScopesErrorCodes.ConsentData, Fhir.First("patient/*.read", "GET Condition?_has:Observation:encounter:code=x", Context));
        Assert.Equal(ScopeOutcome.Filter, Fhir.First("patient/*.read", "GET _history", Context).Outcome);
    }

    [Fact]
    public void Decide_EmptyList_PermitsNothing()
    {
        Fhir.Denied(ScopesErrorCodes.ConsentData, Decide(Context with { Consent = Valid with { Data = [] } }));
        Fhir.Denied(ScopesErrorCodes.ConsentPurpose, Decide(Context with { Consent = Valid with { Purposes = [] } }));
        Fhir.Denied(ScopesErrorCodes.ConsentRecipient, Decide(Context with { Consent = Valid with { Recipients = [] } }));
    }

    // The range is 2025 and 2026 in Japan.
    [Theory]
    [InlineData("\"effectiveDateTime\":\"2025-01-01\"", true)]
    [InlineData("\"effectiveDateTime\":\"2024-12-31\"", false)]
    [InlineData("\"effectiveDateTime\":\"2026-12-31\"", true)]
    [InlineData("\"effectiveDateTime\":\"2027-01-01\"", false)]
    [InlineData("\"effectiveDateTime\":\"2025\"", true)]
    [InlineData("\"effectiveDateTime\":\"2024\"", false)]
    [InlineData("\"effectiveDateTime\":\"2026-12\"", true)]
    [InlineData("\"effectiveDateTime\":\"2024-12-31T15:00:00Z\"", true)]
    [InlineData("\"effectiveDateTime\":\"2024-12-31T14:59:59Z\"", false)]
    [InlineData("\"effectiveDateTime\":\"2026-12-31T23:59:59.999+09:00\"", true)]
    [InlineData("\"effectiveDateTime\":\"2027-01-01T00:00:00.000+09:00\"", false)]
    [InlineData("\"effectiveDateTime\":\"2026-03-02T08:15:00\"", false)]
    [InlineData("\"effectiveDateTime\":\"2026-02-30\"", false)]
    [InlineData("\"effectiveDateTime\":\"9999-12-31\"", false)]
    [InlineData("\"effectiveDateTime\":\"0001-01-01\"", false)]
    [InlineData("\"effectiveDateTime\":\"令和8年\"", false)]
    [InlineData("\"effectiveDateTime\":20260302", false)]
    [InlineData("\"effectivePeriod\":{\"start\":\"2025-01-01\",\"end\":\"2025-02-01\"}", true)]
    [InlineData("\"effectivePeriod\":{\"start\":\"2024-12-31\",\"end\":\"2025-02-01\"}", false)]
    [InlineData("\"effectivePeriod\":{\"start\":\"2026-12-01\",\"end\":\"2027-01-01\"}", false)]
    [InlineData("\"effectivePeriod\":{\"start\":\"2026-12-01\"}", false)]
    [InlineData("\"effectivePeriod\":{\"end\":\"2026-12-01\"}", false)]
    [InlineData("\"effectivePeriod\":{}", false)]
    [InlineData("\"effectivePeriod\":{\"start\":5,\"end\":\"2026-12-01\"}", false)]
    [InlineData("\"effectiveInstant\":\"2026-03-02T08:15:00.5+09:00\"", true)]
    [InlineData("\"issued\":\"2026-03-02T08:15:00+09:00\"", false)]
    public void Decide_DateRange_HasToHoldTheWholeResource(string date, bool permitted)
    {
        var json = Fhir.Observation().GetRawText().Insert(1, date + ",");
        var decision = Decide(Context, json, dated: false);
        Assert.Equal(permitted ? "Permit" : "Deny " + ScopesErrorCodes.ConsentDate, decision.ToString());
        Assert.Equal(permitted ? null : ConsentClause.DateRange, decision.Clause);
    }

    [Fact]
    public void Decide_ResourceWithoutADate_IsHiddenUnlessItsTypeHasNone()
    {
        var open = Valid with { Data = null };
        const string patient = """{"resourceType":"Patient","id":"p1"}""";
        Fhir.Denied(ScopesErrorCodes.ConsentDate, Decide(Context, Fhir.Observation().GetRawText(), dated: false));
        Fhir.Denied(ScopesErrorCodes.ConsentDate, Fhir.Decide("patient/Patient.read", "GET Patient/p1", Fhir.Json(patient), context: Context with { Consent = open }));
        Fhir.Permitted(Fhir.Decide("patient/Patient.read", "GET Patient/p1", Fhir.Json(patient), context: Context with { Consent = open with { TypesWithoutDate = ["Patient"] } }), "patient/Patient.read");
    }

    [Theory]
    [InlineData("Encounter", "subject", "\"period\":{\"start\":\"2026-03-02T08:00:00+09:00\",\"end\":\"2026-03-02T09:00:00+09:00\"}", true)]
    [InlineData("Appointment", "participant", "\"start\":\"2026-03-02T08:00:00+09:00\",\"end\":\"2026-03-02T09:00:00+09:00\"", true)]
    [InlineData("Appointment", "participant", "\"start\":\"2024-03-02T08:00:00+09:00\",\"end\":\"2026-03-02T09:00:00+09:00\"", false)]
    [InlineData("DocumentReference", "subject", "\"context\":{\"period\":{\"start\":\"2024-03-02\",\"end\":\"2024-03-03\"}},\"date\":\"2026-03-02T09:00:00+09:00\"", false)]
    [InlineData("DocumentReference", "subject", "\"date\":\"2026-03-02T09:00:00+09:00\"", true)]
    [InlineData("Condition", "subject", "\"onsetDateTime\":\"2020\",\"recordedDate\":\"2026-03-02\"", false)]
    [InlineData("Condition", "subject", "\"recordedDate\":\"2026-03-02\"", true)]
    [InlineData("MedicationRequest", "subject", "\"authoredOn\":\"2026-03-02\"", true)]
    [InlineData("Specimen", "subject", "\"collection\":{\"collectedDateTime\":\"2020-03-02\"}", false)]
    public void Decide_DateRange_TakesTheElementOfTheType(string type, string reference, string date, bool permitted)
    {
        var subject = reference is "participant" ? "[{\"actor\":{\"reference\":\"Patient/p1\"}}]" : "{\"reference\":\"Patient/p1\"}";
        var json = $$"""{"resourceType":"{{type}}","id":"x","{{reference}}":{{subject}},{{date}}}""";
        var decision = Fhir.Decide("patient/*.read", $"GET {type}/x", Fhir.Json(json), context: Context with { Consent = Valid with { Data = null } });
        Assert.Equal(permitted ? "Permit" : "Deny " + ScopesErrorCodes.ConsentDate, decision.ToString());
    }

    [Fact]
    public void Decide_Change_IsJudgedBeforeAndAfter()
    {
        var (agreed, other) = (Dated(Fhir.Observation().GetRawText()), Dated(Fhir.Observation().GetRawText()).Replace("2026-03-02", "2020-03-02", StringComparison.Ordinal));
        Fhir.Permitted(Fhir.Decide("patient/Observation.u", "PUT Observation/o1", Fhir.Json(agreed), Fhir.Json(agreed), Context), "patient/Observation.u");
        Fhir.Denied(ScopesErrorCodes.ConsentDate, Fhir.Decide("patient/Observation.u", "PUT Observation/o1", Fhir.Json(other), Fhir.Json(agreed), Context));
        Fhir.Denied(ScopesErrorCodes.ConsentDate, Fhir.Decide("patient/Observation.u", "PUT Observation/o1", Fhir.Json(agreed), Fhir.Json(other), Context));
    }

    [Fact]
    public void Decide_LabelAndClause_TheLabelIsWhatIsReported()
    {
        var json = Dated(Fhir.Observation(labels: (Fhir.ActCode, "HIV")).GetRawText()).Replace("2026-03-02", "2020-03-02", StringComparison.Ordinal);
        var decision = new ScopeDecider().DecideResource(Fhir.Scopes(Scope), Context, Fhir.Request(Read), Fhir.Json(json));
        Fhir.Denied(ScopesErrorCodes.LabelNotGranted, decision);
        Assert.Equal((Fhir.ActCode + "|HIV", (ConsentClause?)null), (decision.Label, decision.Clause));
        Assert.Equal([Scope], decision.Fitting.Select(scope => scope.Value));
        Fhir.Denied(ScopesErrorCodes.ConsentDate, new ScopeDecider().DecideResource(Fhir.Scopes(Scope + " sens/HIV"), Context, Fhir.Request(Read), Fhir.Json(json)));
    }

    [Fact]
    public void BreakTheGlass_Accepted_LiftsTheConsentAndSaysWhichClause()
    {
        var broken = Context with { BreakTheGlassAccepted = true, At = From.AddYears(2) };
        var decision = Decide(broken, scopes: Scope + " btg");
        Fhir.Permitted(decision, Scope, "btg");
        Assert.Equal((true, (ConsentClause?)ConsentClause.Period), (decision.BrokeTheGlass, decision.Clause));
        Assert.False(Decide(Context with { BreakTheGlassAccepted = true }, scopes: Scope + " btg").BrokeTheGlass);

        var search = Fhir.First(Scope + " btg", "GET Observation", broken);
        Assert.Equal((ScopeOutcome.Filter, true), (search.Outcome, search.BrokeTheGlass));
        Assert.Null(search.Filter!.Consent);
    }

    [Fact]
    public void BreakTheGlass_LiftsConsentOnlyAndNeverPatientTypeAccessOrConstraint()
    {
        var broken = Context with { BreakTheGlassAccepted = true, At = From.AddYears(2) };
        Fhir.Denied(ScopesErrorCodes.OtherPatient, Fhir.Decide(Scope + " btg", Read, Fhir.Observation("p2"), context: broken));
        Fhir.Denied(ScopesErrorCodes.Insufficient, Fhir.First(Scope + " btg", "GET Condition/c1", broken));
        Fhir.Denied(ScopesErrorCodes.Insufficient, Fhir.First(Scope + " btg", "DELETE Observation/o1", broken));
        Fhir.Denied(ScopesErrorCodes.ConstraintNotMet, Fhir.Decide("patient/Observation.r?status=amended btg", Read, Fhir.Observation(), context: broken));
        Fhir.Denied(ScopesErrorCodes.ConsentPeriod, Decide(broken with { BreakTheGlassAccepted = false }, scopes: Scope + " btg"));
    }

    [Fact]
    public void Filter_OfASearch_GivesTheConsentAsDataAndJudgesEveryEntry()
    {
        var filter = Fhir.First("patient/*.read", "GET Observation?_include=Observation:encounter", Context).Filter!;
        Assert.Same(Valid, filter.Consent);
        Fhir.Permitted(filter.Permits(Fhir.Json(Dated(Fhir.Observation().GetRawText()))), "patient/*.read");
        Fhir.Denied(ScopesErrorCodes.ConsentDate, filter.Permits(Fhir.Observation()));
        var included = filter.Permits(Fhir.Json("""{"resourceType":"Encounter","id":"e1","subject":{"reference":"Patient/p1"},"period":{"start":"2026-03-02"}}"""));
        Fhir.Denied(ScopesErrorCodes.ConsentData, included);
        Assert.Equal(ConsentClause.DataClass, included.Clause);
    }

    [Fact]
    public void Decide_Operation_IsUnderTheConsentToo()
    {
        Fhir.Denied(ScopesErrorCodes.ConsentPeriod, Fhir.First("patient/*.rs", "GET Patient/p1/$everything", Context with { At = From.AddYears(2), Consent = Valid with { Data = null } }));
        Fhir.Denied(ScopesErrorCodes.ConsentData, Fhir.First("patient/*.rs", "GET Patient/p1/$everything", Context));
        Assert.Equal(ScopeOutcome.Filter, Fhir.First("patient/*.rs", "GET Patient/p1/$everything", Context with { Consent = Valid with { Data = null } }).Outcome);
    }

    [Fact]
    public void Decide_Binary_IsOfTheTimeOfWhatItBelongsTo()
    {
        ResourceImage binary = Fhir.Json("""{"resourceType":"Binary","id":"b1","securityContext":{"reference":"DocumentReference/d1"}}""");
        var context = Context with { Consent = Valid with { Data = null } };
        Fhir.Permitted(Of("2026-03-02T09:00:00+09:00"), "patient/Binary.read");
        Fhir.Denied(ScopesErrorCodes.ConsentDate, Of("2020-03-02T09:00:00+09:00"));

        ScopeDecision Of(string date) => Fhir.Decide(
            "patient/Binary.read",
            "GET Binary/b1",
            binary.WithSecurityContext(Fhir.Json($$$"""{"resourceType":"DocumentReference","id":"d1","subject":{"reference":"Patient/p1"},"date":"{{{date}}}"}""")),
            context: context);
    }

    [Fact]
    public void Decide_Facts_SayTheirTimeThemselves()
    {
        var facts = new ResourceFacts { ResourceType = "Condition", Id = "c1", Patients = ["p1"] };
        Fhir.Denied(ScopesErrorCodes.ConsentDate, Fhir.Decide("patient/Condition.read", "GET Condition/c1", facts, context: Context));
        Fhir.Permitted(Fhir.Decide("patient/Condition.read", "GET Condition/c1", facts with { When = new(From, From.AddDays(1)) }, context: Context), "patient/Condition.read");
    }

    [Theory]
    [InlineData("Observation", null)]
    [InlineData("Observation?category=laboratory&status=final", null)]
    [InlineData("*", ScopesErrorCodes.TypeUnknown)]
    [InlineData("observation", ScopesErrorCodes.TypeUnknown)]
    [InlineData("", ScopesErrorCodes.Malformed)]
    [InlineData("Observation?", ScopesErrorCodes.Malformed)]
    [InlineData("Observation?subject.name=x", ScopesErrorCodes.ConstraintUnsupported)]
    [InlineData("Observation.cruds", ScopesErrorCodes.Malformed)]
    public void ParseDataClass_TypeAndConstraint_IsThatOfAScope(string text, string? code)
    {
        var read = ConsentDataClass.Parse(text);
        Assert.Equal(code, read.Error?.Code);
        Assert.True(code is not null || read.Value!.ToString() == text);
    }

    [Fact]
    public void EveryTypeOfTheTableOfDates_IsOneOfFhir() => Assert.All(
        EmbeddedTable.Lines("clinical-dates-r4.txt"), line => Assert.True(FhirResourceTypes.IsKnown(line.Split(':')[0]), line));

    private static void Check(bool permitted, string code, ConsentClause clause, FhirTokenContext context)
    {
        var decision = Decide(context);
        Assert.Equal(permitted ? "Permit" : "Deny " + code, decision.ToString());
        Assert.Equal(permitted ? null : clause, decision.Clause);
        Assert.Equal(permitted ? [] : [Scope], decision.Fitting.Select(scope => scope.Value));

        // Before the store is touched as well.
        Assert.Equal(permitted ? "Examine" : "Deny " + code, Fhir.First(Scope, Read, context).ToString());
    }

    private static string Dated(string json) => json.Insert(1, "\"effectiveDateTime\":\"2026-03-02\",");

    private static ScopeDecision Decide(FhirTokenContext context, string? json = null, bool dated = true, string scopes = Scope)
    {
        json ??= Fhir.Observation().GetRawText();
        JsonElement resource = Fhir.Json(dated ? Dated(json) : json);
        return Fhir.Decide(scopes, Read, resource, context: context);
    }
}
