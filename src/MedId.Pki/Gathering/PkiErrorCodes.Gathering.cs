namespace MedId.Pki;

/// <content>Gathering of evidence (RFC 5280 §4.2.1.13, §4.2.2.1; RFC 6960 Appendix A; RFC 5019 §5).</content>
public static partial class PkiErrorCodes
{
    /// <summary>The certificate names no source that can be asked: no http address, or none at all.</summary>
    public const string GatherNoSource = "gather.no_source";

    /// <summary>The address must not be asked from here: scheme, loopback or private network without the option that allows it.</summary>
    public const string GatherAddressRefused = "gather.address_refused";

    /// <summary>The server could not be reached, or the connection broke.</summary>
    public const string GatherUnreachable = "gather.unreachable";

    /// <summary>The server did not answer in time, or the whole gathering ran out of time.</summary>
    public const string GatherTimeout = "gather.timeout";

    /// <summary>The server answered with another HTTP status than 200.</summary>
    public const string GatherHttpStatus = "gather.http_status";

    /// <summary>The server answered with a redirect, which is never followed.</summary>
    public const string GatherRedirect = "gather.redirect";

    /// <summary>The answer has a media type that this kind of evidence does not come in.</summary>
    public const string GatherMediaType = "gather.media_type";

    /// <summary>The answer has no bytes.</summary>
    public const string GatherEmpty = "gather.empty";

    /// <summary>The answer is longer than allowed.</summary>
    public const string GatherTooLarge = "gather.too_large";

    /// <summary>The answer is not a certificate of the issuer that was looked for.</summary>
    public const string GatherIssuerCertificate = "gather.issuer_certificate";

    /// <summary>The gathering needs more queries than allowed.</summary>
    public const string GatherTooManyQueries = "gather.too_many_queries";
}
