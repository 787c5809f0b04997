using System.Formats.Asn1;
using MedId.Cryptography;
using MedId.Pki;

namespace MedId.Signatures;

/// <summary>Reads TSTInfo (RFC 3161 §2.4.2): DER, version 1, defaults left out, nothing after it.</summary>
internal static class TimestampInfoReader
{
    private const int MaxBytes = 16 * 1024;
    private const int MaxNumber = 64;

    /// <summary>Null where it is not the structure.</summary>
    public static TimestampInfo? Read(ReadOnlyMemory<byte> der)
    {
        if (der.Length > MaxBytes)
        {
            return null;
        }

        try
        {
            var outer = new AsnReader(der, AsnEncodingRules.DER);
            var reader = outer.ReadSequence();
            outer.ThrowIfNotEmpty();
            return ReadInfo(reader);
        }
        catch (AsnContentException)
        {
            return null;
        }
    }

    /// <summary>Reads MessageImprint; the digest has the length of its hash when the hash is known.</summary>
    internal static (DigestAlgorithm? Algorithm, ReadOnlyMemory<byte> Imprint) ReadImprint(AsnReader reader)
    {
        var imprint = reader.ReadSequence();
        var identifier = imprint.ReadEncodedValue();
        _ = new AsnReader(identifier, AsnEncodingRules.DER).ReadSequence();
        DigestAlgorithm.TryFromX509(identifier.Span, out var algorithm);
        var digest = imprint.ReadOctetString();
        imprint.ThrowIfNotEmpty();
        return algorithm is null || digest.Length == algorithm.Length ? (algorithm, digest) : throw new AsnContentException("The imprint is not as long as its hash.");
    }

    internal static ReadOnlyMemory<byte> ReadNumber(AsnReader reader)
    {
        var number = reader.ReadIntegerBytes();
        return number.Length <= MaxNumber ? number : throw new AsnContentException("The number is too long.");
    }

    private static TimestampInfo? ReadInfo(AsnReader reader)
    {
        if (!reader.TryReadInt32(out var version) || version != 1)
        {
            return null;
        }

        var policy = Asn.ReadOid(reader);
        var (algorithm, imprint) = ReadImprint(reader);
        var serial = ReadNumber(reader);
        var time = ReadTime(reader);
        var accuracy = Asn.NextIs(reader, Asn1Tag.Sequence) ? ReadAccuracy(reader.ReadSequence()) : null;

        // X.690 §11.5: a default is not encoded, so FALSE is never there.
        var ordering = Asn.NextIs(reader, Asn1Tag.Boolean);
        if (ordering && !reader.ReadBoolean())
        {
            return null;
        }

        ReadOnlyMemory<byte>? nonce = Asn.NextIs(reader, Asn1Tag.Integer) ? ReadNumber(reader) : default(ReadOnlyMemory<byte>?);
        var hasName = Asn.NextIs(reader, Asn.Context(0));
        var name = hasName ? ReadName(reader.ReadSequence(Asn.Context(0))) : null;
        var hasCritical = Asn.NextIs(reader, Asn.Context(1)) && ReadExtensions(reader.ReadSequence(Asn.Context(1)));
        reader.ThrowIfNotEmpty();
        return new()
        {
            PolicyOid = policy,
            ImprintAlgorithm = algorithm,
            Imprint = imprint,
            SerialNumber = serial,
            Time = time,
            Accuracy = accuracy,
            Ordering = ordering,
            Nonce = nonce,
            Authority = name,
            HasOtherAuthorityName = hasName && name is null,
            HasCriticalExtension = hasCritical,
        };
    }

    /// <summary>RFC 3161 §2.4.2: GeneralizedTime in Z with seconds; a fraction does not end in 0.</summary>
    private static DateTimeOffset ReadTime(AsnReader reader) => reader.ReadGeneralizedTime();

    private static TimestampAccuracy ReadAccuracy(AsnReader reader)
    {
        var seconds = 0;
        if (Asn.NextIs(reader, Asn1Tag.Integer) && (!reader.TryReadInt32(out seconds) || seconds < 0))
        {
            throw new AsnContentException("The accuracy is no number of seconds.");
        }

        var milliseconds = ReadThousandths(reader, 0);
        var microseconds = ReadThousandths(reader, 1);
        reader.ThrowIfNotEmpty();
        return new(seconds, milliseconds, microseconds);
    }

    private static int ReadThousandths(AsnReader reader, int number)
    {
        var tag = Asn.Context(number, constructed: false);
        if (!Asn.NextIs(reader, tag))
        {
            return 0;
        }

        return reader.TryReadInt32(out var value, tag) && value is >= 1 and <= 999 ? value : throw new AsnContentException("Thousandths are 1 to 999.");
    }

    /// <summary>The directory name; null for a name of another form.</summary>
    private static DistinguishedName? ReadName(AsnReader reader)
    {
        var isDirectory = Asn.NextIs(reader, Asn.Context(4));
        var element = reader.ReadEncodedValue();
        reader.ThrowIfNotEmpty();
        if (!isDirectory)
        {
            return null;
        }

        var directory = new AsnReader(element, AsnEncodingRules.DER).ReadSequence(Asn.Context(4));
        var name = DistinguishedName.Parse(directory.ReadEncodedValue());
        directory.ThrowIfNotEmpty();
        return name.Succeeded ? name.Value : throw new AsnContentException("The authority's name is no name.");
    }

    /// <summary>Whether one is critical.</summary>
    private static bool ReadExtensions(AsnReader extensions)
    {
        var hasCritical = false;
        do
        {
            var extension = extensions.ReadSequence();
            Asn.ReadOid(extension);
            if (Asn.NextIs(extension, Asn1Tag.Boolean))
            {
                hasCritical |= extension.ReadBoolean();
            }

            extension.ReadOctetString();
            extension.ThrowIfNotEmpty();
        }
        while (extensions.HasData);
        return hasCritical;
    }
}
