using MedId.Core;

namespace MedId.Consent;

/// <summary>A line of the log of a consent (MeitY ConsentLog).</summary>
public sealed record MeityLog
{
    /// <summary>When it was written.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Who wrote it.</summary>
    public required ArtefactAddress From { get; init; }

    /// <summary>What happened.</summary>
    public required MeityLogEvent Event { get; init; }

    /// <summary>In words.</summary>
    public string? Note { get; init; }

    /// <summary>The artefact as it was, byte for byte.</summary>
    public required ReadOnlyMemory<byte> Consent { get; init; }

    /// <summary>The data that it is about; at least one.</summary>
    public required ArtefactList<MeityLogItem> Items { get; init; }

    /// <summary>Reads a log; signatures are not looked at.</summary>
    /// <param name="bytes">UTF-8; at most 1 MiB.</param>
    public static MedIdResult<MeityLog> Read(ReadOnlyMemory<byte> bytes)
    {
        var reading = new ArtefactReading(ArtefactFormat.MeityXml, Meity.Section);
        return MeityDocument.Read(bytes, reading, "ConsentLog").Then<MeityLog>(root =>
        {
            var (from, entry) = (root.RequiredChild("LogFrom"), root.RequiredChild("Event"));
            var kind = entry.Word("type", MeityDocument.Events);
            if (kind is null)
            {
                reading.Missing("/ConsentLog/Event/@type");
            }

            var items = root.RequiredChild("Data-Items").Children("Data-Item");
            if (items.Count == 0)
            {
                reading.Missing("/ConsentLog/Data-Items/Data-Item");
            }

            var value = new MeityLog
            {
                At = root.RequiredTime("timestamp"),
                From = new(from.Attribute("type"), from.Required("value")),
                Event = kind ?? default,
                Note = entry.Attribute("note"),
                Consent = MeityDocument.ReadConsent(reading, root),
                Items = [.. items.Select(i => new MeityLogItem(i.Required("id"), i.Attribute("desc")))],
            };
            return MeityDocument.End(reading, root, value);
        });
    }

    /// <summary>Writes the log, without signatures.</summary>
    public MedIdResult<ReadOnlyMemory<byte>> Write() => MeityXml.Write(
        writer =>
        {
            writer.WriteStartElement("ConsentLog", Meity.Namespace);
            writer.WriteAttributeString("timestamp", ArtefactTime.Write(At));
            writer.Element("LogFrom", ("type", From.Type), ("value", From.Value));
            writer.Element("Event", ("type", MeityDocument.Events.TryWord(Event, out var word) ? word : null), ("note", Note));
            writer.WriteElementString("Consent", Meity.Namespace, Convert.ToBase64String(Consent.Span));
            writer.WriteStartElement("Data-Items", Meity.Namespace);
            foreach (var item in Items)
            {
                writer.Element("Data-Item", ("id", item.Id), ("desc", item.Description));
            }

            writer.WriteEndElement();
            writer.WriteEndElement();
        },
        Meity.Section);

    /// <inheritdoc/>
    public bool Equals(MeityLog? other) =>
        other is not null && At == other.At && From == other.From && Event == other.Event && Note == other.Note && Items.Equals(other.Items) && Consent.Span.SequenceEqual(other.Consent.Span);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(At, From, Event, Note, Items);
}
