namespace MedId.Heart.Fhir.Scopes.Tests;

/// <summary>A decision on a resource server's hot path: scopes, context and request are read once, the decision itself makes no garbage.</summary>
public sealed class AllocationTests
{
    [Theory]
    [InlineData("p1", "patient/Observation.read conf/R sens/HIV", ScopeOutcome.Permit)]
    [InlineData("p2", "patient/Observation.read conf/R sens/HIV", ScopeOutcome.Deny)]
    [InlineData("p1", "patient/Observation.rs?category=http://terminology.hl7.org/CodeSystem/observation-category|laboratory&status=final sens/HIV conf/R", ScopeOutcome.Permit)]
    [InlineData("p1", "patient/Observation.read", ScopeOutcome.Deny)]
    [InlineData("p1", "patient/Condition.read", ScopeOutcome.Deny)]
    [InlineData("p1", "user/Observation.read conf/R sens/HIV", ScopeOutcome.Permit)]
    public void Decide_Read_AllocatesNothing(string patient, string scopes, ScopeOutcome outcome)
    {
        var (set, request) = (Fhir.Scopes("openid " + scopes), Fhir.Request("GET Observation/o1"));
        var image = Fhir.Observation(patient, "o1", (Fhir.Confidentiality, "R"), (Fhir.ActCode, "HIV"));
        var context = Fhir.Doctor with { Patient = "p1" };
        var decider = new ScopeDecider();
        AllocatesNothing(() => decider.Decide(set, context, request, image).Outcome == outcome);
    }

    [Theory]
    [InlineData("TREAT", ScopeOutcome.Permit)]
    [InlineData("ETREAT", ScopeOutcome.Deny)]
    public void Decide_ReadUnderAConsent_AllocatesNothing(string purpose, ScopeOutcome outcome)
    {
        var start = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
        var context = Fhir.P1 with
        {
            Purpose = purpose,
            ClientId = "clinic-b",
            At = start.AddDays(1),
            Consent = new()
            {
                ValidFrom = start,
                ValidUntil = start.AddYears(1),
                Purposes = ["TREAT"],
                Recipients = ["clinic-b"],
                Data = [Fhir.Accepted(ConsentDataClass.Parse("Condition")), Fhir.Accepted(ConsentDataClass.Parse("Observation?status=final"))],
                DataFrom = start.AddYears(-1),
                TypesWithoutDate = ["Patient"],
            },
        };
        var (set, request, decider) = (Fhir.Scopes("patient/Observation.read"), Fhir.Request("GET Observation/o1"), new ScopeDecider());
        ResourceImage image = Fhir.Json(Fhir.Observation().GetRawText().Insert(1, "\"effectiveDateTime\":\"2025-06-01T08:15:00+09:00\","));
        AllocatesNothing(() => decider.Decide(set, context, request, image).Outcome == outcome);
    }

    [Fact]
    public void Permits_Entry_AllocatesNothing()
    {
        var filter = Fhir.First("patient/Observation.read", "GET Observation").Filter!;
        ResourceImage image = Fhir.Observation();
        AllocatesNothing(() => !filter.Permits(image).IsDenied);
    }

    private static void AllocatesNothing(Func<bool> decides)
    {
        for (var warm = 0; warm < 100; warm++)
        {
            Assert.True(decides());
        }

        // The runtime itself may allocate on a thread once while it makes a method faster; what a decision allocates it allocates in every thousand.
        var least = long.MaxValue;
        for (var thousand = 0; thousand < 5; thousand++)
        {
            var decided = 0;
            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var round = 0; round < 1000; round++)
            {
                decided += decides() ? 1 : 0;
            }

            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
            Assert.Equal(1000, decided);
        }

        Assert.Equal(0, least);
    }
}
