using System.Formats.Asn1;

namespace MedId.Signatures;

/// <summary>What AsnReader does not bound or check by itself.</summary>
internal static class Asn
{
    /// <summary>Object identifiers in use have under 40 octets; the reader's work on one grows with the square of its length.</summary>
    private const int MaxOidLength = 64;

    public static Asn1Tag Context(int number, bool constructed = true) => new(TagClass.ContextSpecific, number, constructed);

    public static string ReadOid(AsnReader reader) => reader.PeekContentBytes().Length > MaxOidLength
        ? throw new AsnContentException("The object identifier is too long.")
        : reader.ReadObjectIdentifier();

    public static bool NextIs(AsnReader reader, Asn1Tag tag) => reader.HasData && reader.PeekTag().HasSameClassAndValue(tag);

    /// <summary>Whether the bytes are one DER structure through and through, as far as universal tags tell.</summary>
    public static bool IsDer(ReadOnlyMemory<byte> encoded) => DerTranscoder.TryTranscode(encoded, out var der) && der.AsSpan().SequenceEqual(encoded.Span);
}
