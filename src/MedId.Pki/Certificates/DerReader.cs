using System.Formats.Asn1;

namespace MedId.Pki;

/// <summary>Reads DER (X.690 §8 to §11) out of memory that it slices and never copies. Throws <see cref="AsnContentException"/> on everything that is not DER.</summary>
internal struct DerReader(ReadOnlyMemory<byte> bytes)
{
    private const AsnEncodingRules Rules = AsnEncodingRules.DER;
    private const int GeneralizedTimeLength = 15;
    private const int LastYearOfUtcTime = 2049;

    private ReadOnlyMemory<byte> _rest = bytes;

    public readonly bool HasData => !_rest.IsEmpty;

    /// <summary>A reader of the one element that the bytes have to be; nothing may follow it.</summary>
    public static DerReader Whole(ReadOnlyMemory<byte> der, Asn1Tag? tag = null)
    {
        var outer = new DerReader(der);
        var inner = outer.ReadSequence(tag);
        outer.ThrowIfNotEmpty();
        return inner;
    }

    public static Asn1Tag Context(int number) => new(TagClass.ContextSpecific, number);

    public readonly Asn1Tag PeekTag() => Asn1Tag.Decode(_rest.Span, out _);

    /// <summary>Whether the next element has the tag, primitive or constructed.</summary>
    public readonly bool IsNext(Asn1Tag tag) => HasData && PeekTag().HasSameClassAndValue(tag);

    public readonly void ThrowIfNotEmpty()
    {
        if (HasData)
        {
            throw new ProfileException("Something follows where nothing may.");
        }
    }

    public readonly ReadOnlyMemory<byte> PeekEncodedValue()
    {
        AsnDecoder.ReadEncodedValue(_rest.Span, Rules, out _, out _, out var consumed);
        return _rest[..consumed];
    }

    public ReadOnlyMemory<byte> ReadEncodedValue()
    {
        var value = PeekEncodedValue();
        _rest = _rest[value.Length..];
        return value;
    }

    /// <summary>Reads a SEQUENCE, or a constructed element of the tag.</summary>
    public DerReader ReadSequence(Asn1Tag? tag = null)
    {
        AsnDecoder.ReadSequence(_rest.Span, Rules, out var offset, out var length, out var consumed, tag);
        return new(Take(offset, length, consumed));
    }

    /// <summary>Reads the content octets of a constructed element of the tag.</summary>
    public ReadOnlyMemory<byte> ReadContent(Asn1Tag tag)
    {
        AsnDecoder.ReadSequence(_rest.Span, Rules, out var offset, out var length, out var consumed, tag);
        return Take(offset, length, consumed);
    }

    /// <summary>Reads a SET OF in the order that DER asks for (X.690 §11.6).</summary>
    public DerReader ReadSetOf()
    {
        AsnDecoder.ReadSetOf(_rest.Span, Rules, out var offset, out var length, out var consumed);
        return new(Take(offset, length, consumed));
    }

    public string ReadOid(Asn1Tag? tag = null)
    {
        var oid = AsnDecoder.ReadObjectIdentifier(_rest.Span, Rules, out var consumed, tag);
        _rest = _rest[consumed..];
        return oid;
    }

    /// <summary>Reads a BOOLEAN DEFAULT FALSE: false when it is not there, and false may not be there (X.690 §11.5).</summary>
    public bool ReadFlag(Asn1Tag? tag = null)
    {
        if (!IsNext(tag ?? Asn1Tag.Boolean))
        {
            return false;
        }

        var value = AsnDecoder.ReadBoolean(_rest.Span, Rules, out var consumed, tag);
        _rest = _rest[consumed..];
        return value ? true : throw new ProfileException("A default value is not encoded.");
    }

    /// <summary>Reads the content octets of an INTEGER, two's complement, as short as they can be.</summary>
    public ReadOnlyMemory<byte> ReadInteger(Asn1Tag? tag = null)
    {
        var length = AsnDecoder.ReadIntegerBytes(_rest.Span, Rules, out var consumed, tag).Length;
        return Take(consumed - length, length, consumed);
    }

    /// <summary>Reads an INTEGER that counts something; more than fits is as good as no limit.</summary>
    public int ReadCount(Asn1Tag? tag = null)
    {
        var octets = ReadInteger(tag).Span;
        if (octets[0] >= 0x80)
        {
            throw new ProfileException("A count is not negative.");
        }

        if (octets.Length > sizeof(int))
        {
            return int.MaxValue;
        }

        var count = 0;
        foreach (var b in octets)
        {
            count = (count << 8) | b;
        }

        return count;
    }

    public ReadOnlyMemory<byte> ReadOctetString(Asn1Tag? tag = null)
    {
        return AsnDecoder.TryReadPrimitiveOctetString(_rest.Span, Rules, out var value, out var consumed, tag)
            ? Take(consumed - value.Length, value.Length, consumed)
            : throw new ProfileException("Not a primitive octet string.");
    }

    public ReadOnlyMemory<byte> ReadBitString(out int unusedBits, Asn1Tag? tag = null)
    {
        return AsnDecoder.TryReadPrimitiveBitString(_rest.Span, Rules, out unusedBits, out var value, out var consumed, tag)
            ? Take(consumed - value.Length, value.Length, consumed)
            : throw new ProfileException("Not a primitive bit string.");
    }

    /// <summary>Reads a BIT STRING with named bits, at most 32: bit n of the standard is bit n of the number. X.690 §11.2.2: no trailing zero bits.</summary>
    public uint ReadNamedBits(Asn1Tag? tag = null)
    {
        var bits = ReadBitString(out var unused, tag).Span;
        if (bits.Length > sizeof(uint) || (!bits.IsEmpty && (bits[^1] & (1 << unused)) == 0))
        {
            throw new ProfileException("Not a list of named bits.");
        }

        var flags = 0u;
        for (var bit = 0; bit < bits.Length * 8; bit++)
        {
            flags |= (uint)((bits[bit / 8] >> (7 - (bit % 8))) & 1) << bit;
        }

        return flags;
    }

    public string ReadText(UniversalTagNumber kind, Asn1Tag? tag = null)
    {
        var text = AsnDecoder.ReadCharacterString(_rest.Span, Rules, kind, out var consumed, tag);
        _rest = _rest[consumed..];
        return text;
    }

    /// <summary>Reads a Time (RFC 5280 §4.1.2.5): UTCTime or GeneralizedTime, in Z, with seconds and without fractions.</summary>
    /// <remarks>GeneralizedTime before 2050 is not what §4.1.2.5 asks of a CA; it says one instant all the same and is read.</remarks>
    public DateTimeOffset ReadTime()
    {
        if (!IsNext(Asn1Tag.UtcTime))
        {
            return ReadGeneralizedTime();
        }

        var time = AsnDecoder.ReadUtcTime(_rest.Span, Rules, out var consumed, LastYearOfUtcTime);
        _rest = _rest[consumed..];
        return time;
    }

    /// <summary>Reads a GeneralizedTime as RFC 5280 §4.1.2.5.2 and RFC 6960 §4.2.2.1 profile it: YYYYMMDDHHMMSSZ.</summary>
    public DateTimeOffset ReadGeneralizedTime(Asn1Tag? tag = null)
    {
        AsnDecoder.ReadEncodedValue(_rest.Span, Rules, out _, out var length, out _);
        var time = AsnDecoder.ReadGeneralizedTime(_rest.Span, Rules, out var consumed, tag);
        _rest = _rest[consumed..];
        return length == GeneralizedTimeLength ? time : throw new ProfileException("A time has seconds and no fraction.");
    }

    private ReadOnlyMemory<byte> Take(int offset, int length, int consumed)
    {
        var content = _rest.Slice(offset, length);
        _rest = _rest[consumed..];
        return content;
    }
}
