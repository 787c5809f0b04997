using System.Diagnostics;
using System.Text;
using MedId.Consent;
using MedId.Cryptography;
using MedId.TestSupport;

namespace MedId.Consent.Tests.Artefacts;

/// <summary>One change of a valid artefact, one code; nothing throws, nothing hangs.</summary>
public sealed class ArtefactReadingTests
{
    private const string Abdm = "abdm-hip-notify-granted-sample.json";
    private const string AccountAggregator = "rebit-aa-consent-request-sample.json";
    private const string FhirSample = "fhir-r4-consent-sample.json";
    private const string IsoSample = "iso27560-record-sample.json";
    private const string KantaraSample = "kantara-cr-1.1-example.json";
    private const string MeitySample = "meity-consent-sample.xml";

    public static TheoryData<string, ArtefactFormat> Samples => new()
    {
        { Abdm, ArtefactFormat.AbdmJson }, { AccountAggregator, ArtefactFormat.AccountAggregatorJson }, { FhirSample, ArtefactFormat.FhirR4 },
        { IsoSample, ArtefactFormat.Iso27560 }, { KantaraSample, ArtefactFormat.KantaraReceipt }, { MeitySample, ArtefactFormat.MeityXml },
    };

    [Theory]
    [InlineData(Abdm, ArtefactFormat.AbdmJson, "\"createdAt\"", "\"createdat\"", ConsentErrorCodes.MemberMissing)]
    [InlineData(Abdm, ArtefactFormat.AbdmJson, "\"status\": \"GRANTED\"", "\"status\": \"granted\"", ConsentErrorCodes.MemberInvalid)]
    [InlineData(Abdm, ArtefactFormat.AbdmJson, "\"accessMode\": \"VIEW\"", "\"accessMode\": 1", ConsentErrorCodes.MemberInvalid)]
    [InlineData(Abdm, ArtefactFormat.AbdmJson, "2026-09-30T00:00:00.000Z", "2026-09-31T00:00:00.000Z", ConsentErrorCodes.MemberInvalid)]
    [InlineData(Abdm, ArtefactFormat.AbdmJson, "2026-09-30T00:00:00.000Z", "2026-09-30T00:00:00.000", ConsentErrorCodes.MemberInvalid)]
    [InlineData(Abdm, ArtefactFormat.AbdmJson, "\"schemaVersion\"", "\"consentId\"", CryptographyErrorCodes.JsonDuplicateMember)]
    [InlineData(AccountAggregator, ArtefactFormat.AccountAggregatorJson, "\"ConsentDetail\"", "\"signedConsent\"", ConsentErrorCodes.NotAnArtefact)]
    [InlineData(AccountAggregator, ArtefactFormat.AccountAggregatorJson, "\"value\": 0", "\"value\": -1", ConsentErrorCodes.MemberInvalid)]
    [InlineData(FhirSample, ArtefactFormat.FhirR4, "\"status\"", "\"modifierExtension\": [], \"implicitRules\": \"urn:x\", \"status\"", ConsentErrorCodes.MemberNotSupported)]
    [InlineData(FhirSample, ArtefactFormat.FhirR4, "\"code\": \"IRCP\"", "\"code\": \"PRCP\"", ConsentErrorCodes.MemberNotSupported)]
    [InlineData(FhirSample, ArtefactFormat.FhirR4, "\"code\": \"access\"", "\"code\": \"acces\"", ConsentErrorCodes.MemberNotSupported)]
    [InlineData(FhirSample, ArtefactFormat.FhirR4, "\"type\": \"permit\"", "\"type\": \"permit\", \"provision\": [{\"type\":\"deny\"}]", ConsentErrorCodes.MemberNotSupported)]
    [InlineData(FhirSample, ArtefactFormat.FhirR4, "\"resourceType\": \"Consent\"", "\"resourceType\": \"Contract\"", ConsentErrorCodes.NotAnArtefact)]
    [InlineData(FhirSample, ArtefactFormat.FhirR4, "\"reference\": \"Patient/p1\"", "\"reference\": \"p 1\"", ConsentErrorCodes.MemberInvalid)]
    [InlineData(IsoSample, ArtefactFormat.Iso27560, "\"event_time\"", "\"time\"", ConsentErrorCodes.MemberMissing)]
    [InlineData(KantaraSample, ArtefactFormat.KantaraReceipt, "KI-CR-v1.1.0", "KI-CR-v1.2.0", ConsentErrorCodes.MemberNotSupported)]
    [InlineData(KantaraSample, ArtefactFormat.KantaraReceipt, "1510592400", "-1", ConsentErrorCodes.MemberInvalid)]
    [InlineData(KantaraSample, ArtefactFormat.KantaraReceipt, "\"spiCat\"", "\"spicat\"", ConsentErrorCodes.MemberMissing)]
    [InlineData(MeitySample, ArtefactFormat.MeityXml, "<Purpose code=\"TREAT\"", "<Purpose", ConsentErrorCodes.MemberMissing)]
    [InlineData(MeitySample, ArtefactFormat.MeityXml, "mode=\"VIEW\"", "mode=\"STREAM\"", ConsentErrorCodes.MemberInvalid)]
    [InlineData(MeitySample, ArtefactFormat.MeityXml, "timestamp=\"2026-04-01T10:00:00Z\"", "timestamp=\"2026-04-01T10:00:00Z5.5\"", ConsentErrorCodes.MemberInvalid)]
    [InlineData(MeitySample, ArtefactFormat.MeityXml, "xmlns=\"http://meity.gov.in\"", "xmlns=\"http://meity.gov.in/x\"", ConsentErrorCodes.FormatUnknown)]
    [InlineData(MeitySample, ArtefactFormat.MeityXml, "<Consent xmlns", "<!DOCTYPE x []><Consent xmlns", ConsentErrorCodes.Malformed)]
    [InlineData(MeitySample, ArtefactFormat.MeityXml, "</Consent>", "", ConsentErrorCodes.Malformed)]
    public void Read_OneChange_HasItsCode(string file, ArtefactFormat format, string from, string to, string code)
    {
        var text = Encoding.UTF8.GetString(ConsentVectors.Read(file));
        var changed = text.Replace(from, to, StringComparison.Ordinal);
        Assert.NotEqual(text, changed);

        Assert.Equal(code, ConsentArtefacts.Read(format, Encoding.UTF8.GetBytes(changed)).Error?.Code);
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public void Read_OneByteTooMany_IsTooLarge(string file, ArtefactFormat format)
    {
        var sample = ConsentVectors.Read(file);
        var most = new byte[1024 * 1024];
        most.AsSpan().Fill((byte)'\n');
        sample.CopyTo(most, 0);

        Assert.True(ConsentArtefacts.Read(format, most).Succeeded);
        Assert.Equal(ConsentErrorCodes.TooLarge, ConsentArtefacts.Read(format, (byte[])[.. most, (byte)'\n']).Error?.Code);
    }

    [Theory]
    [InlineData(256, null)]
    [InlineData(257, ConsentErrorCodes.Limit)]
    public void Read_ManyTypes_AreReadUpToTheLimit(int count, string? code)
    {
        var types = string.Join(',', Enumerable.Range(0, count).Select(i => $"\"Type{i}\""));
        var text = Encoding.UTF8.GetString(ConsentVectors.Read(Abdm)).Replace("\"DiagnosticReport\"", types, StringComparison.Ordinal);

        Assert.Equal(code, ConsentArtefacts.Read(ArtefactFormat.AbdmJson, Encoding.UTF8.GetBytes(text)).Error?.Code);
    }

    [Fact]
    public void Read_MembersThatNobodyKnows_AreKeptAndWrittenBack()
    {
        var text = Encoding.UTF8.GetString(ConsentVectors.Read(Abdm)).Replace("\"schemaVersion\"", "\"x/y~z\": {\"a\": [1, null]}, \"schemaVersion\"", StringComparison.Ordinal);
        var read = ConsentArtefacts.Read(ArtefactFormat.AbdmJson, Encoding.UTF8.GetBytes(text)).Value!;
        var written = ConsentArtefacts.Write(ArtefactFormat.AbdmJson, read).Value!;

        Assert.Contains(read.Aside, a => a is { Place: "/consentDetail/x~1y~0z", Value: "{\"a\":[1,null]}" });
        Assert.Empty(written.Lost);
        Assert.Contains("aside", ConsentArtefacts.Write(ArtefactFormat.KantaraReceipt, read).Value!.Lost);
    }

    [Fact]
    public void Write_EverythingButExceptions_IsNoOtherFormatsToSay()
    {
        var artefact = new ArtefactGenerator(1).Fit(ArtefactFormat.MeityXml) with { PermitByDefault = true };

        Assert.Equal(ConsentErrorCodes.NotExpressible, ConsentArtefacts.Write(ArtefactFormat.MeityXml, artefact).Error?.Code);
    }

    [Fact]
    public void Write_ClausesThatDiffer_AreNotMadeOne()
    {
        var artefact = new ArtefactGenerator(1).Fit(ArtefactFormat.AbdmJson);
        var wider = artefact.Clauses[0] with { Actions = [artefact.Clauses[0].Actions[0] == ArtefactAction.Store ? ArtefactAction.View : ArtefactAction.Store] };

        Assert.Equal(ConsentErrorCodes.NotExpressible, ConsentArtefacts.Write(ArtefactFormat.AbdmJson, artefact with { Clauses = [.. artefact.Clauses, wider] }).Error?.Code);
    }

    [Fact]
    public void Convert_MeityToAbdm_NamesWhatNobodySaid()
    {
        var converted = ConsentArtefacts.Convert(ArtefactFormat.MeityXml, ConsentVectors.Read(MeitySample), ArtefactFormat.AbdmJson);

        Assert.Equal((ConsentErrorCodes.MemberMissing, "data_range"), (converted.Error?.Code, converted.Error?.Detail));
    }

    [Fact]
    public void Convert_MeityToFhir_SaysWhatIsDropped()
    {
        var converted = ConsentArtefacts.Convert(ArtefactFormat.MeityXml, ConsentVectors.Read(MeitySample), ArtefactFormat.FhirR4).Value!;

        Assert.Equal(
            [
                "status", "revocable", "revoker", "subject_type", "subject_local_ids", "provider_type", "provider_notify", "recipient_type", "recipient_notify", "collector", "collector_type",
                "data_kinds", "filters", "frequency", "retention", "use_log", "access_log",
            ],
            converted.Lost);
        Assert.Equal(["status", "data_kinds", "filters", "frequency", "retention"], converted.LostLimits);
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public void Read_Mutants_NeverThrowAndSayOneThing(string file, ArtefactFormat format)
    {
        var sample = ConsentVectors.Read(file);
        var clock = Stopwatch.StartNew();
        foreach (var mutant in new SeededMutator(20260403).Mutate(sample, 1500))
        {
            var read = ConsentArtefacts.Read(format, mutant.Bytes);
            _ = ConsentArtefacts.Recognise(mutant.Bytes);

            // What is accepted is what it says: written and read again it is the same, or the writer names what is not.
            if (read.Succeeded && ConsentArtefacts.Write(format, read.Value) is { Succeeded: true, Value: var written })
            {
                Assert.Equal(written.Lost, ArtefactMembers.Differences(read.Value, ConsentArtefacts.Read(format, written.Bytes).Value!));
            }
        }

        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(60), clock.Elapsed.ToString());
    }

    [Theory]
    [InlineData("meity-revocation-sample.xml")]
    [InlineData("meity-log-sample.xml")]
    public void Read_MutantsOfOtherDocuments_NeverThrow(string file)
    {
        foreach (var mutant in new SeededMutator(20260404).Mutate(ConsentVectors.Read(file), 500))
        {
            _ = MeityRevocation.Read(mutant.Bytes);
            _ = MeityLog.Read(mutant.Bytes);
        }
    }

    [Fact]
    public void Read_RevocationAndLogSamples_AreWrittenBackTheSame()
    {
        var revocation = MeityRevocation.Read(ConsentVectors.Read("meity-revocation-sample.xml")).Value!;
        var log = MeityLog.Read(ConsentVectors.Read("meity-log-sample.xml")).Value!;

        Assert.Equal("<Consent .../>", Encoding.UTF8.GetString(revocation.Consent.Span));
        Assert.Equal(revocation, MeityRevocation.Read(revocation.Write().Value).Value);
        Assert.Equal((MeityLogEvent.DataSent, "search Observation"), (log.Event, log.Note));
        Assert.Equal(log, MeityLog.Read(log.Write().Value).Value);
    }

    // A text that looks like JSON and holds half a surrogate pair stays a text; nothing throws over it.
    [Theory]
    [InlineData("{\"a\":\"\\ud800\"}")]
    [InlineData("{\"\\ud800aaaaaaaaaaaaaaaa\":1}")]
    public void Write_AddressThatIsNearlyJson_IsWrittenAsText(string address)
    {
        var artefact = ConsentArtefacts.Read(ArtefactFormat.KantaraReceipt, ConsentVectors.Read(KantaraSample)).Value!;
        artefact = artefact with { Provider = artefact.Provider! with { Address = address } };

        var written = ConsentArtefacts.Write(ArtefactFormat.KantaraReceipt, artefact);

        Assert.True(written.Succeeded, written.ToString());
    }
}
