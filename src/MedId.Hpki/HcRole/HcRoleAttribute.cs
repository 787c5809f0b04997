using System.Formats.Asn1;
using MedId.Core;

namespace MedId.Hpki;

/// <summary>Reads and writes the hcRole attribute with its exact tagging (ISO 17090-2; RFC 5280 §4.2.1.8). Strict DER, bounded, never throws on bytes.</summary>
/// <remarks>
/// <code>
/// SubjectDirectoryAttributes ::= SEQUENCE SIZE (1..MAX) OF SEQUENCE { type OBJECT IDENTIFIER, values SET OF HCActorData }
/// HCActorData ::= SET OF HCActor
/// HCActor     ::= SEQUENCE { codedData [0] EXPLICIT CodedData, regionalHCActorData [1] EXPLICIT SEQUENCE OF RegionalData OPTIONAL }
/// CodedData   ::= SET { codingSchemeReference [0] EXPLICIT OBJECT IDENTIFIER, codeDataValue [1] EXPLICIT NumericString OPTIONAL,
///                       codeDataFreeText [2] EXPLICIT DirectoryString }
/// </code>
/// One value has one encoding: what is read and written again gives the same bytes. Attributes of other types are passed over.
/// </remarks>
public static class HcRoleAttribute
{
    /// <summary>The longest extension that is read, in bytes.</summary>
    public const int MaxBytes = 16 * 1024;

    /// <summary>The most attributes in the extension, and the most actors over all of them.</summary>
    public const int MaxActors = 32;

    /// <summary>The longest text of an actor, in UTF-16 units.</summary>
    public const int MaxTextLength = 256;

    private const string Section = "ISO 17090-2, hcRole";
    private static readonly Asn1Tag Tag0 = new(TagClass.ContextSpecific, 0, isConstructed: true);
    private static readonly Asn1Tag Tag1 = new(TagClass.ContextSpecific, 1, isConstructed: true);
    private static readonly Asn1Tag Tag2 = new(TagClass.ContextSpecific, 2, isConstructed: true);

    /// <summary>Reads the actors of a subjectDirectoryAttributes value.</summary>
    /// <param name="subjectDirectoryAttributes">The extension's value, the whole of it.</param>
    /// <returns>The actors in the order of the bytes, empty when no attribute is hcRole; refused with <see cref="HpkiErrorCodes.RoleMalformed"/>.</returns>
    public static MedIdResult<IReadOnlyList<HcActor>> Read(ReadOnlyMemory<byte> subjectDirectoryAttributes)
    {
        if (subjectDirectoryAttributes.Length > MaxBytes)
        {
            return Malformed($"more than {MaxBytes} bytes");
        }

        try
        {
            var outer = new AsnReader(subjectDirectoryAttributes, AsnEncodingRules.DER);
            var attributes = outer.ReadSequence();
            outer.ThrowIfNotEmpty();
            var actors = new List<HcActor>();
            for (var count = 0; count == 0 || attributes.HasData; count++)
            {
                if (count == MaxActors || !TryReadAttribute(attributes.ReadSequence(), actors))
                {
                    return Malformed("too many attributes or actors, or a text that is too long");
                }
            }

            return actors;
        }
        catch (AsnContentException)
        {
            return Malformed("not the DER of SubjectDirectoryAttributes with hcRole");
        }
    }

    /// <summary>Writes a subjectDirectoryAttributes value with one hcRole attribute.</summary>
    /// <param name="actors">At least one.</param>
    /// <returns>DER.</returns>
    /// <exception cref="ArgumentException">No actor, or one that cannot be written.</exception>
    public static byte[] Write(params IReadOnlyCollection<HcActor> actors)
    {
        ArgumentNullException.ThrowIfNull(actors);
        if (actors.Count is 0 or > MaxActors)
        {
            throw new ArgumentException($"1 to {MaxActors} actors.", nameof(actors));
        }

        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        using (writer.PushSequence())
        {
            writer.WriteObjectIdentifier(HpkiOids.HealthcareActor);
            using (writer.PushSetOf())
            using (writer.PushSetOf())
            {
                foreach (var actor in actors)
                {
                    Write(writer, actor);
                }
            }
        }

        return writer.Encode();
    }

    private static bool TryReadAttribute(AsnReader attribute, List<HcActor> actors)
    {
        var type = attribute.ReadObjectIdentifier();
        var values = attribute.ReadSetOf();
        attribute.ThrowIfNotEmpty();
        if (!string.Equals(type, HpkiOids.HealthcareActor, StringComparison.Ordinal))
        {
            return true;
        }

        do
        {
            var data = values.ReadSetOf();
            do
            {
                if (actors.Count == MaxActors || ReadActor(data.ReadSequence()) is not { } actor)
                {
                    return false;
                }

                actors.Add(actor);
            }
            while (data.HasData);
        }
        while (values.HasData);
        return true;
    }

    private static HcActor? ReadActor(AsnReader reader)
    {
        // CodedData is a SET of differently tagged members; DER orders them by tag, which the reader checks.
        var wrapped = reader.ReadSequence(Tag0);
        var coded = wrapped.ReadSetOf();
        wrapped.ThrowIfNotEmpty();
        var scheme = ReadWrapped(coded, Tag0, static r => r.ReadObjectIdentifier());
        var value = coded.HasData && coded.PeekTag() == Tag1 ? ReadWrapped(coded, Tag1, static r => r.ReadCharacterString(UniversalTagNumber.NumericString)) : null;
        var (text, type) = ReadWrapped(coded, Tag2, HcText.Read);
        coded.ThrowIfNotEmpty();
        var regional = reader.HasData ? ReadWrapped(reader, Tag1, ReadRegional) : null;
        reader.ThrowIfNotEmpty();
        return text.Length is 0 or > MaxTextLength || value?.Length > MaxTextLength
            ? null
            : new() { CodingScheme = scheme, Text = text, TextType = type, CodeValue = value, RegionalData = regional };
    }

    private static T ReadWrapped<T>(AsnReader reader, Asn1Tag tag, Func<AsnReader, T> read)
    {
        var inner = reader.ReadSequence(tag);
        var value = read(inner);
        inner.ThrowIfNotEmpty();
        return value;
    }

    private static string ReadRegional(AsnReader reader)
    {
        var raw = reader.PeekEncodedValue();
        reader.ReadSequence();
        return Convert.ToHexStringLower(raw.Span);
    }

    private static void Write(AsnWriter writer, HcActor actor)
    {
        if (actor.Text.Length is 0 or > MaxTextLength)
        {
            throw new ArgumentException($"A text has 1 to {MaxTextLength} characters.", nameof(actor));
        }

        using (writer.PushSequence())
        {
            using (writer.PushSequence(Tag0))
            using (writer.PushSetOf())
            {
                using (writer.PushSequence(Tag0))
                {
                    writer.WriteObjectIdentifier(actor.CodingScheme);
                }

                if (actor.CodeValue is { } value)
                {
                    using (writer.PushSequence(Tag1))
                    {
                        writer.WriteCharacterString(UniversalTagNumber.NumericString, value);
                    }
                }

                using (writer.PushSequence(Tag2))
                {
                    HcText.Write(writer, actor.Text, actor.TextType);
                }
            }

            if (actor.RegionalData is { } regional)
            {
                using (writer.PushSequence(Tag1))
                {
                    writer.WriteEncodedValue(Convert.FromHexString(regional));
                }
            }
        }
    }

    private static MedIdError Malformed(string detail) => new(HpkiErrorCodes.RoleMalformed, ErrorCategory.Malformed, Section, detail);
}
