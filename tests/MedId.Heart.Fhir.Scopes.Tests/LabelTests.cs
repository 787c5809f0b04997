namespace MedId.Heart.Fhir.Scopes.Tests;

/// <summary>HEART §3 and §4: labels take away, <c>btg</c> gives back no more than that.</summary>
public sealed class LabelTests
{
    private const string Scope = "patient/Observation.read";
    private const string Read = "GET Observation/o1";

    [Theory]
    [InlineData(Fhir.Confidentiality, "N", "", true)]
    [InlineData(Fhir.Confidentiality, "U", "", true)]
    [InlineData(Fhir.Confidentiality, "R", "", false)]
    [InlineData(Fhir.Confidentiality, "R", "conf/R", true)]
    [InlineData(Fhir.Confidentiality, "R", "conf/V", false)]
    [InlineData(Fhir.Confidentiality, "V", "conf/R", false)]
    [InlineData(Fhir.Confidentiality, "V", "conf/V", true)]
    [InlineData(Fhir.Confidentiality, "r", "conf/R", false)]
    [InlineData(Fhir.Confidentiality, "X", "conf/R conf/V", false)]
    [InlineData(Fhir.Confidentiality, "HIV", "sens/HIV", true)]
    [InlineData(Fhir.Confidentiality, "HIV", "", false)]
    [InlineData("http://hl7.org/fhir/v3/Confidentiality", "R", "", false)]
    [InlineData("urn:oid:2.16.840.1.113883.5.25", "R", "", false)]
    [InlineData("http://hl7.org/fhir/v3/ActCode", "HIV", "", false)]
    [InlineData("urn:oid:2.16.840.1.113883.5.4", "HIV", "sens/HIV", true)]
    [InlineData(Fhir.ActCode, "HIV", "sens/HIV", true)]
    [InlineData(Fhir.ActCode, "HIV", "sens/PSY conf/R conf/V", false)]
    [InlineData(Fhir.ActCode, "PSY", "sens/SPI", false)]
    [InlineData(Fhir.ActCode, "42CFRPart2", "sens/ETH", false)]
    [InlineData(Fhir.ActCode, "NORDSCLCD", "", true)]
    [InlineData("http://terminology.hl7.org/CodeSystem/v3-ActReason", "HTEST", "", true)]
    [InlineData("http://terminology.hl7.org/CodeSystem/v3-ObservationValue", "SUBSETTED", "", true)]
    [InlineData("https://hospital.example/labels", "VIP", "conf/R sens/CEL", false)]
    public void DecideResource_Label_NeedsItsOwnScope(string system, string code, string scopes, bool permitted)
    {
        var decision = Fhir.Decide(Scope + " " + scopes, Read, Fhir.Observation(labels: (system, code)));
        Assert.Equal(permitted ? "Permit" : "Deny scopes.label_not_granted", decision.ToString());
    }

    [Fact]
    public void DecideResource_SeveralLabels_EachNeedsItsScope()
    {
        var image = Fhir.Observation(labels: [(Fhir.Confidentiality, "R"), (Fhir.ActCode, "HIV")]);
        Fhir.Denied(ScopesErrorCodes.LabelNotGranted, Fhir.Decide(Scope + " conf/R", Read, image));
        Fhir.Denied(ScopesErrorCodes.LabelNotGranted, Fhir.Decide(Scope + " sens/HIV", Read, image));
        Fhir.Permitted(Fhir.Decide(Scope + " sens/HIV conf/R sens/PSY", Read, image), Scope, "sens/HIV", "conf/R");
    }

    [Fact]
    public void DecideResource_LabelScopeAlone_OpensNothing() =>
        Fhir.Denied(ScopesErrorCodes.Insufficient, Fhir.Decide("conf/R sens/HIV", Read, Fhir.Observation(labels: (Fhir.ActCode, "HIV"))));

    // A label that cannot be read is not taken for none.
    [Theory]
    [InlineData("""{"security":{"code":"N"}}""")]
    [InlineData("""{"security":[{"system":"http://terminology.hl7.org/CodeSystem/v3-Confidentiality"}]}""")]
    [InlineData("""{"security":[{"system":"http://terminology.hl7.org/CodeSystem/v3-Confidentiality","code":5}]}""")]
    [InlineData("""{"security":["N"]}""")]
    [InlineData("[]")]
    [InlineData("""{"security":[{"code":"R"}]}""")]
    [InlineData("""{"security":[{"code":"HIV"}]}""")]
    [InlineData("""{"security":[{"code":"whatever"}]}""")]
    public void DecideResource_LabelThatCannotBeRead_IsRefused(string meta)
    {
        var json = Fhir.Observation().GetRawText();
        Fhir.Denied(ScopesErrorCodes.LabelNotGranted, Fhir.Decide(Scope, Read, Fhir.Json(json.Insert(1, "\"meta\":" + meta + ","))));
    }

    [Fact]
    public void DecideResource_Change_MayNeitherReadNorDropALabel()
    {
        var (open, labelled) = (Fhir.Observation(), Fhir.Observation(labels: (Fhir.ActCode, "HIV")));
        Fhir.Denied(ScopesErrorCodes.LabelNotGranted, Fhir.Decide("patient/Observation.u", "PUT Observation/o1", labelled, open));
        Fhir.Denied(ScopesErrorCodes.LabelNotGranted, Fhir.Decide("patient/Observation.u", "PUT Observation/o1", open, labelled));
        Fhir.Permitted(Fhir.Decide("patient/Observation.u sens/HIV", "PUT Observation/o1", labelled, open), "patient/Observation.u", "sens/HIV");
    }

    [Theory]
    [InlineData("", "", false)]
    [InlineData("", "conf/N", true)]
    [InlineData("L", "conf/N", false)]
    [InlineData("L", "conf/L", true)]
    [InlineData("R", "conf/N conf/R", true)]
    public void DecideResource_StrictConfidentiality_NeedsAScopeForNormalDataToo(string label, string scopes, bool permitted)
    {
        var image = label.Length == 0 ? Fhir.Observation() : Fhir.Observation(labels: (Fhir.Confidentiality, label));
        Assert.Equal(permitted, !Fhir.Decide(Scope + " " + scopes, Read, image, options: new() { RequireConfidentialityScope = true }).IsDenied);
    }

    [Theory]
    [InlineData("R", "conf/V", true)]
    [InlineData("V", "conf/R", false)]
    [InlineData("R", "conf/N", false)]
    public void DecideResource_OrderedConfidentiality_HigherUncoversLower(string label, string scope, bool permitted) => Assert.Equal(
        permitted,
        !Fhir.Decide(Scope + " " + scope, Read, Fhir.Observation(labels: (Fhir.Confidentiality, label)), options: new() { ConfidentialityIsOrdered = true }).IsDenied);

    [Theory]
    [InlineData("PSY", "sens/SPI", true)]
    [InlineData("OPIOIDUD", "sens/SPI", true)]
    [InlineData("COGN", "sens/BH", true)]
    [InlineData("SPI", "sens/PSY", false)]
    [InlineData("HIV", "sens/SPI", false)]
    public void DecideResource_SensitivityHierarchy_UpperUncoversLower(string label, string scope, bool permitted) => Assert.Equal(
        permitted,
        !Fhir.Decide(Scope + " " + scope, Read, Fhir.Observation(labels: (Fhir.ActCode, label)), options: new() { SensitivityIsHierarchy = true }).IsDenied);

    [Fact]
    public void DecideResource_ForeignLabels_MayBeDeclaredHarmless() => Fhir.Permitted(
        Fhir.Decide(Scope, Read, Fhir.Observation(labels: ("https://hospital.example/labels", "VIP")), options: new() { RefuseForeignLabels = false }), Scope);

    [Fact]
    public void BreakTheGlass_Accepted_LiftsLabelsAndSaysSo()
    {
        var accepted = Fhir.P1 with { BreakTheGlassAccepted = true };
        var decision = Fhir.Decide(Scope + " btg", Read, Fhir.Observation(labels: (Fhir.ActCode, "HIV")), context: accepted);
        Fhir.Permitted(decision, Scope, "btg");
        Assert.True(decision.BrokeTheGlass);
        Assert.False(Fhir.Decide(Scope + " btg", Read, Fhir.Observation(), context: accepted).BrokeTheGlass);
    }

    [Fact]
    public void BreakTheGlass_NotAcceptedOrNotGranted_LiftsNothing()
    {
        var hiv = Fhir.Observation(labels: (Fhir.ActCode, "HIV"));
        Fhir.Denied(ScopesErrorCodes.LabelNotGranted, Fhir.Decide(Scope + " btg", Read, hiv));
        Fhir.Denied(ScopesErrorCodes.LabelNotGranted, Fhir.Decide(Scope, Read, hiv, context: Fhir.P1 with { BreakTheGlassAccepted = true }));
    }

    [Fact]
    public void BreakTheGlass_NeverWidensPatientTypeAccessOrConstraint()
    {
        var accepted = Fhir.P1 with { BreakTheGlassAccepted = true };
        Fhir.Denied(ScopesErrorCodes.OtherPatient, Fhir.Decide(Scope + " btg", Read, Fhir.Observation("p2"), context: accepted));
        Fhir.Denied(ScopesErrorCodes.Insufficient, Fhir.First(Scope + " btg", "GET Condition/c1", accepted));
        Fhir.Denied(ScopesErrorCodes.Insufficient, Fhir.First(Scope + " btg", "DELETE Observation/o1", accepted));
        Fhir.Denied(ScopesErrorCodes.ConstraintNotMet, Fhir.Decide("patient/Observation.r?status=amended btg", Read, Fhir.Observation(), context: accepted));
        Fhir.Denied(ScopesErrorCodes.Insufficient, Fhir.First("btg", Read, accepted));
    }

    [Theory]
    [InlineData("BTG", true)]
    [InlineData("ETREAT", true)]
    [InlineData("TREAT", false)]
    [InlineData(null, false)]
    public void BreakTheGlass_PurposesConfigured_WorksForTheseOnly(string? purpose, bool permitted) => Assert.Equal(
        permitted,
        !Fhir.Decide(
            Scope + " btg",
            Read,
            Fhir.Observation(labels: (Fhir.ActCode, "HIV")),
            context: Fhir.P1 with { BreakTheGlassAccepted = true, Purpose = purpose },
            options: new() { BreakTheGlassPurposes = ["BTG", "ETREAT"] }).IsDenied);

    private const string Inline = "http://hl7.org/fhir/uv/security-label-ds4p/StructureDefinition/extension-inline-sec-label";

    // DS4P: elements are not cut out, so a label on one counts for the whole resource.
    [Theory]
    [InlineData("R", "", false)]
    [InlineData("R", "conf/R", true)]
    [InlineData("N", "", true)]
    [InlineData("X", "conf/R", false)]
    public void DecideResource_LabelOnAnElement_CountsForTheResource(string code, string scopes, bool permitted)
    {
        var extension = $$$"""{"url":"{{{Inline}}}","valueCoding":{"system":"{{{Fhir.Confidentiality}}}","code":"{{{code}}}"}}""";
        var json = Fhir.Observation(labels: ("http://hl7.org/fhir/uv/security-label-ds4p/CodeSystem/codesystem-inline-labels", "HAS-INLINE-SEC-LABELS")).GetRawText();
        var labelled = json.Replace("\"code\":{", "\"code\":{\"extension\":[" + extension + "],", StringComparison.Ordinal);
        Assert.NotEqual(json, labelled);
        var expected = permitted ? "Permit" : "Deny scopes.label_not_granted";
        Assert.Equal(expected, Fhir.Decide(Scope + " " + scopes, Read, Fhir.Json(labelled)).ToString());
        Assert.Equal(expected, Fhir.Decide(Scope + " " + scopes, Read, Fhir.Json(labelled.Replace("inline-sec-label", "\\u0069nline\\u002dsec-label", StringComparison.Ordinal))).ToString());
        Fhir.Permitted(Fhir.Decide(Scope, Read, Fhir.Json(json)), Scope);
    }

    [Theory]
    [InlineData(""" "valueCode":"N" """)]
    [InlineData(""" "valueCoding":{"code":5} """)]
    [InlineData(""" "valueCoding":"N" """)]
    [InlineData(""" "extension":[] """)]
    public void DecideResource_LabelOnAnElementThatCannotBeRead_IsRefused(string value)
    {
        var json = Fhir.Observation().GetRawText().Insert(1, $$"""
            "component":[{"modifierExtension":[{"url":"{{Inline}}",{{value}}}]}],
            """);
        Fhir.Denied(ScopesErrorCodes.LabelNotGranted, Fhir.Decide(Scope + " conf/R conf/V", Read, Fhir.Json(json)));
    }

    // FHIR R4 dom-5 forbids them; one that is there is not looked away from.
    [Theory]
    [InlineData("""[{"resourceType":"Specimen","id":"s","meta":{"security":[{"code":"HIV"}]}}]""", "", false)]
    [InlineData("""[{"resourceType":"Specimen","id":"s","meta":{"security":[{"code":"HIV"}]}}]""", "sens/HIV", true)]
    [InlineData("""[{"resourceType":"Specimen","id":"s","contained":[{"meta":{"security":[{"code":"HIV"}]}}]}]""", "", false)]
    [InlineData("""[{"resourceType":"Specimen","id":"s"}]""", "", true)]
    [InlineData("""[{"resourceType":"Specimen","id":"s","meta":{"security":"HIV"}}]""", "sens/HIV", false)]
    [InlineData("""["x"]""", "", false)]
    [InlineData("""{"meta":{"security":[{"code":"HIV"}]}}""", "sens/HIV", false)]
    public void DecideResource_LabelOfAContainedResource_CountsForTheResource(string contained, string scopes, bool permitted) => Assert.Equal(
        permitted ? "Permit" : "Deny scopes.label_not_granted",
        Fhir.Decide(Scope + " " + scopes, Read, Fhir.Json(Fhir.Observation().GetRawText().Insert(1, "\"contained\":" + contained + ","))).ToString());

    [Theory]
    [InlineData(Fhir.Confidentiality, "R", Fhir.Confidentiality + "|R")]
    [InlineData("urn:oid:2.16.840.1.113883.5.4", "HIV", Fhir.ActCode + "|HIV")]
    [InlineData("https://hospital.example/labels", "VIP", null)]
    public void Label_OfARefusalOrABrokenGlass_IsNamed(string system, string code, string? label)
    {
        var image = Fhir.Observation(labels: (system, code));
        var refused = Fhir.Decide(Scope, Read, image);
        Assert.Equal((label, ScopesErrorCodes.LabelNotGranted), (refused.Label, refused.Error!.Code));
        Assert.Equal([Scope], refused.Fitting.Select(scope => scope.Value));
        Assert.Equal(label, Fhir.Decide(Scope + " btg", Read, image, context: Fhir.P1 with { BreakTheGlassAccepted = true }).Label);
        Assert.Null(Fhir.Decide(Scope, Read, Fhir.Observation()).Label);
        Assert.Empty(Fhir.Decide(Scope, Read, Fhir.Observation()).Fitting);
    }

    [Fact]
    public void DecideResource_SystemOfALabelThatCannotBeRead_IsRefused() => Fhir.Denied(
        ScopesErrorCodes.LabelNotGranted,
        Fhir.Decide(Scope, Read, Fhir.Json(Fhir.Observation().GetRawText().Insert(1, """ "meta":{"security":[{"system":7,"code":"N"}]},"""))));

    // A document holds what it is made of: one entry that is hidden hides it, whoever the token is of.
    [Theory]
    [InlineData("system/Bundle.r", "Deny scopes.label_not_granted")]
    [InlineData("system/Bundle.r conf/R", "Permit")]
    [InlineData("system/Bundle.r conf/V", "Deny scopes.label_not_granted")]
    public void Decide_StoredBundle_HasTheLabelsOfItsEntries(string scopes, string outcome)
    {
        var inner = $$"""{"resourceType":"Bundle","type":"collection","entry":[{"fullUrl":"urn:uuid:1"},{"resource":{{Fhir.Observation(labels: (Fhir.Confidentiality, "R")).GetRawText()}} }]}""";
        foreach (var bundle in new[] { inner, $$"""{"resourceType":"Bundle","type":"collection","entry":[{"resource":{{inner}} }]}""" })
        {
            var stored = Fhir.Json(bundle.Insert(1, "\"id\":\"b1\","));
            Assert.Equal(outcome, Fhir.Decide(scopes, "GET Bundle/b1", stored, context: FhirTokenContext.None).ToString());
        }

        Fhir.Denied(ScopesErrorCodes.LabelNotGranted, Fhir.Decide("system/Bundle.r conf/R", "GET Bundle/b1", Fhir.Json("""{"resourceType":"Bundle","id":"b1","entry":{}}"""), context: FhirTokenContext.None));
    }

    // What a Binary belongs to says its labels; where that is not given nobody can know them.
    [Fact]
    public void Decide_BinaryWhoseOwnerIsNotGiven_IsHidden()
    {
        ResourceImage binary = Fhir.Json("""{"resourceType":"Binary","id":"b1","securityContext":{"reference":"DocumentReference/d1"}}""");
        Fhir.Denied(ScopesErrorCodes.LabelNotGranted, Fhir.Decide("system/Binary.r", "GET Binary/b1", binary, context: FhirTokenContext.None));
        Fhir.Denied(ScopesErrorCodes.LabelNotGranted, Fhir.Decide("system/Binary.r", "GET Binary/b1", Owned("R"), context: FhirTokenContext.None));
        Fhir.Permitted(Fhir.Decide("system/Binary.r", "GET Binary/b1", Owned("N"), context: FhirTokenContext.None), "system/Binary.r");
        var patients = Fhir.Json("""{"resourceType":"Binary","id":"b1","securityContext":{"reference":"Patient/p1"}}""");
        Fhir.Permitted(Fhir.Decide("system/Binary.r", "GET Binary/b1", patients, context: FhirTokenContext.None), "system/Binary.r");

        ResourceImage Owned(string level) => binary.WithSecurityContext(Fhir.Json(
            $$"""{"resourceType":"DocumentReference","id":"d1","subject":{"reference":"Patient/p1"},"meta":{"security":[{"system":"{{Fhir.Confidentiality}}","code":"{{level}}"}]} }"""));
    }
}
