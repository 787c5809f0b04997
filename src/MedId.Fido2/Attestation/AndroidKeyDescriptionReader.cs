using System.Formats.Asn1;
using MedId.Core;

namespace MedId.Fido2;

/// <summary>Reads KeyDescription in DER.</summary>
internal static class AndroidKeyDescriptionReader
{
    private const int PurposeTag = 1;
    private const int AllApplicationsTag = 600;
    private const int OriginTag = 702;
    private const int MaxPurposes = 32;

    public static MedIdResult<AndroidKeyDescription> Read(ReadOnlyMemory<byte> der)
    {
        try
        {
            var outer = new AsnReader(der, AsnEncodingRules.DER);
            var reader = outer.ReadSequence();
            outer.ThrowIfNotEmpty();
            var description = new AndroidKeyDescription
            {
                AttestationVersion = ReadSmall(reader),
                AttestationSecurityLevel = ReadLevel(reader),
                KeyMintVersion = ReadSmall(reader),
                KeyMintSecurityLevel = ReadLevel(reader),
                AttestationChallenge = reader.ReadOctetString(),
                SoftwareEnforced = ReadList(SkipUniqueId(reader)),
                TeeEnforced = ReadList(reader),
            };
            reader.ThrowIfNotEmpty();
            return description;
        }
        catch (AsnContentException)
        {
            return new MedIdError(
                Fido2ErrorCodes.AttestationAndroidExtension, ErrorCategory.Malformed, AttestationSections.AndroidExtension, "not KeyDescription in DER");
        }
    }

    private static AsnReader SkipUniqueId(AsnReader reader)
    {
        reader.ReadOctetString();
        return reader;
    }

    private static int ReadSmall(AsnReader reader) => reader.TryReadInt32(out var value) && value >= 0 ? value : throw new AsnContentException();

    /// <summary>SecurityLevel, an ENUMERATED of one content octet.</summary>
    private static int ReadLevel(AsnReader reader)
    {
        var octets = reader.ReadEnumeratedBytes().Span;
        return octets.Length == 1 && octets[0] < 0x80 ? octets[0] : throw new AsnContentException();
    }

    /// <summary>AuthorizationList: members of context tags, EXPLICIT, in ascending order and none twice; most are passed over.</summary>
    private static AndroidAuthorizationList ReadList(AsnReader reader)
    {
        var list = reader.ReadSequence();
        List<long>? purposes = null;
        long? origin = null;
        var allApplications = false;
        var last = -1;
        while (list.HasData)
        {
            var tag = list.PeekTag();
            if (tag.TagClass != TagClass.ContextSpecific || !tag.IsConstructed || tag.TagValue <= last)
            {
                throw new AsnContentException();
            }

            last = tag.TagValue;
            if (tag.TagValue is not (PurposeTag or AllApplicationsTag or OriginTag))
            {
                list.ReadEncodedValue();
                continue;
            }

            var member = list.ReadSequence(tag);
            switch (tag.TagValue)
            {
                case PurposeTag:
                    purposes = ReadPurposes(member);
                    break;
                case OriginTag:
                    origin = member.TryReadInt64(out var value) ? value : throw new AsnContentException();
                    break;
                default:
                    member.ReadNull();
                    allApplications = true;
                    break;
            }

            member.ThrowIfNotEmpty();
        }

        return new(purposes, origin, allApplications);
    }

    private static List<long> ReadPurposes(AsnReader member)
    {
        var set = member.ReadSetOf();
        var purposes = new List<long>();
        while (set.HasData)
        {
            if (purposes.Count == MaxPurposes || !set.TryReadInt64(out var purpose))
            {
                throw new AsnContentException();
            }

            purposes.Add(purpose);
        }

        return purposes;
    }
}
