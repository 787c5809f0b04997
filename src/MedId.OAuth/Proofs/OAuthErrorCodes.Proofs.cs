namespace MedId.OAuth;

/// <content>Proofs of possession and what they are demanded by.</content>
public static partial class OAuthErrorCodes
{
    /// <summary>A certificate in a header of somebody who is no trusted proxy.</summary>
    public const string ForwardedCertificateUntrusted = "oauth.forwarded_certificate_untrusted";

    /// <summary>A proxy's header that holds no certificate, or more than one.</summary>
    public const string ForwardedCertificateMalformed = "oauth.forwarded_certificate_malformed";

    /// <summary>Not exactly one DPoP header with one well-formed JWT (RFC 9449 §4.3 steps 1 and 2).</summary>
    public const string DpopMalformed = "oauth.dpop_malformed";

    /// <summary>A claim of the proof is missing or of another type (RFC 9449 §4.3 step 3).</summary>
    public const string DpopClaimMissing = "oauth.dpop_claim_missing";

    /// <summary>The proof's <c>typ</c> is not <c>dpop+jwt</c> (RFC 9449 §4.3 step 4).</summary>
    public const string DpopTypeWrong = "oauth.dpop_type_wrong";

    /// <summary>The proof's algorithm is not asymmetric, or not allowed (RFC 9449 §4.3 step 5).</summary>
    public const string DpopAlgorithmNotAllowed = "oauth.dpop_algorithm_not_allowed";

    /// <summary>The proof's <c>jwk</c> is missing, no public key of the algorithm, or holds a private one (RFC 9449 §4.3 steps 6 and 7).</summary>
    public const string DpopKeyUnusable = "oauth.dpop_key_unusable";

    /// <summary>The proof was not signed by its own key (RFC 9449 §4.3 step 6).</summary>
    public const string DpopSignatureInvalid = "oauth.dpop_signature_invalid";

    /// <summary>The proof is for another HTTP method (RFC 9449 §4.3 step 8).</summary>
    public const string DpopMethodMismatch = "oauth.dpop_method_mismatch";

    /// <summary>The proof is for another URI (RFC 9449 §4.3 step 9).</summary>
    public const string DpopUriMismatch = "oauth.dpop_uri_mismatch";

    /// <summary>The proof has no nonce of this server, or an old one (RFC 9449 §4.3 step 10, §8, §9).</summary>
    public const string DpopNonceNeeded = "oauth.dpop_nonce_needed";

    /// <summary>The proof is older than accepted, or from the future (RFC 9449 §4.3 step 11).</summary>
    public const string DpopNotInTime = "oauth.dpop_not_in_time";

    /// <summary>The proof is for another access token (RFC 9449 §4.3 step 12 a).</summary>
    public const string DpopTokenMismatch = "oauth.dpop_token_mismatch";

    /// <summary>The proof is of another key than the access token's (RFC 9449 §4.3 step 12 b).</summary>
    public const string DpopKeyMismatch = "oauth.dpop_key_mismatch";

    /// <summary>A proof was sent and the token that came is not bound to its key (RFC 9449 §5).</summary>
    public const string TokenNotBound = "oauth.token_not_bound";

    /// <summary><c>invalid_dpop_proof</c> on the wire.</summary>
    public const string InvalidDpopProof = "oauth.invalid_dpop_proof";

    /// <summary><c>use_dpop_nonce</c> on the wire.</summary>
    public const string UseDpopNonce = "oauth.use_dpop_nonce";
}
