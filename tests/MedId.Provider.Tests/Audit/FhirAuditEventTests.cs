using System.Text;
using System.Text.Json.Nodes;
using static MedId.Provider.Tests.Audit.TrailScene;

namespace MedId.Provider.Tests.Audit;

/// <summary>The trail as FHIR R4 AuditEvent: valid for every kind of event, with no code that is not published.</summary>
public sealed class FhirAuditEventTests
{
    private const string Issuer = "https://op.example";

    [Fact]
    public async Task ToJson_EveryEventAndAgent_IsValidByTheR4Schema()
    {
        var resources = Resources();

        var said = await FhirPeer.JudgeAsync([.. resources.Select(resource => new JsonObject { ["kind"] = "fhir", ["resource"] = resource.DeepClone() })]);

        Assert.Equal(Enum.GetValues<AuditEventKind>().Length * 2, said.Count);
        Assert.All(said, answer => Assert.True((bool)answer["valid"]!, answer.ToJsonString()));
        var broken = resources[0].DeepClone().AsObject();
        broken.Remove("type");
        Assert.False((bool)(await FhirPeer.JudgeAsync(new JsonObject { ["kind"] = "fhir", ["resource"] = broken }))[0]["valid"]!);
    }

    [Fact]
    public async Task ToJson_EveryCode_IsPublished()
    {
        var codes = new JsonArray([.. Resources().SelectMany(Codings).DistinctBy(coding => coding.ToJsonString()).Select(coding => coding.DeepClone())]);
        Assert.True(codes.Count > 20);

        var said = (await FhirPeer.JudgeAsync(new JsonObject { ["kind"] = "codes", ["codes"] = codes }))[0];

        Assert.True((bool)said["valid"]!, said.ToJsonString());
    }

    [Fact]
    public void ToJson_Entry_SaysWhoWhatWhyAndTheChain()
    {
        var entry = Entries[3];
        var resource = JsonNode.Parse(FhirAuditEvents.ToJson(entry, Issuer))!;

        Assert.Equal(("AuditEvent", "audit-4", "2026-11-21T09:00:03.000000Z", "0"), ((string?)resource["resourceType"], (string?)resource["id"], (string?)resource["recorded"], (string?)resource["outcome"]));
        Assert.Equal("TREAT", (string?)resource["purposeOfEvent"]![0]!["coding"]![0]!["code"]);
        var agents = resource["agent"]!.AsArray();
        Assert.Equal([true, false, false], agents.Select(agent => (bool)agent!["requestor"]!));
        Assert.Equal(("https://doctors.example", "doctor", "Practitioner"), ((string?)agents[1]!["who"]!["identifier"]!["system"], (string?)agents[1]!["who"]!["identifier"]!["value"], (string?)agents[1]!["who"]!["type"]));
        Assert.Equal("org-1", (string?)agents[2]!["who"]!["identifier"]!["value"]);
        Assert.Equal(["account-a", "consent-1"], resource["entity"]!.AsArray().Take(2).Select(entity => (string?)entity!["what"]!["identifier"]!["value"]));
        var chain = resource["entity"]![2]!;
        Assert.Equal(entry.Digest, (string?)chain["name"]);
        var details = chain["detail"]!.AsArray().Select(detail => ((string?)detail!["type"], (string?)detail["valueString"])).ToList();
        Assert.Contains(("sequence", "4"), details);
        Assert.Contains(("previous", Entries[2].Digest), details);
        Assert.Contains(("scope", "patient/Patient.read"), details);
    }

    [Fact]
    public void ToJson_BrokenGlass_SaysBtgAndRefusalSaysItsCode()
    {
        var glass = JsonNode.Parse(FhirAuditEvents.ToJson(AuditHead.Empty(Tenant).Append(Line(0) with { Event = AuditEventKind.BreakGlassUsed }), Issuer))!;
        Assert.Equal(("BTG", "110127"), ((string?)glass["purposeOfEvent"]![0]!["coding"]![0]!["code"], (string?)glass["subtype"]![0]!["code"]));
        var refused = JsonNode.Parse(FhirAuditEvents.ToJson(AuditHead.Empty(Tenant).Append(Line(1) with { Outcome = AuditOutcome.Refused, ErrorCode = "provider.no_device" }), Issuer))!;
        Assert.Equal(("4", "provider.no_device"), ((string?)refused["outcome"], (string?)refused["outcomeDesc"]));
    }

    [Fact]
    public async Task Export_Trail_IsOneResourceALineAndStopsAtWhatWasChanged()
    {
        var store = new InMemoryProviderStore();
        var trail = new AuditTrail(store, new() { Issuer = Issuer, Tenant = Tenant }, TimeProvider.System);
        for (var i = 0; i < 501; i++)
        {
            await trail.RecordAsync(Line(i % 5), TestContext.Current.CancellationToken);
        }

        using var output = new MemoryStream();
        var report = await trail.ExportAsync(output, cancellationToken: TestContext.Current.CancellationToken);
        Assert.True(report.IsWhole);
        Assert.Equal(501, report.Head.Length);
        var lines = Encoding.UTF8.GetString(output.ToArray()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(Enumerable.Range(1, 501).Select(place => $"audit-{place}"), lines.Select(line => (string?)JsonNode.Parse(line)!["id"]));

        // What comes next is exported from where the last export ended.
        await trail.RecordNowAsync(AuditEventKind.DeskAct, line => line with { Reason = "synthetic" }, TestContext.Current.CancellationToken);
        using var next = new MemoryStream();
        Assert.Equal(502, (await trail.ExportAsync(next, report.Head, TestContext.Current.CancellationToken)).Head.Length);
        Assert.Equal("audit-502", (string?)JsonNode.Parse(next.ToArray())!["id"]);
        var foreign = await trail.ExportAsync(Stream.Null, report.Head with { Digest = Entries[0].Digest }, TestContext.Current.CancellationToken);
        Assert.Equal(ProviderErrorCodes.AuditRewritten, foreign.Error?.Code);
        Assert.True((await trail.VerifyAsync(await trail.HeadAsync(TestContext.Current.CancellationToken), TestContext.Current.CancellationToken)).IsWhole);
        Assert.True((await trail.VerifyAsync(report.Head, TestContext.Current.CancellationToken)).IsWhole);
        Assert.Equal(ProviderErrorCodes.AuditForked, (await trail.VerifyAsync(report.Head with { Digest = Entries[0].Digest }, TestContext.Current.CancellationToken)).Error?.Code);
        Assert.Equal(ProviderErrorCodes.AuditTruncated, (await trail.VerifyAsync(report.Head with { Length = 503 }, TestContext.Current.CancellationToken)).Error?.Code);
    }

    private static List<JsonNode> Resources() =>
    [
        .. from happened in Enum.GetValues<AuditEventKind>()
           from line in (AuditLine[])[Whole(happened), new() { Event = happened, At = Now }]
           select JsonNode.Parse(FhirAuditEvents.ToJson(AuditHead.Empty(Tenant).Append(line), Issuer))!,
    ];

    private static IEnumerable<JsonNode> Codings(JsonNode node) => node switch
    {
        JsonObject one when one.ContainsKey("system") && one.ContainsKey("code") => [one],
        JsonObject one => one.SelectMany(member => member.Value is null ? [] : Codings(member.Value)),
        JsonArray many => many.SelectMany(member => Codings(member!)),
        _ => [],
    };
}
