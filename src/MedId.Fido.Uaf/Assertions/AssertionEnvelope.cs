using MedId.Core;

namespace MedId.Fido.Uaf;

/// <summary>What registrations and authentications have in common: one outer element that fills the bytes.</summary>
internal static class AssertionEnvelope
{
    public static MedIdError? Open(ReadOnlySpan<byte> bytes, ushort expected, out ReadOnlySpan<byte> content)
    {
        content = default;
        if (bytes.Length > UafLimits.AssertionBytes)
        {
            return TlvRefusal.Malformed(UafSections.Dictionaries, "longer than 4096 bytes");
        }

        var reader = new TlvReader(bytes);
        if (!reader.TryRead(out var tag, out content, out _))
        {
            return TlvRefusal.CutOff;
        }

        if (tag != expected)
        {
            return UafTag.IsKnown(tag)
                ? TlvRefusal.Unexpected(tag)
                : TlvRefusal.Malformed(UafSections.Tlv, "the outer element is no assertion");
        }

        return reader.IsAtEnd ? null : TlvRefusal.TrailingBytes;
    }
}
