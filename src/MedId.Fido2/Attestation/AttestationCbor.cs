using MedId.Cryptography;

namespace MedId.Fido2;

/// <summary>Takes parts out of CBOR as memory that stays.</summary>
internal static class AttestationCbor
{
    public static bool TryTakeEncoded(ref CborReader reader, ReadOnlyMemory<byte> whole, out ReadOnlyMemory<byte>? value)
    {
        var read = reader.TryReadEncoded(out var span);
        value = read ? Keep(span, whole) : null;
        return read;
    }

    public static bool TryTakeBytes(ref CborReader reader, ReadOnlyMemory<byte> whole, out ReadOnlyMemory<byte>? value)
    {
        var read = reader.TryReadBytes(out var span);
        value = read ? Keep(span, whole) : null;
        return read;
    }

    /// <summary>A slice of the whole where the span is one; a copy of what the reader joined out of chunks.</summary>
    private static ReadOnlyMemory<byte>? Keep(ReadOnlySpan<byte> span, ReadOnlyMemory<byte> whole) =>
        !span.IsEmpty && whole.Span.Overlaps(span, out var offset) ? whole.Slice(offset, span.Length) : (ReadOnlyMemory<byte>)span.ToArray();
}
