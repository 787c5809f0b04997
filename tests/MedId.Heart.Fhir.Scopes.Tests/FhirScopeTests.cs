using MedId.TestSupport;

namespace MedId.Heart.Fhir.Scopes.Tests;

public sealed class FhirScopeTests
{
    public static TheoryData<string, FhirPermissionType, string, FhirPermissions> WellFormed { get; } = new()
    {
        { "patient/Observation.read", FhirPermissionType.Patient, "Observation", FhirPermissions.Read | FhirPermissions.Search },
        { "user/Observation.write", FhirPermissionType.User, "Observation", FhirPermissions.Create | FhirPermissions.Update | FhirPermissions.Delete },
        { "system/*.*", FhirPermissionType.System, "*", FhirPermissions.All },
        { "patient/*.cruds", FhirPermissionType.Patient, "*", FhirPermissions.All },
        { "patient/Condition.c", FhirPermissionType.Patient, "Condition", FhirPermissions.Create },
        { "patient/Condition.us", FhirPermissionType.Patient, "Condition", FhirPermissions.Update | FhirPermissions.Search },
    };

    [Theory]
    [MemberData(nameof(WellFormed))]
    public void Parse_ResourceScope_GivesItsParts(string token, FhirPermissionType type, string resource, FhirPermissions permissions)
    {
        var scope = Fhir.Accepted(FhirScope.Parse(token));
        Assert.Equal((FhirScopeKind.Resource, type, resource, permissions), (scope.Kind, scope.PermissionType, scope.ResourceType, scope.Permissions));
        Assert.Equal(token, scope.ToString());
        Assert.Empty(scope.Constraints);
    }

    // Each differs from patient/Observation.rs, conf/R, sens/HIV or btg in one place.
    [Theory]
    [InlineData("Patient/Observation.rs")]
    [InlineData("PATIENT/Observation.rs")]
    [InlineData("patient/Observation.")]
    [InlineData("patient/Observation")]
    [InlineData("patient/.rs")]
    [InlineData("patient/")]
    [InlineData("patient/Observation.sr")]
    [InlineData("patient/Observation.rr")]
    [InlineData("patient/Observation.rsXYZ")]
    [InlineData("patient/Observation.RS")]
    [InlineData("patient/Observation.Read")]
    [InlineData("patient/Observation.read-only")]
    [InlineData("patient/Observation.readwrite")]
    [InlineData("patient/Observation.rs*")]
    [InlineData("patient/Observation.rs.rs")]
    [InlineData("patient/Observation.read?category=laboratory")]
    [InlineData("patient/Observation.rs?")]
    [InlineData("patient/Observation.rs?category")]
    [InlineData("patient/Observation.rs?category=")]
    [InlineData("patient/Observation.rs?=laboratory")]
    [InlineData("patient/Observation.rs?category=a=b")]
    [InlineData("patient/Observation.rs?category=a&")]
    [InlineData("patient/Observation.rs?&category=a")]
    [InlineData("patient/Observation.rs?category=a,")]
    [InlineData("patient/Observation.rs?category=,a")]
    [InlineData("patient/Observation.rs?category=a|b|c")]
    [InlineData("patient/Observation.rs?category=|")]
    [InlineData("patient/Observation.rs?category=a#b")]
    [InlineData("patient/Observation.rs?category=a+b")]
    [InlineData("patient/Observation.rs?category=%zz")]
    [InlineData("patient/Observation.rs?category=%2")]
    [InlineData("patient/Observation.rs?category=%E3%81")]
    [InlineData("patient/Observation.rs?category=%00")]
    [InlineData("patient/Observation.rs?category=a%0Ab")]
    [InlineData("patient/Observation.rs?category=a%5C")]
    [InlineData("patient/Observation.rs?cat%65gory=a")]
    [InlineData("patient/Observation.rs?category=検査")]
    [InlineData("patient/Observation.rs?category=a\"b")]
    [InlineData("patient/Observation.rs?category=a\\b")]
    [InlineData("conf/r")]
    [InlineData("conf/*")]
    [InlineData("conf/")]
    [InlineData("conf/RV")]
    [InlineData("conf/HIV")]
    [InlineData("Conf/R")]
    [InlineData("sens/hiv")]
    [InlineData("sens/*")]
    [InlineData("sens/XYZ")]
    [InlineData("SENS/HIV")]
    [InlineData("BTG")]
    [InlineData("Btg")]
    [InlineData("")]
    [InlineData("patient/Observation.rs\t")]
    [InlineData("openid\u3042")]
    public void Parse_PartlyWellFormed_IsRefusedWhole(string token) => Fhir.Refused(ScopesErrorCodes.Malformed, FhirScope.Parse(token));

    [Theory]
    [InlineData("patient/observation.rs")]
    [InlineData("patient/Observaton.rs")]
    [InlineData("patient/Observation*.rs")]
    [InlineData("patient/**.rs")]
    [InlineData("patient/Resource.rs")]
    public void Parse_TypeThatIsNone_IsRefused(string token) => Fhir.Refused(ScopesErrorCodes.TypeUnknown, FhirScope.Parse(token));

    [Theory]
    [InlineData("patient/Observation.rs?code:in=http://example.org/vs")]
    [InlineData("patient/Observation.rs?subject.name=Smith")]
    [InlineData("patient/Observation.rs?_include=Observation:subject")]
    [InlineData("patient/Observation.rs?_include=x")]
    [InlineData("patient/Observation.rs?_count=1")]
    [InlineData("patient/Observation.rs?date=gt2020")]
    [InlineData("patient/Observation.rs?unknown=x")]
    [InlineData("patient/Observation.rs?category=laboratory&unknown=x")]
    [InlineData("patient/Observation.rs?encounter=e1")]
    [InlineData("patient/Observation.rs?encounter=Nothing/e1")]
    [InlineData("patient/*.rs?nobody-knows=x")]
    [InlineData("patient/*.rs?subject=p1")]
    [InlineData("patient/Observation.rs?encounter=Encounter/e1|")]
    [InlineData("patient/Observation.rs?encounter=x|y/Encounter/e1")]
    public void Parse_ConstraintThatCannotBeEnforced_IsRefused(string token) => Fhir.Refused(ScopesErrorCodes.ConstraintUnsupported, FhirScope.Parse(token));

    [Theory]
    [InlineData("openid")]
    [InlineData("fhirUser")]
    [InlineData("profile")]
    [InlineData("online_access")]
    [InlineData("launch")]
    [InlineData("launch/encounter")]
    [InlineData("launched")]
    [InlineData("http://openid.net/specs/openid-connect-core-1_0#openid")]
    [InlineData("http://smarthealthit.org/fhir/scopes/launch/patient")]
    [InlineData("http://smarthealthit.org/fhir/scopes/conf/R")]
    [InlineData("http://smarthealthit.org/fhir/scopes/btg")]
    [InlineData("launch/patient")]
    [InlineData("offline_access")]
    [InlineData("__vendor/Observation.rs")]
    [InlineData("https://example.org/scopes/patient/Observation.rs")]
    [InlineData("patients/Observation.rs")]
    [InlineData("btg2")]
    public void Parse_ScopeOfOthers_IsKeptAndGrantsNothing(string token)
    {
        Assert.Equal(FhirScopeKind.Other, Fhir.Accepted(FhirScope.Parse(token)).Kind);
        Fhir.Denied(ScopesErrorCodes.Insufficient, Fhir.Decide(token, "GET Observation/o1", Fhir.Observation()));
    }

    [Theory]
    [InlineData("conf/R", FhirScopeKind.Confidentiality, "R")]
    [InlineData("sens/HIV", FhirScopeKind.Sensitivity, "HIV")]
    [InlineData("sens/SOC", FhirScopeKind.Sensitivity, "SOC")]
    [InlineData("btg", FhirScopeKind.BreakTheGlass, null)]
    public void Parse_LabelScope_GivesItsCode(string token, FhirScopeKind kind, string? code)
    {
        var scope = Fhir.Accepted(FhirScope.Parse(token));
        Assert.Equal((kind, code), (scope.Kind, scope.Code));
    }

    [Fact]
    public void Parse_Constraint_IsDecodedAndWrittenBack()
    {
        var scope = Fhir.Accepted(FhirScope.Parse("patient/Observation.rs?category=http://example.org/cs%7C%E6%A4%9C%E6%9F%BB,a%5C,b&status=final"));
        Assert.Equal(["category", "status"], scope.Constraints.Select(one => one.Parameter));
        Assert.Equal(["http://example.org/cs|検査", "a\\,b"], scope.Constraints[0].Values);
        Assert.Equal("category=http%3A%2F%2Fexample.org%2Fcs%7C%E6%A4%9C%E6%9F%BB%2Ca%5C%2Cb", scope.Constraints[0].ToQuery());
    }

    [Fact]
    public void Parse_LongestToken_IsReadAndOneMoreCharacterIsNot()
    {
        var token = "patient/Observation.rs?category=" + new string('a', 2048 - 32);
        Assert.Equal(2048, token.Length);
        Assert.Equal(2016, Fhir.Accepted(FhirScope.Parse(token)).Constraints[0].Values[0].Length);
        Fhir.Refused(ScopesErrorCodes.Malformed, FhirScope.Parse(token + "a"));
    }

    [Theory]
    [InlineData("patient/Observation.read", "patient/Observation.rs", "patient/Observation.read")]
    [InlineData("patient/Observation.cud", "patient/Observation.cud", "patient/Observation.write")]
    [InlineData("user/*.*", "user/*.cruds", "user/*.*")]
    [InlineData("patient/Observation.r", "patient/Observation.r", null)]
    [InlineData("patient/Observation.rs?status=final", "patient/Observation.rs?status=final", null)]
    [InlineData("openid", null, null)]
    public void Format_Scope_SaysTheSameInTheOtherSyntaxOrNothing(string token, string? cruds, string? readWrite)
    {
        var scope = Fhir.Accepted(FhirScope.Parse(token));
        Assert.Equal(cruds, scope.Format(FhirScopeSyntax.Cruds));
        Assert.Equal(readWrite, scope.Format(FhirScopeSyntax.ReadWrite));
    }

    [Fact]
    public void ForResource_KnownType_WritesTheScope()
    {
        Assert.Equal("patient/Observation.read", FhirScope.ForResource(FhirPermissionType.Patient, "Observation", FhirPermissions.ReadSearch).Value);
        Assert.Equal("user/*.cr", FhirScope.ForResource(FhirPermissionType.User, "*", FhirPermissions.Create | FhirPermissions.Read, FhirScopeSyntax.Cruds).Value);
    }

    [Fact]
    public void ForResource_WhatCannotBeSaid_IsMisuse()
    {
        Assert.Throws<ArgumentException>(() => FhirScope.ForResource(FhirPermissionType.Patient, "observation", FhirPermissions.Read, FhirScopeSyntax.Cruds));
        Assert.Throws<ArgumentException>(() => FhirScope.ForResource(FhirPermissionType.Patient, "Observation", FhirPermissions.Read));
        Assert.Throws<ArgumentException>(() => FhirScope.ForResource(FhirPermissionType.Patient, "Observation", FhirPermissions.None, FhirScopeSyntax.Cruds));
    }

    [Theory]
    [InlineData("patient/Observation.rs?category=http://terminology.hl7.org/CodeSystem/observation-category|laboratory&status=final")]
    [InlineData("user/MedicationRequest.cruds")]
    [InlineData("sens/HIV")]
    public void Parse_Mutants_EitherRefusedOrReadAsTheyAreWritten(string token)
    {
        var original = System.Text.Encoding.ASCII.GetBytes(token);
        var read = 0;
        foreach (var mutant in SeededMutator.EveryBitFlip(original).Concat(new SeededMutator(20261121).Mutate(original, 2000)))
        {
            var result = FhirScope.Parse(mutant.Text);
            if (!result.Succeeded)
            {
                continue;
            }

            read++;
            var scope = result.Value;
            if (scope.Kind != FhirScopeKind.Resource)
            {
                continue;
            }

            // What was read says the same again when it is written from its parts.
            var head = mutant.Text.Split('?')[0];
            Assert.Equal(head, $"{scope.PermissionType.ToString().ToLowerInvariant()}/{scope.ResourceType}.{head[(head.IndexOf('.', StringComparison.Ordinal) + 1)..]}");
            Assert.True(scope.Format(FhirScopeSyntax.Cruds) == mutant.Text || scope.Format(FhirScopeSyntax.ReadWrite) == mutant.Text, mutant.How);
        }

        Assert.NotEqual(0, read);
    }

    [Theory]
    [InlineData("launch", null, null)]
    [InlineData("launch/patient", "Patient", null)]
    [InlineData("launch/encounter", "Encounter", null)]
    [InlineData("launch/imagingstudy", "ImagingStudy", null)]
    [InlineData("launch/questionnaire?role=https://example.org/role", "Questionnaire", "https://example.org/role")]
    [InlineData("launch/questionnaire?role=%E6%A4%9C%E6%9F%BB", "Questionnaire", "検査")]
    [InlineData("http://smarthealthit.org/fhir/scopes/launch/patient", "Patient", null)]
    public void Parse_Launch_GivesTheContextThatIsAskedFor(string token, string? type, string? role) =>
        Assert.Equal(new LaunchContext(type, role), Fhir.Accepted(FhirScope.Parse(token)).Launch);

    [Theory]
    [InlineData("launch/", ScopesErrorCodes.Malformed)]
    [InlineData("Launch/patient", ScopesErrorCodes.Malformed)]
    [InlineData("launch?role=x", ScopesErrorCodes.Malformed)]
    [InlineData("launch/patient?", ScopesErrorCodes.Malformed)]
    [InlineData("launch/patient?role=", ScopesErrorCodes.Malformed)]
    [InlineData("launch/patient?role=a&role=b", ScopesErrorCodes.Malformed)]
    [InlineData("launch/patient?role=%zz", ScopesErrorCodes.Malformed)]
    [InlineData("launch/patient?other=a", ScopesErrorCodes.Malformed)]
    [InlineData("launch/Patient", ScopesErrorCodes.TypeUnknown)]
    [InlineData("launch/patient/x", ScopesErrorCodes.TypeUnknown)]
    [InlineData("launch/nothing", ScopesErrorCodes.TypeUnknown)]
    public void Parse_LaunchThatIsNone_IsRefused(string token, string code) => Fhir.Refused(code, FhirScope.Parse(token));

    [Fact]
    public void Parse_UriForm_IsTheSameScope()
    {
        const string token = "http://smarthealthit.org/fhir/scopes/patient/Observation.rs?status=final";
        var (uri, plain) = (Fhir.Accepted(FhirScope.Parse(token)), Fhir.Accepted(FhirScope.Parse("patient/Observation.rs?status=final")));
        Assert.True(uri.IsCoveredBy(plain) && plain.IsCoveredBy(uri));
        Assert.Equal((token, plain.Value), (uri.Value, uri.Format(FhirScopeSyntax.Cruds)));
        Fhir.Permitted(Fhir.Decide(token, "GET Observation/o1", Fhir.Observation()), token);
        Fhir.Refused(ScopesErrorCodes.Malformed, FhirScope.Parse("http://smarthealthit.org/fhir/scopes/patient/Observation.sr"));
        Fhir.Refused(ScopesErrorCodes.Malformed, FhirScope.Parse("http://smarthealthit.org/fhir/scopes/Patient/Observation.rs"));
        Fhir.Refused(ScopesErrorCodes.Malformed, FhirScope.Parse("HTTP://smarthealthit.org/fhir/scopes/patient/Observation.rs"));
        Assert.Equal(FhirScopeKind.Other, Fhir.Accepted(FhirScope.Parse("https://smarthealthit.org/fhir/scopes/patient/Observation.rs")).Kind);
    }
}
