using System.Text.Json;
using System.Text.Json.Nodes;
using MedId.Core;

namespace MedId.Consent;

/// <summary>Consents of account aggregators (ReBIT): the request with its <c>ConsentDetail</c>, and the same with the identifier and status it got.</summary>
internal static class AccountAggregator
{
    public const string Section = "ReBIT Account Aggregator 1.x";

    private static readonly WordTable<ArtefactStatus> Statuses = new(
        ("ACTIVE", ArtefactStatus.Given),
        ("PENDING", ArtefactStatus.Requested),
        ("REJECTED", ArtefactStatus.Denied),
        ("PAUSED", ArtefactStatus.Paused),
        ("REVOKED", ArtefactStatus.Withdrawn),
        ("EXPIRED", ArtefactStatus.Expired));

    private static readonly WordTable<ArtefactStatus> Nearest = new(
        ("REVOKED", ArtefactStatus.Superseded), ("REVOKED", ArtefactStatus.Ended), ("REVOKED", ArtefactStatus.Invalid));

    private static readonly WordTable<ArtefactAction> Modes = new(
        ("VIEW", ArtefactAction.View), ("STORE", ArtefactAction.Store), ("QUERY", ArtefactAction.Query), ("STREAM", ArtefactAction.Stream));

    private static readonly WordTable<bool> Fetches = new(("ONETIME", true), ("PERIODIC", false));

    private static readonly WordTable<ArtefactTimeUnit> Units = new(
        ("HOUR", ArtefactTimeUnit.Hour), ("DAY", ArtefactTimeUnit.Day), ("MONTH", ArtefactTimeUnit.Month), ("YEAR", ArtefactTimeUnit.Year), ("INF", ArtefactTimeUnit.Unlimited));

    public static bool Recognises(JsonElement root) => root.TryGetProperty("ConsentDetail", out _) || root.TryGetProperty("signedConsent", out _);

    public static MedIdResult<ConsentArtefact> Read(JsonElement root)
    {
        var reading = new ArtefactReading(ArtefactFormat.AccountAggregatorJson, Section);
        var envelope = new JsonMembers(reading, root, string.Empty);
        if (!envelope.Has("ConsentDetail") && envelope.Has("signedConsent"))
        {
            return new MedIdError(ConsentErrorCodes.NotAnArtefact, ErrorCategory.Protocol, Section, "the consent is in signedConsent; verify that first");
        }

        envelope.Default("ver", "\"1.0\"");
        var granted = envelope.Has("consentId");
        var id = envelope.Required(granted ? "consentId" : "txnid");
        var status = granted ? envelope.Word("status", Statuses) : ArtefactStatus.Requested;
        var detail = envelope.Object("ConsentDetail");
        var purpose = detail.Object("Purpose");
        var range = detail.OptionalObject("FIDataRange");
        var life = detail.OptionalObject("DataLife");
        var frequency = detail.OptionalObject("Frequency");
        var customer = detail.Object("Customer");
        var clause = new ConsentClause
        {
            Purposes = [new(purpose.Text("refUri"), purpose.Required("code"), purpose.Text("text"))],
            Data = [.. detail.Texts("fiTypes").Select(t => new ArtefactDataClass { Code = t })],
            Kinds = detail.Texts("consentTypes"),
            Actions = detail.Word("consentMode", Modes) is { } mode ? [mode] : [],
            OneTime = detail.Word("fetchType", Fetches),
            DataFrom = range?.RequiredTime("from"),
            DataUntil = range?.RequiredTime("to"),
            Retention = life is null ? null : Span(reading, life) is { } span ? ArtefactRetention.For(span.Unit, span.Value) : null,
            Frequency = frequency is null ? null : Span(reading, frequency) is { } often ? new(often.Unit, often.Value) : null,
            Filters = [.. detail.Objects("DataFilter").Select(ReadFilter)],
        };
        if (clause.Actions.Count == 0)
        {
            reading.Missing("/ConsentDetail/consentMode");
        }

        var artefact = new ConsentArtefact
        {
            Id = id,
            RequestId = granted ? envelope.Text("txnid") : null,
            IssuedAt = granted && envelope.Has("createTimestamp") ? envelope.Time("createTimestamp") : envelope.Time("timestamp"),
            ValidFrom = detail.RequiredTime("consentStart"),
            ExpiresAt = detail.RequiredTime("consentExpiry"),
            Status = status,
            Subject = new() { Id = customer.Required("id") },
            Recipient = ReadParty(detail.Object("DataConsumer")),
            Provider = detail.OptionalObject("DataProvider") is { } provider ? ReadParty(provider) : null,
            Clauses = [clause],
        };
        foreach (var members in new[] { customer, purpose, range, life, frequency, detail, envelope })
        {
            members?.End();
        }

        return reading.Complete(() => artefact with { Aside = reading.Aside });
    }

    public static MedIdResult<ReadOnlyMemory<byte>> Write(ConsentArtefact artefact)
    {
        var writing = new ArtefactWriting(ArtefactFormat.AccountAggregatorJson, Section);
        var clause = writing.Single(artefact);
        var root = new JsonObject().With("ver", Aside(artefact, "/ver") ? null : "1.0");
        var issued = artefact.IssuedAt is { } at ? ArtefactTime.WriteMilliseconds(at) : null;
        if (artefact.Status == ArtefactStatus.Requested)
        {
            root.With("timestamp", issued).With("txnid", artefact.Id);
        }
        else
        {
            root.With("txnid", artefact.RequestId).With("consentId", artefact.Id).With("status", StatusOf(writing, artefact.Status)).With("createTimestamp", issued);
        }

        root.With("ConsentDetail", WriteDetail(writing, artefact, clause));
        return writing.Complete(root, artefact);
    }

    private static bool Aside(ConsentArtefact artefact, string place) => artefact.Aside.Any(a => a.Format == ArtefactFormat.AccountAggregatorJson && a.Place == place);

    private static (ArtefactTimeUnit Unit, long Value)? Span(ArtefactReading reading, JsonMembers members)
    {
        var (unit, value) = (members.Word("unit", Units), members.Number("value"));
        if (unit is null || value is null or < 0)
        {
            reading.Invalid(members.Place);
            return null;
        }

        return (unit.Value, value.Value);
    }

    private static ArtefactFilter ReadFilter(JsonMembers filter)
    {
        var value = new ArtefactFilter(filter.Required("type"), filter.Required("operator"), filter.Text("value") ?? string.Empty);
        filter.End();
        return value;
    }

    private static ArtefactParty ReadParty(JsonMembers party)
    {
        var value = new ArtefactParty { Id = party.Required("id") };
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

    private static JsonObject WriteDetail(ArtefactWriting writing, ConsentArtefact artefact, ConsentClause clause)
    {
        var mode = clause.Actions.Select(a => Modes.TryWord(a, out var word) ? word : null).FirstOrDefault(w => w is not null);
        var start = artefact.ValidFrom ?? artefact.IssuedAt;
        var purpose = clause.Purposes.Count > 0 ? clause.Purposes[0] : null;
        var detail = new JsonObject()
            .With("consentStart", writing.Need("valid_from", start) is { } from ? ArtefactTime.WriteMilliseconds(from) : null)
            .With("consentExpiry", writing.Need("expires_at", artefact.ExpiresAt) is { } until ? ArtefactTime.WriteMilliseconds(until) : null)
            .With("consentMode", writing.Need("actions", mode))
            .With("fetchType", clause.OneTime is { } once && Fetches.TryWord(once, out var fetch) ? fetch : null)
            .WithArray("consentTypes", JsonNodes.Texts(clause.Kinds))
            .WithArray("fiTypes", JsonNodes.Texts(clause.Data.Select(d => d.Code ?? d.Text).OfType<string>()))
            .With("DataConsumer", WriteParty(writing.Need("recipient", artefact.Recipient)))
            .With("DataProvider", WriteParty(artefact.Provider))
            .With("Customer", new JsonObject().With("id", writing.Need("subject", artefact.Subject?.Id)))
            .With("Purpose", new JsonObject().With("code", writing.Need("purpose", purpose?.Code ?? purpose?.Text)).With("refUri", purpose?.System).With("text", purpose?.Text));
        if (clause is { DataFrom: { } first, DataUntil: { } last })
        {
            detail.With("FIDataRange", new JsonObject().With("from", ArtefactTime.WriteMilliseconds(first)).With("to", ArtefactTime.WriteMilliseconds(last)));
        }

        return detail
            .With("DataLife", WriteLife(writing, clause.Retention))
            .With("Frequency", clause.Frequency is { Value: >= 0 } often && Units.TryWord(often.Unit, out var unit) ? new JsonObject().With("unit", unit).With("value", often.Value) : null)
            .WithAny("DataFilter", clause.Filters.Where(f => f is { Type: not null, Operator: not null })
                .Select(f => new JsonObject().With("type", f.Type).With("operator", f.Operator).With("value", f.Value)));
    }

    private static JsonObject? WriteLife(ArtefactWriting writing, ArtefactRetention? retention)
    {
        switch (retention)
        {
            case null:
                return null;
            case { Unit: { } unit, Value: { } value and >= 0 } when Units.TryWord(unit, out var word):
                return new JsonObject().With("unit", word).With("value", value);
            case { Unit: ArtefactTimeUnit.Week, Value: { } weeks and >= 0 }:
                return new JsonObject().With("unit", "DAY").With("value", 7 * weeks);
            default:
                // A moment is no span: counted from a later fetch, any span could end after it.
                writing.NotExpressible("retention");
                return null;
        }
    }

    private static JsonObject? WriteParty(ArtefactParty? party) => party is null ? null : new JsonObject().With("id", party.Id ?? party.Name);
}
