using System.Text.Json;
using System.Text.Json.Nodes;
using MedId.Core;

namespace MedId.Consent;

/// <summary>ABDM consent artefacts, v0.5: the provider's notification, the recipient's fetched copy, or the artefact alone.</summary>
internal static class Abdm
{
    public const string Section = "ABDM gateway v0.5";

    // Members around the artefact are kept aside under this, so that the other places are the same with and without a message.
    private const string Message = "/(message)";

    public static readonly WordTable<ArtefactStatus> Statuses = new(
        ("REQUESTED", ArtefactStatus.Requested),
        ("GRANTED", ArtefactStatus.Given),
        ("DENIED", ArtefactStatus.Denied),
        ("REVOKED", ArtefactStatus.Withdrawn),
        ("EXPIRED", ArtefactStatus.Expired));

    // Over is over; how is lost, and says so.
    private static readonly WordTable<ArtefactStatus> Nearest = new(
        ("REVOKED", ArtefactStatus.Superseded), ("REVOKED", ArtefactStatus.Ended), ("REVOKED", ArtefactStatus.Invalid));

    private static readonly WordTable<ArtefactAction> Modes = new(
        ("VIEW", ArtefactAction.View), ("STORE", ArtefactAction.Store), ("QUERY", ArtefactAction.Query), ("STREAM", ArtefactAction.Stream));

    private static readonly WordTable<ArtefactTimeUnit> Units = new(
        ("HOUR", ArtefactTimeUnit.Hour), ("DAY", ArtefactTimeUnit.Day), ("WEEK", ArtefactTimeUnit.Week), ("MONTH", ArtefactTimeUnit.Month), ("YEAR", ArtefactTimeUnit.Year));

    public static bool Recognises(JsonElement root) =>
        root.TryGetProperty("consentDetail", out _) || root.TryGetProperty("notification", out _) || (root.TryGetProperty("consent", out var consent) && consent.ValueKind == JsonValueKind.Object);

    public static MedIdResult<ConsentArtefact> Read(JsonElement root)
    {
        var reading = new ArtefactReading(ArtefactFormat.AbdmJson, Section);
        var message = new JsonMembers(reading, root, string.Empty);
        var (inner, around) = message.Has("notification") ? ("notification", true) : message.Has("consent") ? ("consent", true) : (null, false);
        if (inner is not null && root.GetProperty(inner) is { ValueKind: JsonValueKind.Object } element && !element.TryGetProperty("consentDetail", out _))
        {
            return new MedIdError(ConsentErrorCodes.NotAnArtefact, ErrorCategory.Protocol, Section, "a message without consentDetail");
        }

        if (around)
        {
            _ = message.OptionalObject(inner!);
            var rest = new JsonMembers(reading, root, Message + "/" + inner);
            _ = rest.OptionalObject(inner!);
            rest.End();
        }

        var envelope = around && root.GetProperty(inner!).ValueKind == JsonValueKind.Object ? new JsonMembers(reading, root.GetProperty(inner!), string.Empty) : message;
        return ReadEnvelope(reading, envelope);
    }

    public static MedIdResult<ReadOnlyMemory<byte>> Write(ConsentArtefact artefact, ArtefactOptions options)
    {
        var writing = new ArtefactWriting(ArtefactFormat.AbdmJson, Section);
        var clause = writing.Single(artefact);
        var provider = options.AbdmCopy == AbdmCopy.Provider || (options.AbdmCopy == AbdmCopy.ByContent && artefact.Recipient is null);
        var inner = provider ? "notification" : "consent";
        var detail = WriteDetail(writing, artefact, clause, provider);
        var envelope = new JsonObject().With("status", StatusOf(writing, artefact.Status));
        if (provider)
        {
            envelope.With("consentId", artefact.Id);
        }

        envelope.With("consentDetail", detail);
        var wasMessage = artefact.Aside.Any(a => a.Format == ArtefactFormat.AbdmJson && a.Place.StartsWith(Message + "/" + inner + "/", StringComparison.Ordinal));
        if (!wasMessage && options.AbdmRequestId is null)
        {
            return writing.Complete(envelope, artefact, a => a.StartsWith(Message, StringComparison.Ordinal) ? null : a);
        }

        var root = new JsonObject();
        if (options.AbdmRequestId is { } requestId)
        {
            root.With("requestId", requestId).With("timestamp", options.AbdmMessageTime is { } time ? ArtefactTime.WriteMilliseconds(time.ToUniversalTime()) : null);
        }

        root.With(inner, envelope);
        var prefix = Message + "/" + inner;
        return writing.Complete(root, artefact, a => !a.StartsWith(Message, StringComparison.Ordinal) ? "/" + inner + a : a.StartsWith(prefix + "/", StringComparison.Ordinal) ? a[prefix.Length..] : null);
    }

    private static MedIdResult<ConsentArtefact> ReadEnvelope(ArtefactReading reading, JsonMembers envelope)
    {
        var status = envelope.Word("status", Statuses);
        if (status is null)
        {
            reading.Missing("/status");
        }

        var detail = envelope.Object("consentDetail");
        var id = detail.Required("consentId");
        if (envelope.Text("consentId") is { } outer && outer != id)
        {
            reading.Invalid("/consentId");
        }

        envelope.End();
        detail.Default("schemaVersion", "\"0.5\"");
        var patient = detail.Object("patient");
        var permission = detail.Object("permission");
        var range = permission.Object("dateRange");
        var purpose = detail.Object("purpose");
        var frequency = permission.Object("frequency");
        var clause = new ConsentClause
        {
            Purposes = [new(purpose.Text("refUri"), purpose.Required("code"), purpose.Required("text"))],
            Data = [.. detail.Texts("hiTypes").Select(t => new ArtefactDataClass { Code = t })],
            Actions = permission.Word("accessMode", Modes) is { } mode ? [mode] : [],
            DataFrom = range.RequiredTime("from"),
            DataUntil = range.RequiredTime("to"),
            Retention = ArtefactRetention.At(permission.RequiredTime("dataEraseAt")),
            Frequency = ReadFrequency(frequency),
        };
        if (clause.Actions.Count == 0)
        {
            reading.Missing("/consentDetail/permission/accessMode");
        }

        if (clause.Data.Count == 0)
        {
            reading.Missing("/consentDetail/hiTypes");
        }

        var requester = detail.OptionalObject("requester");
        var identifier = requester?.OptionalObject("identifier");
        var artefact = new ConsentArtefact
        {
            Id = id,
            IssuedAt = detail.RequiredTime("createdAt"),
            Status = status,
            Subject = new() { Id = patient.Required("id") },
            CareContexts = [.. detail.Objects("careContexts").Select(ReadCareContext)],
            Provider = ReadParty(detail.Object("hip")),
            Recipient = detail.OptionalObject("hiu") is { } hiu ? ReadParty(hiu) : null,
            Collector = ReadParty(detail.Object("consentManager")),
            Requester = requester is null ? null : new(requester.Required("name"), identifier?.Required("type"), identifier?.Required("value"), identifier?.Text("system")),
            Clauses = [clause],
        };
        if (!detail.Has("careContexts"))
        {
            reading.Missing("/consentDetail/careContexts");
        }

        foreach (var members in new[] { patient, range, frequency, permission, purpose, identifier, requester, detail })
        {
            members?.End();
        }

        return reading.Complete(() => artefact with { Aside = reading.Aside });
    }

    private static ArtefactFrequency? ReadFrequency(JsonMembers frequency)
    {
        // The schema asks for the object and for none of its members.
        var (unit, value, repeats) = (frequency.Word("unit", Units), frequency.Number("value"), frequency.Number("repeats"));
        if (unit is null || value is null)
        {
            foreach (var name in new[] { "unit", "value", "repeats" })
            {
                frequency.Leave(name);
            }

            return null;
        }

        return new(unit.Value, value.Value, repeats);
    }

    private static ArtefactCareContext ReadCareContext(JsonMembers context)
    {
        var value = new ArtefactCareContext(context.Required("patientReference"), context.Required("careContextReference"));
        context.End();
        return value;
    }

    private static ArtefactParty ReadParty(JsonMembers party)
    {
        var value = new ArtefactParty { Id = party.Required("id"), Name = party.Text("name") };
        party.End();
        return value;
    }

    private static string? StatusOf(ArtefactWriting writing, ArtefactStatus? status)
    {
        if (Statuses.TryWord(status ?? ArtefactStatus.Given, out var word) || Nearest.TryWord(status ?? default, out word))
        {
            return word;
        }

        writing.NotExpressible("status");
        return null;
    }

    private static JsonObject WriteDetail(ArtefactWriting writing, ConsentArtefact artefact, ConsentClause clause, bool provider)
    {
        var purpose = clause.Purposes.Count > 0 ? clause.Purposes[0] : null;
        var code = writing.Need("purpose", purpose?.Code ?? purpose?.Text);
        var types = clause.Data.Select(d => d.Code ?? d.Text).OfType<string>().ToList();
        writing.Need("data_class", types.Count > 0 ? types : null);
        return new JsonObject()
            .With("schemaVersion", "0.5")
            .With("consentId", artefact.Id)
            .With("createdAt", writing.Need("issued_at", artefact.IssuedAt) is { } at ? ArtefactTime.WriteMilliseconds(at) : null)
            .With("patient", new JsonObject().With("id", writing.Need("subject", artefact.Subject?.Id)))
            .WithArray("careContexts", artefact.CareContexts.Select(c => new JsonObject().With("patientReference", c.PatientReference).With("careContextReference", c.CareContextReference)))
            .With("purpose", new JsonObject().With("text", purpose?.Text ?? code).With("code", code).With("refUri", purpose?.System))
            .With("hip", WriteParty(writing.Need("provider", artefact.Provider)))
            .With("hiu", provider ? null : WriteParty(writing.Need("recipient", artefact.Recipient)))
            .With("consentManager", WriteParty(writing.Need("collector", artefact.Collector)))
            .With("requester", provider ? null : WriteRequester(artefact.Requester))
            .WithArray("hiTypes", JsonNodes.Texts(types))
            .With("permission", WritePermission(writing, artefact, clause));
    }

    private static JsonObject WritePermission(ArtefactWriting writing, ConsentArtefact artefact, ConsentClause clause)
    {
        var mode = clause.Actions.Select(a => Modes.TryWord(a, out var word) ? word : null).FirstOrDefault(w => w is not null);
        var frequency = clause.Frequency;
        string? unit = null;
        if (frequency is not null && !Units.TryWord(frequency.Unit, out unit))
        {
            writing.NotExpressible("frequency");
        }

        return new JsonObject()
            .With("accessMode", writing.Need("actions", mode))
            .With("dateRange", new JsonObject()
                .With("from", writing.Need("data_range", clause.DataFrom) is { } from ? ArtefactTime.WriteMilliseconds(from) : null)
                .With("to", writing.Need("data_range", clause.DataUntil) is { } until ? ArtefactTime.WriteMilliseconds(until) : null))
            .With("dataEraseAt", EraseAt(writing, artefact, writing.Need("retention", clause.Retention)) is { } erase ? ArtefactTime.WriteMilliseconds(erase) : null)
            .With("frequency", new JsonObject().With("unit", unit).With("value", frequency?.Value).With("repeats", frequency?.Repeats));
    }

    // A span counts from each fetch; from the consent on it ends no later.
    private static DateTimeOffset? EraseAt(ArtefactWriting writing, ConsentArtefact artefact, ArtefactRetention? retention)
    {
        var end = retention?.Until
            ?? (retention is { Unit: { } unit, Value: { } value } && artefact.IssuedAt is { } from ? RetentionText.EndOf(from, unit, value) : null);
        if (retention is not null && end is null)
        {
            writing.NotExpressible("retention");
        }

        return end;
    }

    private static JsonObject? WriteParty(ArtefactParty? party) => party is null ? null : new JsonObject().With("id", party.Id ?? party.Name).With("name", party.Name);

    private static JsonObject? WriteRequester(ArtefactRequester? requester) => requester is null ? null : new JsonObject()
        .With("name", requester.Name)
        .With("identifier", requester is { IdType: { } type, Id: { } id } ? new JsonObject().With("type", type).With("value", id).With("system", requester.IdSystem) : null);
}
