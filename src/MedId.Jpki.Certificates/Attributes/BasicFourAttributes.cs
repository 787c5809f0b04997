using System.Text.Json.Serialization;
using MedId.Core;

namespace MedId.Jpki.Certificates;

/// <summary>The basic four attributes of a person (基本4情報: name, gender, birth date, address), as a signing certificate states them.</summary>
/// <remarks>
/// Reading them proves nothing: they are true once a verifier has accepted the certificate (<c>JpkiEvidence.BasicFour</c>). My Number is never among them.
/// Personal: never printed, never serialised.
/// </remarks>
[JsonConverter(typeof(NeverSerialized))]
public sealed class BasicFourAttributes
{
    /// <summary>The most UTF-16 code units that a name or address may have.</summary>
    public const int MaxTextLength = 1024;

    private BasicFourAttributes(SubstitutableText name, string genderCode, JpkiBirthDate birthDate, SubstitutableText address)
    {
        Name = name;
        GenderCode = genderCode;
        BirthDate = birthDate;
        Address = address;
        Gender = genderCode switch { "1" => JpkiGender.Male, "2" => JpkiGender.Female, _ => JpkiGender.Unknown };
        Warnings = birthDate.Warnings
            | (Gender == JpkiGender.Unknown ? AttributeWarnings.GenderNotMapped : AttributeWarnings.None)
            | (FlagsMismatch(name) ? AttributeWarnings.NameFlagsMismatch : AttributeWarnings.None)
            | (FlagsMismatch(address) ? AttributeWarnings.AddressFlagsMismatch : AttributeWarnings.None);
    }

    /// <summary>氏名: family and given name with a full-width space between; an alias may follow in brackets.</summary>
    public SubstitutableText Name { get; }

    /// <summary>性別, mapped.</summary>
    public JpkiGender Gender { get; }

    /// <summary>性別 as the certificate has it: one digit.</summary>
    public string GenderCode { get; }

    /// <summary>生年月日.</summary>
    public JpkiBirthDate BirthDate { get; }

    /// <summary>住所; for residents abroad the certificate has another, fixed text.</summary>
    public SubstitutableText Address { get; }

    /// <summary>What is odd about them.</summary>
    public AttributeWarnings Warnings { get; }

    /// <summary>Nothing of the attributes.</summary>
    public override string ToString() => nameof(BasicFourAttributes);

    /// <summary>Judges the six fields; empty flags are flags that the source did not give.</summary>
    internal static MedIdResult<BasicFourAttributes> Of(BasicFourFields fields, string section)
    {
        if (fields is not { Name: { } name, Gender: { } gender, BirthDate: { } birthDate, Address: { } address })
        {
            return new MedIdError(JpkiErrorCodes.AttributeMissing, ErrorCategory.Malformed, section);
        }

        return !IsText(name) ? Malformed(section, "name")
            : !IsText(address) ? Malformed(section, "address")
            : gender.Length != 1 || !char.IsAsciiDigit(gender[0]) ? Malformed(section, "gender")
            : !IsFlags(fields.NameFlags) ? Malformed(section, "flags of the name")
            : !IsFlags(fields.AddressFlags) ? Malformed(section, "flags of the address")
            : JpkiBirthDate.Read(birthDate) is not { } date ? Malformed(section, "birth date")
            : new BasicFourAttributes(SubstitutableText.Of(name, fields.NameFlags), gender, date, SubstitutableText.Of(address, fields.AddressFlags));
    }

    private static bool FlagsMismatch(SubstitutableText text) => text.Flags is not null && text.Unit == SubstitutionUnit.Unknown;

    private static bool IsText(string text) => text.Length is > 0 and <= MaxTextLength && !text.AsSpan().ContainsAnyInRange('\0', '\x1f') && !text.AsSpan().ContainsAnyInRange('\x7f', '\x9f');

    private static bool IsFlags(string? flags) => flags is null || (flags.Length <= MaxTextLength && !flags.AsSpan().ContainsAnyExceptInRange('0', '9'));

    private static MedIdError Malformed(string section, string which) => new(JpkiErrorCodes.AttributeMalformed, ErrorCategory.Malformed, section, which);
}
