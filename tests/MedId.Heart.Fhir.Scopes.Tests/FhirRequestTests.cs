using MedId.TestSupport;

namespace MedId.Heart.Fhir.Scopes.Tests;

public sealed class FhirRequestTests
{
    [Theory]
    [InlineData("GET metadata", FhirInteraction.Capabilities, null, null)]
    [InlineData("GET /.well-known/smart-configuration", FhirInteraction.Capabilities, null, null)]
    [InlineData("GET Observation/o1", FhirInteraction.Read, "Observation", "o1")]
    [InlineData("GET /Observation/o1?_format=json", FhirInteraction.Read, "Observation", "o1")]
    [InlineData("HEAD Observation/o1", FhirInteraction.Read, "Observation", "o1")]
    [InlineData("GET Observation/%6F1", FhirInteraction.Read, "Observation", "o1")]
    [InlineData("GET Observation/o1/", FhirInteraction.Read, "Observation", "o1")]
    [InlineData("GET Observation/o1/_history/2", FhirInteraction.VersionRead, "Observation", "o1")]
    [InlineData("GET Observation/o1/_history?_since=2026", FhirInteraction.InstanceHistory, "Observation", "o1")]
    [InlineData("GET Observation/_history", FhirInteraction.TypeHistory, "Observation", null)]
    [InlineData("GET _history", FhirInteraction.SystemHistory, null, null)]
    [InlineData("GET Observation", FhirInteraction.TypeSearch, "Observation", null)]
    [InlineData("GET Observation?patient=p1", FhirInteraction.TypeSearch, "Observation", null)]
    [InlineData("POST Observation/_search", FhirInteraction.TypeSearch, "Observation", null)]
    [InlineData("GET Patient/p1/Observation", FhirInteraction.TypeSearch, "Observation", null)]
    [InlineData("POST Patient/p1/Observation/_search", FhirInteraction.TypeSearch, "Observation", null)]
    [InlineData("GET Patient/p1/*", FhirInteraction.SystemSearch, null, null)]
    [InlineData("GET ?_type=Observation", FhirInteraction.SystemSearch, null, null)]
    [InlineData("GET /", FhirInteraction.SystemSearch, null, null)]
    [InlineData("POST _search", FhirInteraction.SystemSearch, null, null)]
    [InlineData("POST Observation", FhirInteraction.Create, "Observation", null)]
    [InlineData("PUT Observation/o1", FhirInteraction.Update, "Observation", "o1")]
    [InlineData("PATCH Observation/o1", FhirInteraction.Patch, "Observation", "o1")]
    [InlineData("DELETE Observation/o1", FhirInteraction.Delete, "Observation", "o1")]
    [InlineData("POST /", FhirInteraction.Bundle, null, null)]
    [InlineData("POST ?_format=json", FhirInteraction.Bundle, null, null)]
    [InlineData("POST /?_format=application/fhir%2Bjson&_pretty=true", FhirInteraction.Bundle, null, null)]
    [InlineData("GET Patient/p1/$everything", FhirInteraction.Operation, "Patient", "p1")]
    [InlineData("POST Observation/$lastn", FhirInteraction.Operation, "Observation", null)]
    [InlineData("GET $export", FhirInteraction.Operation, null, null)]
    [InlineData("GET Observation?_query=name", FhirInteraction.Operation, "Observation", null)]
    public void Parse_RequestLine_IsItsInteraction(string line, FhirInteraction interaction, string? type, string? id)
    {
        var request = Fhir.Request(line);
        Assert.Equal((interaction, type, id), (request.Interaction, request.ResourceType, request.Id));
        Assert.False(request.IsConditional);
    }

    [Theory]
    [InlineData("PUT Observation?identifier=x", FhirInteraction.Update)]
    [InlineData("PATCH Observation?identifier=x", FhirInteraction.Patch)]
    [InlineData("DELETE Observation?identifier=x", FhirInteraction.Delete)]
    public void Parse_WriteBySearch_IsConditional(string line, FhirInteraction interaction)
    {
        var request = Fhir.Request(line);
        Assert.Equal((interaction, true, (string?)null), (request.Interaction, request.IsConditional, request.Id));
    }

    [Fact]
    public void Parse_IfNoneExist_IsConditionalCreate()
    {
        var request = Fhir.Accepted(FhirRequest.Parse("POST", "Observation", ifNoneExist: "identifier=x"));
        Assert.Equal((FhirInteraction.Create, true), (request.Interaction, request.IsConditional));
    }

    [Theory]
    [InlineData("GET observation/o1")]
    [InlineData("GET Observation//o1")]
    [InlineData("GET //Observation/o1")]
    [InlineData("GET Observation/o1//")]
    [InlineData("GET Observation%2Fo1")]
    [InlineData("GET Observation/o1%2F..%2Fo2")]
    [InlineData("GET Observation/..")]
    [InlineData("GET Observation/%2e%2e")]
    [InlineData("GET Observation/.")]
    [InlineData("GET Observation/o_1")]
    [InlineData("GET Observation/o1%")]
    [InlineData("GET Observation/o1;v=2")]
    [InlineData("GET Observation/o1#x")]
    [InlineData("GET Observation/o1/_history/2/3")]
    [InlineData("GET Observation/o1/Condition")]
    [InlineData("GET Observation/$")]
    [InlineData("GET Observation/o1/2/$op")]
    [InlineData("GET Observation?%zz=1")]
    [InlineData("GET ?_type=Nothing")]
    [InlineData("GET https://fhir.example.jp/Observation/o1")]
    [InlineData("POST Observation/o1")]
    [InlineData("POST /?_type=Observation")]
    [InlineData("PUT Observation")]
    [InlineData("PUT Observation?_format=json")]
    [InlineData("PUT /")]
    [InlineData("DELETE Observation")]
    [InlineData("DELETE Observation?_count=1")]
    [InlineData("DELETE Observation?_unknown=1")]
    [InlineData("DELETE Observation?_since=2020")]
    [InlineData("DELETE Observation?identifier=")]
    [InlineData("DELETE Observation/o1/_history")]
    [InlineData("TRACE Observation/o1")]
    [InlineData("get Observation/o1")]
    [InlineData("OPTIONS Observation")]
    [InlineData(" Observation")]
    public void Parse_WhatIsNoInteraction_IsRefused(string line)
    {
        var parts = line.Split(' ', 2);
        Fhir.Refused(ScopesErrorCodes.RequestMalformed, FhirRequest.Parse(parts[0], parts[1]));
    }

    [Theory]
    [InlineData("GET Observaton/o1")]
    [InlineData("POST Observaton")]
    [InlineData("PUT Observaton/o1")]
    [InlineData("GET Patient/p1/Observaton")]
    [InlineData("GET Observaton/$op")]
    public void Parse_UnknownType_IsRefusedByName(string line)
    {
        var parts = line.Split(' ', 2);
        Fhir.Refused(ScopesErrorCodes.TypeUnknown, FhirRequest.Parse(parts[0], parts[1]));
    }

    [Fact]
    public void Parse_FormOrConditionWhereNoneBelongs_IsRefused()
    {
        Fhir.Refused(ScopesErrorCodes.RequestMalformed, FhirRequest.Parse("POST", "Observation", form: "code=x"));
        Fhir.Refused(ScopesErrorCodes.RequestMalformed, FhirRequest.Parse("GET", "Observation", ifNoneExist: "code=x"));
        Fhir.Refused(ScopesErrorCodes.RequestMalformed, FhirRequest.Parse("POST", "Observation/_search", ifNoneExist: "code=x"));
        Fhir.Refused(ScopesErrorCodes.RequestMalformed, FhirRequest.Parse("POST", "Observation", ifNoneExist: ""));
        Fhir.Refused(ScopesErrorCodes.RequestMalformed, FhirRequest.Parse("POST", "Observation", ifNoneExist: "_format=json"));
    }

    [Fact]
    public void Parse_LimitsOfUrlAndParameters_AreExact()
    {
        var url = "Observation?code=" + new string('a', 32768 - 17);
        Assert.Equal(32768 - 17, Fhir.Request("GET " + url).Parameters[0].Value.Length);
        Fhir.Refused(ScopesErrorCodes.LimitExceeded, FhirRequest.Parse("GET", url + "a"));
        var most = "Observation?" + string.Join('&', Enumerable.Repeat("a=b", 256));
        Assert.Equal(256, Fhir.Request("GET " + most).Parameters.Count);
        Fhir.Refused(ScopesErrorCodes.LimitExceeded, FhirRequest.Parse("GET", most + "&a=b"));
    }

    [Fact]
    public void Parse_Id_MayHave64Characters()
    {
        Assert.Equal(64, Fhir.Request("GET Observation/" + new string('a', 64)).Id!.Length);
        Fhir.Refused(ScopesErrorCodes.RequestMalformed, FhirRequest.Parse("GET", "Observation/" + new string('a', 65)));
    }

    [Theory]
    [InlineData("Observation?subject:Patient.name=x", "Patient")]
    [InlineData("Observation?subject%3APatient.name=x", "Patient")]
    [InlineData("Observation?encounter.status=x", "Encounter EpisodeOfCare")]
    [InlineData("Observation?patient.organization.name=x", "Patient Organization")]
    [InlineData("Observation?unknown.name=x", "*")]
    [InlineData("Observation?focus.name=x", "*")]
    [InlineData("Observation?subject:Nothing.name=x", "*")]
    [InlineData("Patient?_has:Observation:patient:code=x", "Observation")]
    [InlineData("Patient?_has:Observation:patient:_has:Provenance:target:agent=x", "Observation Provenance")]
    [InlineData("Patient?_has:Observation:patient:encounter:Encounter.status=x", "Observation Encounter")]
    [InlineData("Patient?_has:Nothing:patient:code=x", "*")]
    [InlineData("Patient?_has:Observation=x", "*")]
    [InlineData("Observation?_filter=status eq final", "*")]
    [InlineData("Observation?_list=42", "List")]
    [InlineData("Patient?_has:List:item:_list=42", "List")]
    [InlineData("Observation?code=a.b", "")]
    [InlineData("Observation?_include=Observation:subject", "")]
    public void Parse_ChainedSearch_NamesTheTypesItLooksInto(string url, string types) => Assert.Equal(types, string.Join(' ', Fhir.Request("GET " + url.Replace(" ", "%20", StringComparison.Ordinal)).ChainedTypes));

    [Fact]
    public void Parse_SearchForm_CountsLikeTheQuery() =>
        Assert.Equal(["Patient"], Fhir.Accepted(FhirRequest.Parse("POST", "Observation/_search", "subject%3APatient.name=x&code=a+b")).ChainedTypes);

    [Fact]
    public void Parse_DeepChain_EndsInEveryType() =>
        Assert.Contains("*", Fhir.Request("GET Patient?" + string.Concat(Enumerable.Repeat("_has:Observation:patient:", 9)) + "code=x").ChainedTypes);

    [Fact]
    public void For_InteractionAndTypeThatDoNotFit_IsMisuse()
    {
        Assert.Throws<ArgumentException>(() => FhirRequest.For(FhirInteraction.Read));
        Assert.Throws<ArgumentException>(() => FhirRequest.For(FhirInteraction.SystemSearch, "Patient"));
        Assert.Throws<ArgumentException>(() => FhirRequest.For(FhirInteraction.Read, "Nothing", "x"));
        Assert.Throws<ArgumentException>(() => FhirRequest.For(FhirInteraction.Read, "Patient", "../x"));
        Assert.Throws<ArgumentException>(() => FhirRequest.For(FhirInteraction.Operation, "Patient", "x"));
        Assert.Throws<ArgumentException>(() => FhirRequest.For(FhirInteraction.Read, "Patient"));
        Assert.Throws<ArgumentException>(() => FhirRequest.For(FhirInteraction.Update, "Patient"));
        Assert.Throws<ArgumentException>(() => FhirRequest.For(FhirInteraction.TypeSearch, "Patient", "x"));
        Assert.Throws<ArgumentException>(() => FhirRequest.ForOperation("$everything", null, "x"));
        Assert.Throws<ArgumentException>(() => FhirRequest.ForOperation("everything", "Patient", "x"));
        Assert.Equal("Read Patient", FhirRequest.For(FhirInteraction.Read, "Patient", "x").ToString());
    }

    [Fact]
    public void Parse_Mutants_NeverNameAnotherResourceThanTheyShow()
    {
        const string url = "/Patient/p1/Observation?category=laboratory&subject:Patient.name=x";
        foreach (var mutant in new SeededMutator(20261121).Mutate(System.Text.Encoding.UTF8.GetBytes(url), 5000))
        {
            var result = FhirRequest.Parse("GET", mutant.Text);
            if (!result.Succeeded)
            {
                continue;
            }

            // The decoded path is exactly what the request says it is.
            var request = result.Value;
            var path = Uri.UnescapeDataString(mutant.Text.Split('?')[0]).Trim('/');
            var said = request.Interaction switch
            {
                FhirInteraction.Capabilities => path,
                FhirInteraction.Operation => string.Join('/', new[] { request.ResourceType, request.Id, request.OperationName is "_query" ? null : request.OperationName }.OfType<string>()),
                FhirInteraction.TypeHistory => request.ResourceType + "/_history",
                FhirInteraction.SystemHistory => "_history",
                FhirInteraction.InstanceHistory => $"{request.ResourceType}/{request.Id}/_history",
                FhirInteraction.VersionRead => $"{request.ResourceType}/{request.Id}/_history/{request.VersionId}",
                _ => string.Join('/', new[] { request.CompartmentType, request.CompartmentId, request.ResourceType ?? (request.CompartmentId is null ? null : "*"), request.Id }.OfType<string>()),
            };
            Assert.True(path == said, $"{mutant.How}: {mutant.Text} was read as {said}");
        }
    }

    // By itself a contained resource has lost the labels of what contains it.
    [Theory]
    [InlineData("Observation?_contained=true&_containedType=container", true)]
    [InlineData("Observation?_contained=true", true)]
    [InlineData("Observation?_contained=true&_containedType=contained", false)]
    [InlineData("?_type=Observation&_contained=both&_containedType=contained", false)]
    [InlineData("Observation?_containedType=", false)]
    public void Parse_ContainedResourcesByThemselves_AreNotSearchedFor(string line, bool read)
    {
        var request = FhirRequest.Parse("GET", line);
        Assert.Equal(read ? null : ScopesErrorCodes.RequestMalformed, request.Error?.Code);
    }
}
