using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using MedId.Core;

namespace MedId.Consent;

/// <summary>ISO/IEC TS 27560:2023 consent records in JSON, with the names of the DPV guide.</summary>
internal static class Iso27560
{
    public const string Section = "ISO/IEC TS 27560 (DPV guide)";

    private const string SchemaVersion = "27560-2023";

    private static readonly WordTable<ArtefactStatus> States = new(
        ("requested", ArtefactStatus.Requested),
        ("given", ArtefactStatus.Given),
        ("refused", ArtefactStatus.Denied),
        ("withdrawn", ArtefactStatus.Withdrawn),
        ("expired", ArtefactStatus.Expired),
        ("invalidated", ArtefactStatus.Invalid),
        ("revoked by controller", ArtefactStatus.Ended),
        ("unknown", ArtefactStatus.Unknown));

    private static readonly WordTable<ArtefactAction> Methods = new(
        ("view", ArtefactAction.View),
        ("store", ArtefactAction.Store),
        ("query", ArtefactAction.Query),
        ("stream", ArtefactAction.Stream),
        ("use", ArtefactAction.Use),
        ("disclose", ArtefactAction.Disclose),
        ("correct", ArtefactAction.Correct));

    public static bool Recognises(JsonElement root) => root.TryGetProperty("consent_record_schema_version", out _) || (root.TryGetProperty("record_id", out _) && root.TryGetProperty("pii_processing", out _));

    public static MedIdResult<ConsentArtefact> Read(JsonElement root)
    {
        var reading = new ArtefactReading(ArtefactFormat.Iso27560, Section);
        var record = new JsonMembers(reading, root, string.Empty);
        if (!record.Has("consent_record_schema_version"))
        {
            reading.Missing("/consent_record_schema_version");
        }

        record.Default("consent_record_schema_version", "\"" + SchemaVersion + "\"");
        var parties = new Iso27560Parties(reading, record.Objects("party_identification"));
        var processing = record.Object("pii_processing");
        var purposes = processing.Objects("purposes");
        if (purposes.Count == 0)
        {
            reading.Missing("/pii_processing/purposes");
        }

        var clauses = purposes.Select(p => ReadPurpose(reading, p, parties)).ToList();
        var (recipient, basis, jurisdiction) = (Hoist.Common(clauses, c => c.Recipient), Hoist.Common(clauses, c => c.LawBasis), Hoist.Common(clauses, c => c.Jurisdiction));
        clauses = clauses.ConvertAll(c => c with
        {
            Recipient = recipient is null ? c.Recipient : null,
            LawBasis = basis is null ? c.LawBasis : null,
            Jurisdiction = jurisdiction is null ? c.Jurisdiction : null,
        });
        var (method, withdrawal) = (Same(purposes, "collection_method"), Same(purposes, "withdrawal_method"));
        var controllers = parties.ReadControllers(purposes);
        var subject = record.Required("pii_principal_id");
        var events = record.Objects("events").Select(e => ReadEvent(reading, e, subject)).ToList();
        if (events.Count == 0)
        {
            reading.Missing("/events");
        }

        var (uri, language) = (processing.Filled("privacy_notice"), processing.Filled("language"));
        var artefact = new ConsentArtefact
        {
            Id = record.Required("record_id"),
            Subject = new() { Id = subject },
            IssuedAt = events.Count > 0 ? events[0].At : null,
            ExpiresAt = events.FindLast(e => e.Until is not null).Until,
            Status = events.Count > 0 ? events[^1].Status : null,
            StatusAt = events.Count > 1 ? events[^1].At : null,
            History = [.. events.SkipLast(1).Select(e => new ArtefactEvent(e.At, e.Status ?? default))],
            Proxy = events.Count > 0 ? events[0].Proxy : null,
            Provider = parties.Exporter,
            Collector = parties.Collector,
            Controllers = controllers,
            Recipient = recipient,
            Revoker = withdrawal is null ? null : new(IsWeb(withdrawal) ? "URI" : null, withdrawal),
            CollectionMethod = method,
            Clauses = [.. clauses],
            LawBasis = basis,
            Jurisdiction = jurisdiction,
            Notice = uri is null && language is null ? null : new(uri, null, language),
        };
        foreach (var members in purposes.Append(processing))
        {
            members.End();
        }

        parties.End();
        record.End();
        return reading.Complete(() => artefact with { Aside = reading.Aside });
    }

    public static MedIdResult<ReadOnlyMemory<byte>> Write(ConsentArtefact artefact)
    {
        var writing = new ArtefactWriting(ArtefactFormat.Iso27560, Section);
        if (artefact.PermitByDefault)
        {
            writing.NotExpressible("permit_by_default");
        }

        if (artefact.Clauses.Count == 0)
        {
            writing.Need<object>("clauses", null);
        }

        var parties = new Iso27560PartyWriter();
        var subject = writing.Need("subject", artefact.Subject?.Id);
        var provider = parties.Add(artefact.Provider, "exporter");
        parties.Add(artefact.Collector, "collector");
        foreach (var recipient in artefact.Clauses.Select(c => c.Recipient ?? artefact.Recipient))
        {
            parties.Add(recipient, "recipient");
        }

        var controllers = artefact.Controllers.Count == 0 && provider is not null ? [provider] : artefact.Controllers.Select(c => parties.Add(c, "controller")).OfType<string>().ToList();
        var purposes = artefact.Clauses.Select(c => WritePurpose(writing, artefact, c, controllers, parties)).ToList();
        var aside = artefact.Aside.Any(a => a is { Format: ArtefactFormat.Iso27560, Place: "/consent_record_schema_version" });
        var root = new JsonObject()
            .With("consent_record_schema_version", aside ? null : SchemaVersion)
            .With("record_id", artefact.Id)
            .With("pii_principal_id", subject)
            .With("pii_processing", new JsonObject()
                .With("privacy_notice", artefact.Notice?.Uri ?? string.Empty)
                .With("language", artefact.Notice?.Language ?? string.Empty)
                .WithArray("purposes", purposes))
            .WithArray("party_identification", parties.Written)
            .WithArray("events", WriteEvents(writing, artefact, subject));
        return writing.Complete(root, artefact);
    }

    private static ConsentClause ReadPurpose(ArtefactReading reading, JsonMembers purpose, Iso27560Parties parties)
    {
        var (text, type) = (purpose.Filled("purpose"), purpose.Text("purpose_type"));
        if (text is null && type is null)
        {
            reading.Missing(purpose.PlaceOf("purpose"));
        }

        return new ConsentClause
        {
            Service = purpose.Text("service"),
            Purposes = text is null && type is null ? [] : [new(null, type, text)],
            Data = [.. purpose.Objects("pii_information").Select(ReadData)],
            Actions = ReadActions(purpose),
            Retention = RetentionText.Read(purpose.Text("retention_period")),
            Recipient = parties.ReadRecipient(purpose),
            LawBasis = purpose.Filled("lawful_basis"),
            Jurisdiction = purpose.Filled("jurisdiction"),
            StorageLocations = purpose.Texts("storage_locations"),
        };
    }

    private static ArtefactDataClass ReadData(JsonMembers data)
    {
        var value = new ArtefactDataClass
        {
            Code = data.Text("pii_attribute_id"),
            Text = data.Filled("pii_type"),
            Optional = data.Flag("pii_optional"),
            Sensitive = data.Flag("sensitive_pii_category"),
            Special = data.Flag("special_pii_category"),
        };
        if (value is { Code: null, Text: null })
        {
            data.Reading.Missing(data.PlaceOf("pii_type"));
        }

        data.End();
        return value;
    }

    // A method in other words than the actions' own is kept aside.
    private static ArtefactList<ArtefactAction> ReadActions(JsonMembers purpose)
    {
        var actions = new List<ArtefactAction>();
        foreach (var word in purpose.Filled("processing_method")?.Split(", ") ?? [])
        {
            if (!Methods.TryFind(word, out var action))
            {
                purpose.Leave("processing_method");
                return [];
            }

            actions.Add(action);
        }

        return [.. actions];
    }

    // What is not the same for all purposes stays where it stands.
    private static string? Same(IReadOnlyList<JsonMembers> purposes, string name)
    {
        var values = purposes.Select(p => p.Filled(name)).Distinct(StringComparer.Ordinal).ToList();
        if (values.Count == 1)
        {
            return values[0];
        }

        foreach (var purpose in purposes)
        {
            purpose.Leave(name);
        }

        return null;
    }

    private static (DateTimeOffset At, DateTimeOffset? Until, ArtefactStatus? Status, string? Proxy) ReadEvent(ArtefactReading reading, JsonMembers entry, string subject)
    {
        var at = entry.RequiredTime("event_time");
        DateTimeOffset? until = null;
        if (entry.Filled("validity_duration") is { } validity)
        {
            until = ArtefactTime.TryParse(validity, out var moment) ? moment
                : RetentionText.TrySpan(validity, out var unit, out var value) ? RetentionText.EndOf(at, unit, value)
                : null;
            if (until is null && validity != "unlimited")
            {
                reading.Invalid(entry.PlaceOf("validity_duration"));
            }
        }

        ArtefactStatus? state = null;
        if (entry.Filled("event_state") is not { } word)
        {
            reading.Missing(entry.PlaceOf("event_state"));
        }
        else if (States.TryFind(word, out var known))
        {
            state = known;
        }
        else
        {
            // A word of its own is kept; of these only "renewed given" allows anything.
            state = word == "renewed given" ? ArtefactStatus.Given : ArtefactStatus.Unknown;
            entry.Leave("event_state");
        }

        var entity = entry.Filled("entity_id");
        entry.Default("event_type", "\"expressed\"");
        entry.End();
        return (at, until, state, entity == subject ? null : entity);
    }

    private static JsonObject WritePurpose(ArtefactWriting writing, ConsentArtefact artefact, ConsentClause clause, IEnumerable<string> controllers, Iso27560PartyWriter parties)
    {
        var purpose = writing.Need("purpose", clause.Purposes.Count > 0 ? clause.Purposes[0] : null);
        var recipient = parties.Add(clause.Recipient ?? artefact.Recipient, "recipient");
        return new JsonObject()
            .With("purpose", purpose?.Text ?? string.Empty)
            .With("purpose_type", purpose?.Code)
            .With("lawful_basis", clause.LawBasis ?? artefact.LawBasis)
            .WithArray("pii_information", clause.Data.Select(WriteData))
            .WithArray("pii_controllers", JsonNodes.Texts(controllers))
            .With("collection_method", artefact.CollectionMethod)
            .With("processing_method", clause.Actions.Count == 0 ? null : string.Join(", ", clause.Actions.Select(a => Methods.TryWord(a, out var word) ? word : string.Empty)))
            .WithArray("storage_locations", JsonNodes.Texts(clause.StorageLocations))
            .With("retention_period", RetentionText.Write(clause.Retention))
            .With("service", clause.Service)
            .With("jurisdiction", clause.Jurisdiction ?? artefact.Jurisdiction ?? string.Empty)
            .WithArray("recipient_third_parties", JsonNodes.Texts(recipient is null ? [] : [recipient]))
            .With("withdrawal_method", artefact.Revoker?.Value);
    }

    private static JsonObject WriteData(ArtefactDataClass data) => new JsonObject()
        .With("pii_type", data.Text ?? string.Empty)
        .With("pii_attribute_id", data.Code)
        .With("pii_optional", data.Optional)
        .With("sensitive_pii_category", data.Sensitive)
        .With("special_pii_category", data.Special);

    private static IEnumerable<JsonNode?> WriteEvents(ArtefactWriting writing, ConsentArtefact artefact, string? subject)
    {
        var now = artefact.StatusAt ?? artefact.IssuedAt;
        if (writing.Need("issued_at", now) is not { } at)
        {
            return [];
        }

        // Only "given" lets data flow, so a state without a word of its own may not become it.
        var status = artefact.Status ?? ArtefactStatus.Given;
        var last = new ArtefactEvent(at, status);
        return artefact.History.Append(last).Select((e, i) => new JsonObject()
            .With("event_time", ArtefactTime.Write(e.At))
            .With("validity_duration", i == artefact.History.Count ? artefact.ExpiresAt is { } until ? ArtefactTime.Write(until) : "unlimited" : string.Empty)
            .With("entity_id", i == 0 ? artefact.Proxy ?? subject : subject)
            .With("event_type", IsAside(artefact, i, "event_type") ? null : "expressed")
            .With("event_state", IsAside(artefact, i, "event_state") ? null : States.TryWord(e.Status, out var word) ? word : "unknown"));
    }

    private static bool IsAside(ConsentArtefact artefact, int index, string name)
    {
        var place = string.Create(CultureInfo.InvariantCulture, $"/events/{index}/{name}");
        return artefact.Aside.Any(a => a.Format == ArtefactFormat.Iso27560 && a.Place == place);
    }

    private static bool IsWeb(string text) => text.StartsWith("https://", StringComparison.Ordinal) || text.StartsWith("http://", StringComparison.Ordinal);
}
