namespace MedId.Pki;

/// <summary>Where to ask something about a certificate (RFC 5280 §4.2.2.1).</summary>
/// <param name="Method">What is there.</param>
/// <param name="Location">Where it is, usually a URI.</param>
public sealed record AccessDescription(string Method, GeneralName Location)
{
    /// <summary>id-ad-ocsp: an OCSP responder.</summary>
    public const string Ocsp = "1.3.6.1.5.5.7.48.1";

    /// <summary>id-ad-caIssuers: the issuer's certificates.</summary>
    public const string CaIssuers = "1.3.6.1.5.5.7.48.2";
}
