using MedId.Core;

namespace MedId.Consent;

/// <summary>What RevocationReq and ConsentLog have in common.</summary>
internal static class MeityDocument
{
    public static readonly WordTable<MeityLogEvent> Events = new(
        ("CONSENT-CREATED", MeityLogEvent.ConsentCreated),
        ("CONSENT-REVOKED", MeityLogEvent.ConsentRevoked),
        ("DATA-REQUESTED", MeityLogEvent.DataRequested),
        ("DATA-SENT", MeityLogEvent.DataSent),
        ("DATA-DENIED", MeityLogEvent.DataDenied));

    public static MedIdResult<XmlMembers> Read(ReadOnlyMemory<byte> bytes, ArtefactReading reading, string name) =>
        XmlMembers.Read(bytes, reading, Meity.Section).Then<XmlMembers>(root =>
        {
            if (root.NamespaceUri != Meity.Namespace || root.Name != name)
            {
                return new MedIdError(ConsentErrorCodes.FormatUnknown, ErrorCategory.Malformed, Meity.Section, "the root is not " + name);
            }

            root.Skip(Meity.XmlSignature, "Signature");
            return root;
        });

    public static ReadOnlyMemory<byte> ReadConsent(ArtefactReading reading, XmlMembers root)
    {
        var element = root.RequiredChild("Consent");
        var text = element.Content();
        var bytes = new byte[text.Length];
        if (text.Length > 0 && Convert.TryFromBase64String(text, bytes, out var length) && length > 0 && Convert.ToBase64String(bytes.AsSpan(0, length)) == text)
        {
            return bytes.AsMemory(0, length);
        }

        reading.Invalid(element.Place);
        return default;
    }

    /// <summary>A small document has a place for everything: what the framework does not have refuses it.</summary>
    public static MedIdResult<T> End<T>(ArtefactReading reading, XmlMembers root, T value)
        where T : notnull
    {
        root.End();
        if (reading.Error is null && reading.Aside.Count > 0)
        {
            reading.NotSupported(reading.Aside[0].Place);
        }

        return reading.Error is { } error ? error : value;
    }
}
