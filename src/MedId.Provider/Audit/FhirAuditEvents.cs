using System.Buffers;
using System.Globalization;
using System.Text.Json;

namespace MedId.Provider;

/// <summary>Writes audit entries as FHIR R4 AuditEvent, by a raw writer without a model library.</summary>
/// <remarks>
/// Codes are of DICOM PS3.16 (DCM), ISO 21089, HL7's audit-event-type, v3 ActReason, v3 ParticipationType, v3 RoleClass, v3 RoleCode and extra-security-role-type, as the R4 value sets bind them; none is
/// made up. What has no code there (place in the chain, digests, our event names, scopes, error codes) stands in the details of one entity, so that nothing of the entry is lost and the chain can be
/// checked from the export. <c>agent.network</c> is not written: addresses are not audited. Persons are referred to by the identifiers of this OP.
/// </remarks>
public static class FhirAuditEvents
{
    private const string EntityType = "http://terminology.hl7.org/CodeSystem/audit-entity-type";
    private const string ObjectRole = "http://terminology.hl7.org/CodeSystem/object-role";
    private const string SourceType = "http://terminology.hl7.org/CodeSystem/security-source-type";

    /// <summary>The resource as one JSON object.</summary>
    /// <param name="entry">The entry.</param>
    /// <param name="issuer">The OP's issuer identifier: whose identifiers those of accounts, clients and consents are.</param>
    /// <returns>UTF-8.</returns>
    public static byte[] ToJson(AuditEntry entry, string issuer)
    {
        var buffer = new ArrayBufferWriter<byte>(2048);
        using (var json = new Utf8JsonWriter(buffer))
        {
            Write(json, entry, issuer);
        }

        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>Writes the resource as one JSON object.</summary>
    /// <param name="json">Where to.</param>
    /// <param name="entry">The entry.</param>
    /// <param name="issuer">The OP's issuer identifier: whose identifiers those of accounts, clients and consents are.</param>
    public static void Write(Utf8JsonWriter json, AuditEntry entry, string issuer)
    {
        ArgumentNullException.ThrowIfNull(json);
        ArgumentNullException.ThrowIfNull(entry);
        ArgumentException.ThrowIfNullOrEmpty(issuer);
        var line = entry.Line;
        var codes = FhirAuditCodes.Of(line.Event);
        json.WriteStartObject();
        json.WriteString("resourceType", "AuditEvent");
        json.WriteString("id", string.Create(CultureInfo.InvariantCulture, $"audit-{entry.Sequence}"));
        WriteCoding(json, "type", codes.Type);
        if (codes.Subtype is { } subtype)
        {
            json.WriteStartArray("subtype");
            WriteCoding(json, null, subtype);
            json.WriteEndArray();
        }

        json.WriteString("action", codes.Action);
        json.WriteString("recorded", AuditJson.Spell(line.At));

        // http://hl7.org/fhir/audit-event-outcome: 0 success, 4 minor failure (refused: the action was restarted or not begun), 8 serious failure.
        json.WriteString("outcome", line.Outcome switch { AuditOutcome.Success => "0", AuditOutcome.Refused => "4", _ => "8" });
        if (line.ErrorCode is { } error)
        {
            json.WriteString("outcomeDesc", error);
        }

        WritePurpose(json, line);
        WriteAgents(json, line, issuer);
        json.WriteStartObject("source");
        json.WriteString("site", entry.Tenant.Value);
        WriteReference(json, "observer", "Device", null, issuer);
        json.WriteStartArray("type");
        WriteCoding(json, null, new(SourceType, "6", "Security Server"));
        json.WriteEndArray();
        json.WriteEndObject();
        WriteEntities(json, entry, issuer);
        json.WriteEndObject();
    }

    private static void WritePurpose(Utf8JsonWriter json, AuditLine line)
    {
        var purpose = line.Event == AuditEventKind.BreakGlassUsed ? "BTG" : line.Purpose;
        if (purpose is null)
        {
            return;
        }

        json.WriteStartArray("purposeOfEvent");
        WriteConcept(json, null, new(NoticeFactory.ActReason, purpose, null));
        json.WriteEndArray();
    }

    private static void WriteAgents(Utf8JsonWriter json, AuditLine line, string issuer)
    {
        json.WriteStartArray("agent");

        // agent is 1..*, and whoever began it comes first; what nobody else did the OP did.
        IReadOnlyList<AuditAgent> agents = line.Agents.Count > 0 ? line.Agents : [AuditAgent.Op];
        for (var i = 0; i < agents.Count; i++)
        {
            WriteAgent(json, agents[i], issuer, requestor: i == 0);
        }

        json.WriteEndArray();
    }

    private static void WriteAgent(Utf8JsonWriter json, AuditAgent agent, string issuer, bool requestor)
    {
        var (type, resource) = FhirAuditCodes.Of(agent.Kind);
        json.WriteStartObject();
        WriteConcept(json, "type", type);
        if (agent.Role is { } role)
        {
            // The evidence's own code; its system is the doctor OP's.
            json.WriteStartArray("role");
            json.WriteStartObject();
            json.WriteString("text", role);
            json.WriteEndObject();
            json.WriteEndArray();
        }

        WriteReference(json, "who", resource, agent.Issuer ?? (agent.Kind == AuditAgentKind.Op ? null : issuer), agent.Id ?? issuer);
        json.WriteBoolean("requestor", requestor);
        json.WriteEndObject();
        if (agent.OrganizationId is { } organization)
        {
            json.WriteStartObject();
            WriteConcept(json, "type", FhirAuditCodes.Institution);
            WriteReference(json, "who", "Organization", null, organization);
            json.WriteBoolean("requestor", value: false);
            json.WriteEndObject();
        }
    }

    private static void WriteEntities(Utf8JsonWriter json, AuditEntry entry, string issuer)
    {
        var line = entry.Line;
        json.WriteStartArray("entity");
        if (line.Subject is { } subject)
        {
            json.WriteStartObject();
            WriteReference(json, "what", "Patient", issuer, subject);
            WriteCoding(json, "type", new(EntityType, "1", "Person"));
            WriteCoding(json, "role", new(ObjectRole, "1", "Patient"));
            json.WriteEndObject();
        }

        if (line.ConsentId is { } consent)
        {
            json.WriteStartObject();
            WriteReference(json, "what", "Consent", issuer, consent);
            WriteCoding(json, "type", new(EntityType, "2", "System Object"));
            WriteCoding(json, "role", new(ObjectRole, "4", "Domain Resource"));
            json.WriteEndObject();
        }

        json.WriteStartObject();
        WriteCoding(json, "type", new(EntityType, "2", "System Object"));
        WriteCoding(json, "role", new(ObjectRole, "13", "Security Resource"));
        json.WriteString("name", entry.Digest);
        json.WriteStartArray("detail");
        Detail("event", AuditJson.NameOf(line.Event));
        Detail("sequence", entry.Sequence.ToString(CultureInfo.InvariantCulture));
        Detail("previous", entry.Previous);
        Detail("request", line.RequestId);
        Detail("object", line.ObjectId);
        Detail("resource", line.Resource);
        Detail("reason", line.Reason);
        foreach (var scope in line.Scopes)
        {
            Detail("scope", scope);
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndArray();

        void Detail(string type, string? value)
        {
            if (value is { Length: > 0 })
            {
                json.WriteStartObject();
                json.WriteString("type", type);
                json.WriteString("valueString", value);
                json.WriteEndObject();
            }
        }
    }

    private static void WriteReference(Utf8JsonWriter json, string name, string resource, string? system, string value)
    {
        json.WriteStartObject(name);
        json.WriteString("type", resource);
        json.WriteStartObject("identifier");
        if (system is not null)
        {
            json.WriteString("system", system);
        }

        json.WriteString("value", value);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteConcept(Utf8JsonWriter json, string? name, FhirAuditCoding coding)
    {
        Start(json, name);
        json.WriteStartArray("coding");
        WriteCoding(json, null, coding);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteCoding(Utf8JsonWriter json, string? name, FhirAuditCoding coding)
    {
        Start(json, name);
        json.WriteString("system", coding.System);
        json.WriteString("code", coding.Code);
        if (coding.Display is { } display)
        {
            json.WriteString("display", display);
        }

        json.WriteEndObject();
    }

    private static void Start(Utf8JsonWriter json, string? name)
    {
        if (name is null)
        {
            json.WriteStartObject();
        }
        else
        {
            json.WriteStartObject(name);
        }
    }
}
