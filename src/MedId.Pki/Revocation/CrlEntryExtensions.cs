namespace MedId.Pki;

/// <summary>The extensions of one CRL entry (RFC 5280 §5.3), read without allocation.</summary>
internal ref struct CrlEntryExtensions
{
    private const int InvalidityDateBit = 1;
    private const int ReasonBit = 2;
    private const int CertificateIssuerBit = 4;
    private const int HoldInstructionBit = 8;

    public CrlReason Reason;
    public DateTimeOffset? InvalidityDate;

    /// <summary>The value of certificateIssuer: GeneralNames; empty when it is not there.</summary>
    public ReadOnlySpan<byte> CertificateIssuer;

    /// <summary>Where certificateIssuer's value begins in the extensions.</summary>
    public int CertificateIssuerStart;

    public bool HasUnknownCritical;

    /// <summary>id-ce, 2.5.29, in front of its last number.</summary>
    private static ReadOnlySpan<byte> CertificateExtensionArc => [0x55, 0x1D];

    private static ReadOnlySpan<byte> True => [0xFF];

    /// <summary>Reads the content of the SEQUENCE OF Extension.</summary>
    public static bool TryRead(ReadOnlySpan<byte> extensions, out CrlEntryExtensions read)
    {
        read = default;
        var seen = 0;
        var rest = new DerSpan(extensions);
        while (!rest.IsEmpty)
        {
            if (!rest.TryRead(DerSpan.Sequence, out var content))
            {
                return false;
            }

            var end = extensions.Length - rest.Length;
            var extension = new DerSpan(content);
            var critical = false;
            if (!extension.TryRead(DerSpan.ObjectIdentifier, out var oid) || oid.IsEmpty
                || (extension.IsNext(DerSpan.Boolean) && !(critical = extension.TryRead(DerSpan.Boolean, out var flag) && flag.SequenceEqual(True)))
                || !extension.TryRead(DerSpan.OctetString, out var value) || !extension.IsEmpty
                || !read.TryTake(oid, critical, value, end, ref seen))
            {
                return false;
            }
        }

        return true;
    }

    private bool TryTake(ReadOnlySpan<byte> oid, bool critical, ReadOnlySpan<byte> value, int end, ref int seen)
    {
        var number = oid.Length == 3 && oid.StartsWith(CertificateExtensionArc) ? oid[2] : 0;
        var bit = number switch { 21 => ReasonBit, 23 => HoldInstructionBit, 24 => InvalidityDateBit, 29 => CertificateIssuerBit, _ => 0 };
        if ((seen & bit) != 0)
        {
            return false;
        }

        seen |= bit;
        switch (bit)
        {
            case ReasonBit:
                Reason = value.Length == 3 ? (CrlReason)value[2] : default;
                return value.Length == 3 && value[0] == DerSpan.Enumerated && value[1] == 1 && CrlEntryFields.IsReason(value[2]);
            case InvalidityDateBit:
                var whole = new DerSpan(value);
                var isTime = whole.TryRead(DerSpan.GeneralizedTime, out var content) && whole.IsEmpty && DerTime.TryRead(DerSpan.GeneralizedTime, content, out var time)
                    ? time
                    : (DateTimeOffset?)null;
                InvalidityDate = isTime;
                return isTime is not null;
            case CertificateIssuerBit:
                CertificateIssuer = value;
                CertificateIssuerStart = end - value.Length;
                return !value.IsEmpty;
            case HoldInstructionBit:
                // Obsolete since RFC 5280; a hold is a hold whatever it says.
                return true;
            default:
                HasUnknownCritical |= critical;
                return true;
        }
    }
}
