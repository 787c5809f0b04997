using System.Formats.Asn1;
using MedId.Core;

namespace MedId.Pki;

/// <summary>DER that is not of the profile. Never leaves the package: each Parse turns it into an error.</summary>
/// <remarks>The message is a constant or names an object identifier, never a value of the input.</remarks>
internal sealed class ProfileException(string why, string? section = null, Exception? inner = null) : AsnContentException(why, inner)
{
    public string? Section => section;

    /// <summary>The error for what a reader threw: our own words and section, or that it is not DER.</summary>
    public static MedIdError ToError(AsnContentException exception, string code, string section) => exception is ProfileException known
        ? new(code, ErrorCategory.Malformed, known.Section ?? section, known.Message)
        : new(code, ErrorCategory.Malformed, section, "Not this structure in DER.");
}
