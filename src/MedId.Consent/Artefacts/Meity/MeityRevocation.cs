using MedId.Core;

namespace MedId.Consent;

/// <summary>A request to revoke a consent (MeitY RevocationReq). It carries the artefact byte for byte.</summary>
public sealed record MeityRevocation
{
    /// <summary>When it was made.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Who asks.</summary>
    public required ArtefactAddress From { get; init; }

    /// <summary>The artefact as it was, signatures included: verify it by <see cref="ArtefactVerifier"/>, never by what it looks like.</summary>
    public required ReadOnlyMemory<byte> Consent { get; init; }

    /// <summary>Reads a request; signatures are not looked at.</summary>
    /// <param name="bytes">UTF-8; at most 1 MiB.</param>
    public static MedIdResult<MeityRevocation> Read(ReadOnlyMemory<byte> bytes)
    {
        var reading = new ArtefactReading(ArtefactFormat.MeityXml, Meity.Section);
        return MeityDocument.Read(bytes, reading, "RevocationReq").Then<MeityRevocation>(root =>
        {
            var from = root.RequiredChild("From");
            var value = new MeityRevocation
            {
                At = root.RequiredTime("timestamp"),
                From = new(from.Attribute("type"), from.Required("value")),
                Consent = MeityDocument.ReadConsent(reading, root),
            };
            return MeityDocument.End(reading, root, value);
        });
    }

    /// <summary>Writes the request, without signatures.</summary>
    public MedIdResult<ReadOnlyMemory<byte>> Write() => MeityXml.Write(
        writer =>
        {
            writer.WriteStartElement("RevocationReq", Meity.Namespace);
            writer.WriteAttributeString("timestamp", ArtefactTime.Write(At));
            writer.Element("From", ("type", From.Type), ("value", From.Value));
            writer.WriteElementString("Consent", Meity.Namespace, Convert.ToBase64String(Consent.Span));
            writer.WriteEndElement();
        },
        Meity.Section);

    /// <inheritdoc/>
    public bool Equals(MeityRevocation? other) => other is not null && At == other.At && From == other.From && Consent.Span.SequenceEqual(other.Consent.Span);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(At, From, Consent.Length);
}
