using System.Formats.Asn1;

namespace MedId.Signatures;

/// <summary>Writes SignedData. Parts that were read before go out with the bytes that they came in with.</summary>
internal static class CmsWriter
{
    private static readonly Comparison<ReadOnlyMemory<byte>> Order = (a, b) => a.Span.SequenceCompareTo(b.Span);

    /// <summary>Writes ContentInfo and SignedData (RFC 5652 §3, §5.1) in definite minimal lengths; DER when every part is.</summary>
    public static byte[] Write(
        int version,
        ReadOnlyMemory<byte> digestAlgorithms,
        ReadOnlyMemory<byte> content,
        IReadOnlyList<ReadOnlyMemory<byte>> certificates,
        IReadOnlyList<ReadOnlyMemory<byte>> revocation,
        IReadOnlyList<ReadOnlyMemory<byte>> signers)
    {
        // BER rules, so that foreign parts pass through as they are; the writer's own lengths are minimal all the same.
        var writer = new AsnWriter(AsnEncodingRules.BER);
        using (writer.PushSequence())
        {
            writer.WriteObjectIdentifier(CmsOids.SignedData);
            using (writer.PushSequence(Asn.Context(0)))
            using (writer.PushSequence())
            {
                writer.WriteInteger(version);
                writer.WriteEncodedValue(digestAlgorithms.Span);
                writer.WriteEncodedValue(content.Span);
                WriteSet(writer, Asn.Context(0), certificates);
                WriteSet(writer, Asn.Context(1), revocation);
                WriteSet(writer, Asn1Tag.SetOf, signers);
            }
        }

        return writer.Encode();
    }

    /// <summary>Elements in the order of DER (X.690 §11.6).</summary>
    public static List<ReadOnlyMemory<byte>> Sorted(IEnumerable<ReadOnlyMemory<byte>> elements)
    {
        var sorted = elements.ToList();
        sorted.Sort(Order);
        return sorted;
    }

    /// <summary>Changed elements, in the order of DER where those they come from were.</summary>
    public static List<ReadOnlyMemory<byte>> SortedAs(IReadOnlyList<ReadOnlyMemory<byte>> original, IEnumerable<ReadOnlyMemory<byte>> changed)
    {
        for (var index = 1; index < original.Count; index++)
        {
            if (Order(original[index - 1], original[index]) > 0)
            {
                return [.. changed];
            }
        }

        return Sorted(changed);
    }

    public static byte[] SetOf(IEnumerable<byte[]> elements) => Encode(w =>
    {
        using (w.PushSetOf())
        {
            foreach (var element in elements)
            {
                w.WriteEncodedValue(element);
            }
        }
    });

    public static byte[] Attribute(string oid, IEnumerable<ReadOnlyMemory<byte>> values) => Encode(w =>
    {
        using (w.PushSequence())
        {
            w.WriteObjectIdentifier(oid);
            using (w.PushSetOf())
            {
                foreach (var value in values)
                {
                    w.WriteEncodedValue(value.Span);
                }
            }
        }
    });

    public static byte[] Attribute(string oid, IEnumerable<byte[]> values) => Attribute(oid, values.Select(v => (ReadOnlyMemory<byte>)v));

    /// <summary>RFC 5652 §11.3: UTCTime until 2049, then GeneralizedTime; whole seconds.</summary>
    public static byte[] Time(DateTimeOffset time) => Encode(w =>
    {
        if (time.UtcDateTime.Year is >= 1950 and < 2050)
        {
            w.WriteUtcTime(time, twoDigitYearMax: 2049);
        }
        else
        {
            w.WriteGeneralizedTime(time, omitFractionalSeconds: true);
        }
    });

    public static byte[] Encode(Action<AsnWriter> write)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        write(writer);
        return writer.Encode();
    }

    private static void WriteSet(AsnWriter writer, Asn1Tag tag, IReadOnlyList<ReadOnlyMemory<byte>> elements)
    {
        if (elements.Count == 0)
        {
            return;
        }

        using (writer.PushSetOf(tag))
        {
            foreach (var element in elements)
            {
                writer.WriteEncodedValue(element.Span);
            }
        }
    }
}
