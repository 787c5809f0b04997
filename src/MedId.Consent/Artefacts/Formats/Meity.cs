using System.Globalization;
using System.Text;
using System.Xml;
using MedId.Core;

namespace MedId.Consent;

/// <summary>The electronic consent artefact of MeitY: reads and writes Consent; signatures in it are looked at elsewhere.</summary>
internal static class Meity
{
    public const string Section = "MeitY Electronic Consent Framework 1.1";
    public const string Namespace = "http://meity.gov.in";
    public const string XmlSignature = "http://www.w3.org/2000/09/xmldsig#";

    public static readonly WordTable<bool> Flags = new(("true", true), ("false", false), ("1", true), ("0", false));

    private static readonly WordTable<ArtefactAction> Modes = new(("VIEW", ArtefactAction.View), ("STORE", ArtefactAction.Store), ("QUERY", ArtefactAction.Query));

    private static readonly WordTable<ArtefactTimeUnit> LifeUnits = new(("MONTH", ArtefactTimeUnit.Month), ("YEAR", ArtefactTimeUnit.Year), ("INF", ArtefactTimeUnit.Unlimited));

    private static readonly WordTable<ArtefactTimeUnit> FrequencyUnits = new(("DAILY", ArtefactTimeUnit.Day), ("MONTHLY", ArtefactTimeUnit.Month), ("YEARLY", ArtefactTimeUnit.Year));

    public static MedIdResult<ConsentArtefact> Read(ReadOnlyMemory<byte> bytes)
    {
        var reading = new ArtefactReading(ArtefactFormat.MeityXml, Section);
        return XmlMembers.Read(bytes, reading, Section).Then(root => Read(reading, root));
    }

    public static MedIdResult<ReadOnlyMemory<byte>> Write(ConsentArtefact artefact)
    {
        var writing = new ArtefactWriting(ArtefactFormat.MeityXml, Section);
        if (artefact.PermitByDefault)
        {
            writing.NotExpressible("permit_by_default");
        }

        var purposes = artefact.Clauses.Select(c => c.Purposes).Distinct().ToList();
        if (purposes.Count > 1)
        {
            // One purpose stands for all data: with the first clause's, data would be agreed for a purpose that was agreed for other data.
            writing.NotExpressible("purpose");
        }

        var purpose = purposes.Count == 1 && purposes[0].Count > 0 ? purposes[0][0] : null;
        writing.Need("purpose", purpose?.Code ?? purpose?.Text);
        writing.Need("issued_at", artefact.IssuedAt);
        writing.Need("expires_at", artefact.ExpiresAt);
        writing.Need("subject", artefact.Subject);
        writing.Need("recipient", artefact.Recipient?.Id ?? artefact.Recipient?.Name);
        writing.Need("data_class", artefact.Clauses.Any(c => c.Data.Count > 0) ? artefact : null);
        writing.Need("actions", artefact.Clauses.All(c => ModeOf(c) is not null) ? artefact : null);
        return writing.Error is { } error ? error : MeityXml.Write(writer => WriteConsent(writer, artefact, purpose!), Section);
    }

    private static MedIdResult<ConsentArtefact> Read(ArtefactReading reading, XmlMembers root)
    {
        if (root.NamespaceUri != Namespace || root.Name != "Consent")
        {
            return root.NamespaceUri == Namespace && root.Name is "RevocationReq" or "ConsentLog"
                ? new MedIdError(ConsentErrorCodes.NotAnArtefact, ErrorCategory.Protocol, Section, root.Name)
                : new MedIdError(ConsentErrorCodes.FormatUnknown, ErrorCategory.Malformed, Section, "the root is not Consent");
        }

        root.Skip(XmlSignature, "Signature");
        var def = root.RequiredChild("Def");
        var user = root.RequiredChild("User");
        var account = user.Child("Account");
        var purpose = root.RequiredChild("Purpose");
        var why = new ArtefactPurpose(purpose.Attribute("defUri"), purpose.Required("code"), purpose.Text());
        var items = root.RequiredChild("Data-Items").Children("Data");
        if (items.Count == 0)
        {
            reading.Missing("/Consent/Data-Items/Data");
        }

        var artefact = new ConsentArtefact
        {
            Id = def.Required("id"),
            IssuedAt = root.RequiredTime("timestamp"),
            ExpiresAt = def.RequiredTime("expiry"),
            Revocable = def.Word("revocable", Flags),
            Revoker = ReadAddress(root.Child("Revoker"), "value"),
            Subject = new()
            {
                Id = user.Required("value"),
                IdType = user.Attribute("type"),
                Name = user.Attribute("name"),
                Issuer = user.Attribute("issuer"),
                AtProvider = account?.Attribute("dpID"),
                AtRecipient = account?.Attribute("dcID"),
                AtCollector = account?.Attribute("cmID"),
            },
            Collector = ReadParty(root.Child("Collector")),
            Recipient = ReadParty(root.RequiredChild("DataConsumer")),
            Provider = ReadParty(root.Child("DataProvider")),
            UseLog = ReadAddress(root.Child("ConsentUse"), "logTo"),
            AccessLog = ReadAddress(root.Child("DataAccess"), "logTo"),
            Clauses = Merge(items.Select(d => ReadData(reading, d) with { Purposes = [why] })),
            Notice = purpose.Attribute("refUri") is { } notice ? new(notice) : null,
        };
        root.End();
        return reading.Complete(() => artefact with { Aside = reading.Aside });
    }

    private static ArtefactAddress? ReadAddress(XmlMembers? element, string value) => element is null ? null : new(element.Attribute("type"), element.Required(value));

    private static ArtefactParty? ReadParty(XmlMembers? element) => element is null ? null : new()
    {
        IdType = element.Attribute("type"),
        Id = element.Required("value"),
        Notify = [.. element.Children("Notify").Where(IsRevocation).Select(n => ReadAddress(n, "value")).OfType<ArtefactAddress>()],
    };

    private static bool IsRevocation(XmlMembers notify)
    {
        // REVOKE is the only event of the framework.
        return notify.Word("event", new WordTable<bool>(("REVOKE", true))) == true;
    }

    private static ConsentClause ReadData(ArtefactReading reading, XmlMembers data)
    {
        var access = data.RequiredChild("Access");
        var (filters, from, until) = MeityFilter.Read(data.Child("Data-filter")?.Text());
        var mode = access.Word("mode", Modes);
        if (mode is null)
        {
            reading.Missing(access.Place + "/@mode");
        }

        var frequency = data.Child("Frequency");
        return new()
        {
            Data = [new() { Code = data.Required("id") }],
            Kinds = data.Attribute("type") is { } kind ? [kind] : [],
            Actions = mode is { } action ? [action] : [],
            Retention = ReadLife(reading, data.Child("Datalife")),
            Frequency = frequency is null ? null : ReadFrequency(reading, frequency),
            Filters = filters,
            DataFrom = from,
            DataUntil = until,
        };
    }

    private static ArtefactFrequency? ReadFrequency(ArtefactReading reading, XmlMembers frequency)
    {
        var (unit, value) = (frequency.Word("unit", FrequencyUnits), frequency.Number("value"));
        if (unit is null || value is null)
        {
            reading.Missing(frequency.Place);
            return null;
        }

        return new(unit.Value, value.Value, frequency.Number("repeats"));
    }

    private static ArtefactRetention? ReadLife(ArtefactReading reading, XmlMembers? life)
    {
        if (life is null)
        {
            return null;
        }

        if (life.Attribute("unit") == "DATE")
        {
            if (FhirTime.TryParse(life.Required("value"), out var until, out _))
            {
                return ArtefactRetention.At(until);
            }

            reading.Invalid(life.Place + "/@value");
            return null;
        }

        var unit = life.Word("unit", LifeUnits);
        var value = unit == ArtefactTimeUnit.Unlimited && life.Attribute("value") is null or "" ? 0 : life.Number("value");
        if (unit is null || value is null)
        {
            reading.Missing(life.Place);
            return null;
        }

        return ArtefactRetention.For(unit.Value, value.Value);
    }

    private static ArtefactList<ConsentClause> Merge(IEnumerable<ConsentClause> clauses)
    {
        var merged = new List<ConsentClause>();
        foreach (var clause in clauses)
        {
            if (merged.Count > 0 && (merged[^1] with { Data = clause.Data }).Equals(clause))
            {
                merged[^1] = clause with { Data = [.. merged[^1].Data, .. clause.Data] };
            }
            else
            {
                merged.Add(clause);
            }
        }

        return [.. merged];
    }

    private static string? ModeOf(ConsentClause clause) => clause.Actions.Select(a => Modes.TryWord(a, out var word) ? word : null).FirstOrDefault(w => w is not null);

    private static void WriteConsent(XmlWriter writer, ConsentArtefact artefact, ArtefactPurpose purpose)
    {
        writer.WriteStartElement("Consent", Namespace);
        writer.WriteAttributeString("timestamp", ArtefactTime.Write(artefact.IssuedAt!.Value));
        writer.Element("Def", ("id", artefact.Id), ("expiry", ArtefactTime.Write(artefact.ExpiresAt!.Value)), ("revocable", artefact.Revocable switch { true => "true", false => "false", null => null }));
        WriteParty(writer, "Collector", artefact.Collector);
        WriteParty(writer, "DataConsumer", artefact.Recipient);
        WriteParty(writer, "DataProvider", artefact.Provider);
        var subject = artefact.Subject!;
        writer.WriteStartElement("User", Namespace);
        writer.Attributes(("type", subject.IdType), ("value", subject.Id), ("name", subject.Name), ("issuer", subject.Issuer));
        if (subject is not { AtProvider: null, AtRecipient: null, AtCollector: null })
        {
            writer.Element("Account", ("dpID", subject.AtProvider), ("dcID", subject.AtRecipient), ("cmID", subject.AtCollector));
        }

        writer.WriteEndElement();
        WriteAddress(writer, "Revoker", "value", artefact.Revoker);
        WriteAddress(writer, "ConsentUse", "logTo", artefact.UseLog);
        WriteAddress(writer, "DataAccess", "logTo", artefact.AccessLog);
        writer.WriteStartElement("Data-Items", Namespace);
        foreach (var clause in artefact.Clauses)
        {
            foreach (var data in clause.Data)
            {
                WriteData(writer, clause, data);
            }
        }

        writer.WriteEndElement();
        writer.WriteStartElement("Purpose", Namespace);
        writer.Attributes(("code", purpose.Code ?? purpose.Text), ("defUri", purpose.System), ("refUri", artefact.Notice?.Uri));
        writer.WriteString(purpose.Text);
        writer.WriteEndElement();
        writer.WriteEndElement();
    }

    private static void WriteParty(XmlWriter writer, string name, ArtefactParty? party)
    {
        if (party is null)
        {
            return;
        }

        writer.WriteStartElement(name, Namespace);
        writer.Attributes(("type", party.IdType), ("value", party.Id ?? party.Name));
        foreach (var notify in party.Notify)
        {
            writer.Element("Notify", ("event", "REVOKE"), ("type", notify.Type), ("value", notify.Value));
        }

        writer.WriteEndElement();
    }

    private static void WriteAddress(XmlWriter writer, string name, string attribute, ArtefactAddress? address)
    {
        if (address is not null)
        {
            writer.Element(name, (attribute, address.Value), ("type", address.Type));
        }
    }

    private static void WriteData(XmlWriter writer, ConsentClause clause, ArtefactDataClass data)
    {
        writer.WriteStartElement("Data", Namespace);
        writer.Attributes(("id", data.Code ?? data.Text), ("type", clause.Kinds.Count > 0 ? clause.Kinds[0] : null));
        writer.Element("Access", ("mode", ModeOf(clause)));
        switch (clause.Retention)
        {
            case { Until: { } until }:
                writer.Element("Datalife", ("unit", "DATE"), ("value", ArtefactTime.Write(until)));
                break;
            case { Unit: { } unit, Value: { } value } when LifeUnits.TryWord(unit, out var word):
                writer.Element("Datalife", ("unit", word), ("value", value.ToString(CultureInfo.InvariantCulture)));
                break;
        }

        if (clause.Frequency is { Value: >= 0 } often && FrequencyUnits.TryWord(often.Unit, out var frequency))
        {
            writer.Element("Frequency", ("unit", frequency), ("value", often.Value.ToString(CultureInfo.InvariantCulture)), ("repeats", often.Repeats?.ToString(CultureInfo.InvariantCulture)));
        }

        if (MeityFilter.Write(clause) is { Length: > 0 } filter)
        {
            writer.WriteElementString("Data-filter", Namespace, filter);
        }

        writer.WriteEndElement();
    }
}
