namespace MedId.Pki;

/// <content>OCSP (RFC 6960, RFC 5019, RFC 9654).</content>
public static partial class PkiErrorCodes
{
    /// <summary>The bytes are not one OCSP response in DER.</summary>
    public const string OcspMalformed = "ocsp.malformed";

    /// <summary>The responder answered with an error status: malformedRequest, internalError, tryLater, sigRequired, unauthorized.</summary>
    public const string OcspResponseStatus = "ocsp.response_status";

    /// <summary>The response is not of type id-pkix-ocsp-basic.</summary>
    public const string OcspType = "ocsp.type";

    /// <summary>No single response is about the certificate.</summary>
    public const string OcspNoMatch = "ocsp.no_match";

    /// <summary>The signer of the response is neither the issuer, nor delegated by it, nor trusted locally.</summary>
    public const string OcspResponderNotAuthorised = "ocsp.responder_not_authorised";

    /// <summary>The response's signature is not the responder's.</summary>
    public const string OcspSignature = "ocsp.signature";

    /// <summary>The response, or the single response, has a critical extension that is not understood.</summary>
    public const string OcspCriticalExtension = "ocsp.critical_extension";

    /// <summary>thisUpdate is after the reference time.</summary>
    public const string OcspNotYetValid = "ocsp.not_yet_valid";

    /// <summary>nextUpdate is before the reference time, or the response is older than policy allows.</summary>
    public const string OcspStale = "ocsp.stale";

    /// <summary>producedAt is after the reference time, before thisUpdate, or outside the time in which the responder speaks for the certificate.</summary>
    public const string OcspProducedAt = "ocsp.produced_at";

    /// <summary>The response's nonce is not the request's, or a nonce is required and missing.</summary>
    public const string OcspNonce = "ocsp.nonce";

    /// <summary>The response is signed with an algorithm or key that policy does not allow.</summary>
    public const string OcspAlgorithm = "ocsp.algorithm";
}
