namespace MedId.Heart.Fhir.Scopes.Tests;

public sealed class ConstraintTests
{
    private const string Category = "http://terminology.hl7.org/CodeSystem/observation-category";

    [Theory]
    [InlineData("category=" + Category + "|laboratory", true)]
    [InlineData("category=laboratory", true)]
    [InlineData("category=" + Category + "|", true)]
    [InlineData("category=vital-signs,laboratory", true)]
    [InlineData("category=" + Category + "%7Claboratory", true)]
    [InlineData("category=laboratory%2Cvital-signs", true)]
    [InlineData("category=laboratory%5C%2Cvital-signs", false)]
    [InlineData("category=Laboratory", false)]
    [InlineData("category=|laboratory", false)]
    [InlineData("category=http://example.org|laboratory", false)]
    [InlineData("category=laborator", false)]
    [InlineData("status=final", true)]
    [InlineData("status=http://hl7.org/fhir/observation-status|final", false)]
    [InlineData("status=amended", false)]
    [InlineData("category=laboratory&status=final", true)]
    [InlineData("category=laboratory&status=amended", false)]
    [InlineData("category=laboratory&category=vital-signs", false)]
    [InlineData("code=http://loinc.org|718-7", true)]
    [InlineData("combo-code=718-7", true)]
    [InlineData("component-code=718-7", false)]
    [InlineData("patient=Patient/p1", true)]
    [InlineData("patient=Patient/p2", false)]
    [InlineData("_id=o1", true)]
    [InlineData("_tag=x", false)]
    public void DecideResource_Constraint_HoldsOrNot(string constraint, bool holds)
    {
        var scope = "patient/Observation.r?" + constraint;
        var decision = Fhir.Decide(scope, "GET Observation/o1", Fhir.Observation());
        if (holds)
        {
            Fhir.Permitted(decision, scope);
        }
        else
        {
            Fhir.Denied(ScopesErrorCodes.ConstraintNotMet, decision);
        }
    }

    // Shapes of token elements: Identifier, ContactPoint, boolean, Coding, text only, several codings, escapes in JSON.
    [Theory]
    [InlineData("Patient", "identifier=urn:oid:1.2.3|77", """ "identifier":[{"system":"urn:oid:1.2.3","value":"77"}] """, true)]
    [InlineData("Patient", "identifier=urn:oid:1.2.3|77", """ "identifier":[{"system":"urn:oid:1.2.4","value":"77"}] """, false)]
    [InlineData("Patient", "identifier=|77", """ "identifier":[{"value":"77"}] """, true)]
    [InlineData("Patient", "active=true", """ "active":true """, true)]
    [InlineData("Patient", "active=true", """ "active":false """, false)]
    [InlineData("Patient", "active=true", """ "active":"true " """, false)]
    [InlineData("Patient", "gender=female", """ "gender":"female" """, true)]
    [InlineData("Patient", "gender=female", """ "gender":"f\u0065male" """, true)]
    [InlineData("Patient", "telecom=0312345678", """ "telecom":[{"system":"phone","value":"0312345678"}] """, true)]
    [InlineData("Patient", "gender=female", """ "gender":["female"] """, true)]
    [InlineData("Patient", "gender=female", """ "gender":null """, false)]
    [InlineData("Patient", "_tag=http://example.jp/tag|%E6%A4%9C%E6%9F%BB", """ "meta":{"tag":[{"system":"http://example.jp/tag","code":"検査"}]} """, true)]
    [InlineData("Patient", "_tag=a%5C%7Cb", """ "meta":{"tag":[{"code":"a|b"}]} """, true)]
    [InlineData("Encounter", "class=AMB", """ "subject":{"reference":"Patient/p1"},"class":{"system":"http://terminology.hl7.org/CodeSystem/v3-ActCode","code":"AMB"} """, true)]
    [InlineData("Condition", "code=44054006", """ "subject":{"reference":"Patient/p1"},"code":{"text":"44054006"} """, false)]
    [InlineData("Condition", "code=44054006", """ "subject":{"reference":"Patient/p1"},"code":{"coding":[{"code":"1"},{"code":"44054006"}]} """, true)]
    [InlineData("Condition", "code=44054006", """ "subject":{"reference":"Patient/p1"},"code":{"coding":{"code":"44054006"}} """, false)]
    [InlineData("Condition", "encounter=Encounter/e1", """ "subject":{"reference":"Patient/p1"},"encounter":{"reference":"Encounter/e1/_history/3"} """, true)]
    [InlineData("Condition", "encounter=Encounter/e1", """ "subject":{"reference":"Patient/p1"},"encounter":{"reference":"Encounter/e12"} """, false)]
    public void DecideResource_TokenElement_IsComparedByItsShape(string type, string constraint, string members, bool holds)
    {
        var json = $$"""{"resourceType":"{{type}}","id":"p1",{{members}}}""";
        var decision = Fhir.Decide($"patient/{type}.r?{constraint}", $"GET {type}/p1", Fhir.Json(json));
        Assert.Equal(holds ? "Permit" : "Deny scopes.constraint_not_met", decision.ToString());
    }

    [Fact]
    public void DecideResource_ConstraintOnEveryType_OpensOnlyTypesThatHaveTheParameter()
    {
        const string scope = "patient/*.r?category=laboratory";
        Fhir.Permitted(Fhir.Decide(scope, "GET Observation/o1", Fhir.Observation()), scope);
        Fhir.Denied(ScopesErrorCodes.ConstraintNotMet, Fhir.Decide(scope, "GET Patient/p1", Fhir.Json("""{"resourceType":"Patient","id":"p1","category":"laboratory"}""")));
    }
}
