namespace MedId.Consent;

/// <content>Artefacts.</content>
public static partial class ConsentErrorCodes
{
    /// <summary>More bytes than the reader accepts.</summary>
    public const string TooLarge = "consent.too_large";

    /// <summary>More clauses, list entries, characters or nesting than the reader accepts.</summary>
    public const string Limit = "consent.limit";

    /// <summary>Not one well-formed document of its syntax.</summary>
    public const string Malformed = "consent.malformed";

    /// <summary>None of the formats that are read.</summary>
    public const string FormatUnknown = "consent.format_unknown";

    /// <summary>Another document of the same family: a notification, a log, a request to revoke.</summary>
    public const string NotAnArtefact = "consent.not_an_artefact";

    /// <summary>A member that the format asks for is not there.</summary>
    public const string MemberMissing = "consent.member_missing";

    /// <summary>A member has a form or value that the format does not allow.</summary>
    public const string MemberInvalid = "consent.member_invalid";

    /// <summary>A member that changes the meaning of the others, and that is not understood here.</summary>
    public const string MemberNotSupported = "consent.member_not_supported";

    /// <summary>The format cannot say it without allowing more than was agreed.</summary>
    public const string NotExpressible = "consent.not_expressible";
}
