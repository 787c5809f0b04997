using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using MedId.Core;

namespace MedId.Consent;

/// <summary>FHIR R4 Consent: what the standard calls things, and the writer.</summary>
internal static class Fhir
{
    public const string Section = "FHIR R4 Consent";
    public const string ActCode = "http://terminology.hl7.org/CodeSystem/v3-ActCode";
    public const string ParticipationType = "http://terminology.hl7.org/CodeSystem/v3-ParticipationType";
    public const string ConsentAction = "http://terminology.hl7.org/CodeSystem/consentaction";

    public const string DefaultScope = """{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/consentscope","code":"patient-privacy"}]}""";
    public const string DefaultCategory = """[{"coding":[{"system":"http://loinc.org","code":"59284-0"}]}]""";

    /// <summary>The elements by which a provision is a rule and not only the base for others.</summary>
    public static readonly IReadOnlyList<string> RuleElements = ["actor", "action", "securityLabel", "purpose", "class", "code", "dataPeriod", "data"];

    public static readonly WordTable<ArtefactStatus> Statuses = new(
        ("draft", ArtefactStatus.Draft),
        ("proposed", ArtefactStatus.Requested),
        ("active", ArtefactStatus.Given),
        ("rejected", ArtefactStatus.Denied),
        ("inactive", ArtefactStatus.Ended),
        ("entered-in-error", ArtefactStatus.Invalid));

    public static readonly WordTable<ArtefactAction> Actions = new(
        ("access", ArtefactAction.View),
        ("collect", ArtefactAction.Store),
        ("use", ArtefactAction.Use),
        ("disclose", ArtefactAction.Disclose),
        ("correct", ArtefactAction.Correct));

    private static readonly WordTable<ArtefactStatus> Nearest = new(
        ("inactive", ArtefactStatus.Withdrawn), ("inactive", ArtefactStatus.Expired), ("inactive", ArtefactStatus.Superseded), ("inactive", ArtefactStatus.Paused));

    public static bool Recognises(JsonElement root) => root.TryGetProperty("resourceType", out _);

    public static MedIdResult<ConsentArtefact> Read(JsonElement root, ArtefactOptions options) => new FhirReading(options.FhirExtensionBase?.OriginalString).Read(root);

    public static MedIdResult<ReadOnlyMemory<byte>> Write(ConsentArtefact artefact, ArtefactOptions options)
    {
        var writing = new ArtefactWriting(ArtefactFormat.FhirR4, Section);
        var extensionBase = options.FhirExtensionBase?.OriginalString;
        if (!Statuses.TryWord(artefact.Status ?? ArtefactStatus.Given, out var status) && !Nearest.TryWord(artefact.Status ?? default, out status))
        {
            writing.NotExpressible("status");
        }

        var subject = artefact.Subject is { } person ? new ArtefactParty { Id = person.Id, Name = person.Name } : null;
        var uuid = Guid.TryParseExact(artefact.Id, "D", out _) && !artefact.Id.Any(char.IsAsciiLetterUpper);
        var root = new JsonObject()
            .With("resourceType", "Consent")
            .WithAny("extension", FhirExtensions.Write(extensionBase,
            [
                ("jurisdiction", artefact.Jurisdiction), ("acr", artefact.Acr), ("notice-version", artefact.Notice?.Version), ("notice-language", artefact.Notice?.Language),
                .. artefact.Amr.Select(v => ("amr", (string?)v)),
                .. artefact.ScopesAsked.Select(v => ("scope-asked", (string?)v)),
                .. artefact.ScopesShown.Select(v => ("scope-shown", (string?)v)),
                .. artefact.ScopesGranted.Select(v => ("scope-granted", (string?)v)),
            ]))
            .WithArray("identifier", [new JsonObject().With("system", uuid ? "urn:ietf:rfc:3986" : null).With("value", uuid ? "urn:uuid:" + artefact.Id : artefact.Id)])
            .With("status", status)
            .With("patient", FhirReference.Write(subject, artefact.Subject?.Issuer))
            .With("dateTime", artefact.IssuedAt is { } at ? ArtefactTime.Write(at) : null)
            .WithAny("performer", Present(artefact.Proxy is { } proxy ? FhirReference.Write(new() { Id = proxy }) : Bare(subject, artefact.Subject?.Issuer)))
            .WithAny("organization", Present(FhirReference.Write(artefact.Provider)))
            .WithAny("policy", Present(Uri(artefact.Notice?.Uri) is { } uri ? new JsonObject().With("uri", uri) : null))
            .With("policyRule", new JsonObject()
                .WithArray("coding", [new JsonObject().With("system", ActCode).With("code", artefact.PermitByDefault ? "OPTIN" : "OPTOUT")])
                .With("text", artefact.LawBasis))
            .WithAny("verification", Present(artefact.AuthTime is { } time
                ? new JsonObject().With("verified", true).With("verifiedWith", IsAside(artefact, "/verification/0/verifiedWith") ? null : Bare(subject, artefact.Subject?.Issuer)).With("verificationDate", ArtefactTime.Write(time))
                : null))
            .With("provision", WriteRoot(artefact, extensionBase));
        foreach (var (name, json) in new[] { ("scope", DefaultScope), ("category", DefaultCategory) })
        {
            if (!IsAside(artefact, "/" + name))
            {
                root.Add(name, JsonNode.Parse(json));
            }
        }

        return writing.Complete(root, artefact);
    }

    public static bool TryUuid(string value, out string uuid)
    {
        uuid = value.StartsWith("urn:uuid:", StringComparison.Ordinal) ? value[9..] : string.Empty;
        return Guid.TryParseExact(uuid, "D", out _) && !uuid.Any(char.IsAsciiLetterUpper);
    }

    // DAY/1 or DAY/1/180: unit, times, spans.
    public static ArtefactFrequency? ReadFrequency(string text) =>
        text.Split('/') is { Length: 2 or 3 } parts && Enum.TryParse<ArtefactTimeUnit>(parts[0], out var unit) && Enum.IsDefined(unit)
        && long.TryParse(parts[1], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value)
        && (parts.Length == 2 || long.TryParse(parts[2], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _))
            ? new(unit, value, parts.Length == 2 ? null : long.Parse(parts[2], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture))
            : null;

    /// <summary>R4 §2.24.0.1: a uri has no white space; what has some is none.</summary>
    public static string? Uri(string? text) => string.IsNullOrEmpty(text) || text.Any(char.IsWhiteSpace) ? null : text;

    private static bool IsAside(ConsentArtefact artefact, string place) => artefact.Aside.Any(a => a.Format == ArtefactFormat.FhirR4 && a.Place == place);

    private static JsonObject? Bare(ArtefactParty? subject, string? system) => FhirReference.Write(subject is null ? null : subject with { Name = null }, system);

    private static IEnumerable<JsonNode?> Present(JsonObject? value) => value is null ? [] : [value];

    private static JsonObject? WriteRoot(ConsentArtefact artefact, string? extensionBase)
    {
        var inRoot = artefact.Clauses.Count == 0;
        var rules = artefact.Clauses.Select(c => WriteRule(artefact, c, "permit", extensionBase)).Concat(artefact.Exceptions.Select(c => WriteRule(artefact, c, "deny", extensionBase))).ToArray();
        var period = inRoot ? WritePeriod(artefact.ValidFrom, artefact.ExpiresAt) : null;
        return period is null && rules.Length == 0 ? null : new JsonObject().With("period", period).WithAny("provision", rules);
    }

    private static JsonObject WriteRule(ConsentArtefact artefact, ConsentClause clause, string type, string? extensionBase)
    {
        var permit = type == "permit";
        var recipient = clause.Recipient ?? (permit ? artefact.Recipient : null);
        return new JsonObject()
            .WithAny("extension", FhirExtensions.Write(extensionBase,
            [
                ("frequency", clause.Frequency is { } f ? FormattableString.Invariant($"{f.Unit}/{f.Value}") + (f.Repeats is { } r ? FormattableString.Invariant($"/{r}") : string.Empty) : null),
                ("retention", clause.Retention is { } retention ? RetentionText.Write(retention) : null),
                ("one-time", clause.OneTime switch { true => "true", false => "false", null => null }),
                .. clause.Kinds.Select(k => ("data-kind", (string?)k)),
            ]))
            .With("type", type)
            .With("period", WritePeriod(clause.ValidFrom ?? (permit ? artefact.ValidFrom : null), clause.ValidUntil ?? (permit ? artefact.ExpiresAt : null)))
            .WithAny("actor", recipient is null ? [] :
            [
                new JsonObject().With("role", Concept(ParticipationType, "IRCP")).With("reference", FhirReference.Write(recipient)),
            ])
            .WithAny("action", clause.Actions.SelectMany(Words).Distinct(StringComparer.Ordinal).Select(w => Concept(ConsentAction, w)))
            .WithAny("securityLabel", clause.Labels.Select(l => new JsonObject().With("system", Uri(l.System)).With("code", l.Code)))
            .WithAny("purpose", clause.Purposes.Select(p => new JsonObject().With("system", Uri(p.System)).With("code", p.Code).With("display", p.Text)))
            .WithAny("class", clause.Data.Select(d => new JsonObject().With("system", Uri(d.System)).With("code", d.Code).With("display", d.Text)))
            .WithAny("code", clause.Codes.Select(c => Concept(c.System, c.Code)))
            .With("dataPeriod", clause.DataFrom is null && clause.DataUntil is null ? null : new JsonObject()
                .With("start", clause.DataFrom is { } from ? FhirTime.WriteStart(from) : null)
                .With("end", clause.DataUntil is { } until ? WriteDataEnd(until) : null))
            .WithAny("data", clause.References.Select(r => new JsonObject().With("meaning", r.Meaning).With("reference", new JsonObject().With("reference", r.Reference))));
    }

    private static IEnumerable<string> Words(ArtefactAction action) =>
        action == ArtefactAction.Query ? ["access", "use"] : Actions.TryWord(action, out var word) ? [word] : [];

    private static JsonObject Concept(string? system, string code) => new JsonObject().WithArray("coding", [new JsonObject().With("system", Uri(system)).With("code", code)]);

    private static JsonObject? WritePeriod(DateTimeOffset? from, DateTimeOffset? until) => from is null && until is null ? null : new JsonObject()
        .With("start", from is { } start ? FhirTime.WriteStart(start) : null)
        .With("end", until is { } end ? FhirTime.WriteEndBefore(end) : null);

    private static string WriteDataEnd(DateTimeOffset until) => until.Ticks == DateTimeOffset.MaxValue.Ticks ? FhirTime.WriteStart(until) : FhirTime.WriteEndBefore(until.AddTicks(1));
}
