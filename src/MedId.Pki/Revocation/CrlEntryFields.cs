namespace MedId.Pki;

/// <summary>Where the parts of one CRL entry stand in the list of entries (RFC 5280 §5.1.2.6).</summary>
internal struct CrlEntryFields
{
    private const int ReasonOnlyLength = 12;

    public int SerialStart;
    public int SerialLength;
    public int TimeStart;
    public int TimeLength;
    public int ExtensionsStart;
    public int ExtensionsLength;
    public int End;

    /// <summary>The extension reasonCode alone, as it nearly always stands, up to its value: SEQUENCE { 2.5.29.21, OCTET STRING { ENUMERATED … } }.</summary>
    private static ReadOnlySpan<byte> ReasonOnly => [0x30, 0x0A, 0x06, 0x03, 0x55, 0x1D, 0x15, 0x04, 0x03, 0x0A, 0x01];

    /// <summary>Reads the entry at an offset: SEQUENCE { serial, time, extensions? } in DER. The extensions are found, not read.</summary>
    public static bool TryRead(ReadOnlySpan<byte> entries, int at, out CrlEntryFields fields)
    {
        fields = default;
        var rest = entries[at..];
        if (!DerSpan.TryReadHeader(rest, DerSpan.Sequence, out var header, out var length))
        {
            return false;
        }

        var position = at + header;
        fields.End = position + length;
        rest = entries[position..fields.End];
        if (!DerSpan.TryReadHeader(rest, DerSpan.Integer, out header, out length) || !DerSpan.IsInteger(rest.Slice(header, length)))
        {
            return false;
        }

        fields.SerialStart = position + header;
        fields.SerialLength = length;
        position += header + length;
        rest = entries[position..fields.End];
        if (rest.IsEmpty || !DerSpan.TryReadHeader(rest, rest[0], out header, out length) || !DerTime.IsTime(rest[0], rest.Slice(header, length)))
        {
            return false;
        }

        fields.TimeStart = position + header;
        fields.TimeLength = length;
        position += header + length;
        if (position == fields.End)
        {
            return true;
        }

        rest = entries[position..fields.End];
        if (!DerSpan.TryReadHeader(rest, DerSpan.Sequence, out header, out length) || header + length != rest.Length || length == 0)
        {
            return false;
        }

        fields.ExtensionsStart = position + header;
        fields.ExtensionsLength = length;
        return true;
    }

    /// <summary>Reads the reason where it is the only extension; false when there is more to read, or something else.</summary>
    public readonly bool TryReadReasonOnly(ReadOnlySpan<byte> entries, out CrlReason reason)
    {
        reason = CrlReason.Unspecified;
        if (ExtensionsLength == 0)
        {
            return true;
        }

        var extensions = entries.Slice(ExtensionsStart, ExtensionsLength);
        if (ExtensionsLength != ReasonOnlyLength || !extensions.StartsWith(ReasonOnly))
        {
            return false;
        }

        reason = (CrlReason)extensions[ReasonOnlyLength - 1];
        return IsReason(extensions[ReasonOnlyLength - 1]);
    }

    public static bool IsReason(byte value) => value is <= 10 and not 7;

    public readonly DateTimeOffset ReadTime(ReadOnlySpan<byte> entries)
    {
        DerTime.TryRead(entries[TimeStart - 2], entries.Slice(TimeStart, TimeLength), out var time);
        return time;
    }
}
