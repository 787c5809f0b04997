using System.Text;
using System.Text.Json.Nodes;
using MedId.Consent;

namespace MedId.Consent.Tests.Artefacts;

/// <summary>The published samples: read, written back, and equal in every member that they have.</summary>
public sealed class ArtefactSampleTests
{
    [Theory]
    [InlineData("abdm-hip-notify-granted-sample.json", ArtefactFormat.AbdmJson)]
    [InlineData("abdm-hip-notify-revoked-sample.json", ArtefactFormat.AbdmJson)]
    [InlineData("rebit-aa-consent-request-sample.json", ArtefactFormat.AccountAggregatorJson)]
    [InlineData("fhir-r4-consent-sample.json", ArtefactFormat.FhirR4)]
    [InlineData("iso27560-record-sample.json", ArtefactFormat.Iso27560)]
    [InlineData("kantara-cr-1.1-example.json", ArtefactFormat.KantaraReceipt)]
    public void Write_OfAReadJsonSample_HasEveryMemberAgain(string file, ArtefactFormat format)
    {
        var bytes = ConsentVectors.Read(file);
        Assert.Equal(format, ConsentArtefacts.Recognise(bytes).Value);
        var read = ConsentArtefacts.Read(format, bytes);
        Assert.True(read.Succeeded, read.ToString());
        var written = ConsentArtefacts.Write(format, read.Value);

        Assert.True(written.Succeeded, written.ToString());
        Assert.Empty(written.Value.Lost);
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(bytes), JsonNode.Parse(written.Value.Bytes.Span)), Encoding.UTF8.GetString(written.Value.Bytes.Span));
    }

    [Fact]
    public void Write_OfTheMeitySample_HasEveryMemberAgain()
    {
        var bytes = ConsentVectors.Read("meity-consent-sample.xml");
        var read = ConsentArtefacts.Read(ArtefactFormat.MeityXml, bytes);
        Assert.True(read.Succeeded, read.ToString());
        Assert.Empty(read.Value.Aside);
        var written = ConsentArtefacts.Write(ArtefactFormat.MeityXml, read.Value);

        Assert.True(written.Succeeded, written.ToString());
        Assert.Empty(written.Value.Lost);
        Assert.Equal(Shape(bytes), Shape(written.Value.Bytes.ToArray()));
    }

    [Fact]
    public void Read_MeitySample_HasWhatItSays()
    {
        var artefact = ConsentArtefacts.Read(ArtefactFormat.MeityXml, ConsentVectors.Read("meity-consent-sample.xml")).Value!;
        var clause = Assert.Single(artefact.Clauses);

        Assert.Equal("3f6c1f0e-8d0f-4a53-9f3b-0a2d6c1b9a11", artefact.Id);
        Assert.Equal(new DateTimeOffset(2026, 9, 30, 0, 0, 0, TimeSpan.Zero), artefact.ExpiresAt);
        Assert.True(artefact.Revocable);
        Assert.Equal("https://ehr.clinic-a.example.jp", artefact.Recipient!.Id);
        Assert.Equal("https://ehr.clinic-a.example.jp/consent/revoked", artefact.Recipient.Notify[0].Value);
        Assert.Equal("Observation", clause.Data[0].Code);
        Assert.Equal([ArtefactAction.View], clause.Actions);
        Assert.Equal(new ArtefactFrequency(ArtefactTimeUnit.Day, 1, 180), clause.Frequency);
        Assert.Equal(ArtefactRetention.For(ArtefactTimeUnit.Month, 6), clause.Retention);
        Assert.Equal("category=laboratory", clause.Filters[0].Value);
        Assert.Equal(new ArtefactPurpose("http://terminology.hl7.org/CodeSystem/v3-ActReason", "TREAT", "Treatment"), clause.Purposes[0]);
    }

    [Fact]
    public void Read_FhirSample_EndsAfterItsLastDay()
    {
        var artefact = ConsentArtefacts.Read(ArtefactFormat.FhirR4, ConsentVectors.Read("fhir-r4-consent-sample.json")).Value!;

        Assert.Equal(new DateTimeOffset(2026, 10, 1, 0, 0, 0, TimeSpan.Zero), artefact.ExpiresAt);
        Assert.Equal("3f6c1f0e-8d0f-4a53-9f3b-0a2d6c1b9a11", artefact.Id);
        Assert.Equal("Organization/clinic-a", artefact.Recipient!.Id);
        Assert.False(artefact.PermitByDefault);
        Assert.Null(artefact.Proxy);
    }

    [Fact]
    public void Read_AbdmRevokedSample_IsWithdrawn() =>
        Assert.Equal(ArtefactStatus.Withdrawn, ConsentArtefacts.Read(ArtefactFormat.AbdmJson, ConsentVectors.Read("abdm-hip-notify-revoked-sample.json")).Value!.Status);

    [Theory]
    [InlineData("abdm-hiu-notify-revoked-sample.json", ArtefactFormat.AbdmJson)]
    [InlineData("meity-log-sample.xml", ArtefactFormat.MeityXml)]
    [InlineData("meity-revocation-sample.xml", ArtefactFormat.MeityXml)]
    public void Read_AnotherDocumentOfTheFamily_IsNoArtefact(string file, ArtefactFormat format) =>
        Assert.Equal(ConsentErrorCodes.NotAnArtefact, ConsentArtefacts.Read(format, ConsentVectors.Read(file)).Error?.Code);

    private static string Shape(byte[] xml)
    {
        using var stream = new MemoryStream(xml);
        return Shape(System.Xml.Linq.XDocument.Load(stream).Root!);
    }

    // Names, attributes and texts; white space between elements says nothing.
    private static string Shape(System.Xml.Linq.XElement element)
    {
        var attributes = element.Attributes().Where(a => !a.IsNamespaceDeclaration).OrderBy(a => a.Name.ToString(), StringComparer.Ordinal).Select(a => $" {a.Name}={a.Value}");
        return $"<{element.Name}{string.Concat(attributes)}>{(element.HasElements ? string.Concat(element.Elements().Select(Shape)) : element.Value)}";
    }
}
