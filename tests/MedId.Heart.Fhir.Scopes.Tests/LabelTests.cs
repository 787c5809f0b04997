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
}
