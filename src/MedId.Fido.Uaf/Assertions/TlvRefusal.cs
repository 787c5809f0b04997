using System.Globalization;
using MedId.Core;

namespace MedId.Fido.Uaf;

/// <summary>Refusals of TLV, worded with tag numbers only.</summary>
internal static class TlvRefusal
{
    public static MedIdError Malformed(string section, string detail) => new(UafErrorCodes.AssertionMalformed, ErrorCategory.Malformed, section, detail);

    public static MedIdError CutOff { get; } = Malformed(UafSections.Tlv, "an element is cut off, or its length overruns");

    public static MedIdError Duplicate(ushort tag) => new(UafErrorCodes.TagDuplicate, ErrorCategory.Malformed, UafSections.Tlv, Name(tag));

    public static MedIdError Missing(ushort tag, string section) => new(UafErrorCodes.TagMissing, ErrorCategory.Malformed, section, Name(tag));

    public static MedIdError Length(ushort tag, string section) => new(UafErrorCodes.FieldLength, ErrorCategory.Malformed, section, Name(tag));

    public static MedIdError TrailingBytes { get; } = new(UafErrorCodes.TrailingBytes, ErrorCategory.Malformed, UafSections.Tlv);

    /// <summary>What becomes of a tag that is not expected at its level: null lets it be skipped.</summary>
    public static MedIdError? Unexpected(ushort tag) =>
        UafTag.IsKnown(tag) ? new(UafErrorCodes.TagUnexpected, ErrorCategory.Malformed, UafSections.Tlv, Name(tag))
        : (tag & UafTag.CriticalBit) != 0 ? new(UafErrorCodes.TagUnknownCritical, ErrorCategory.Malformed, UafSections.Tlv, Name(tag))
        : null;

    private static string Name(ushort tag) => string.Create(CultureInfo.InvariantCulture, $"tag 0x{tag:X4}");
}
