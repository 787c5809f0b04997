namespace MedId.Signatures;

/// <content>Time-stamps.</content>
public static partial class SignaturesErrorCodes
{
    /// <summary>Not a time-stamp request, response or token of RFC 3161.</summary>
    public const string TspMalformed = "tsp.malformed";

    /// <summary>A token without a signer, or with several.</summary>
    public const string TspNotOneSigner = "tsp.not_one_signer";

    /// <summary>The authority did not grant the time-stamp.</summary>
    public const string TspNotGranted = "tsp.not_granted";

    /// <summary>The authority answered with something that is no time-stamp response: HTTP status, media type, size.</summary>
    public const string TspBadAnswer = "tsp.bad_answer";

    /// <summary>The time-stamp is over something else.</summary>
    public const string TspImprintMismatch = "tsp.imprint_mismatch";

    /// <summary>The imprint's hash is unknown, or not allowed.</summary>
    public const string TspImprintAlgorithm = "tsp.imprint_algorithm";

    /// <summary>The nonce is not the one that was sent.</summary>
    public const string TspNonceMismatch = "tsp.nonce_mismatch";

    /// <summary>The policy is not the one that was asked for.</summary>
    public const string TspPolicyMismatch = "tsp.policy_mismatch";

    /// <summary>A critical extension that is not understood.</summary>
    public const string TspCriticalExtension = "tsp.critical_extension";

    /// <summary>The certificate is not for time-stamping, or for other things too.</summary>
    public const string TspExtendedKeyUsage = "tsp.extended_key_usage";

    /// <summary>The name that the token gives its authority is not the certificate's.</summary>
    public const string TspAuthorityName = "tsp.authority_name";

    /// <summary>No trusted service has this policy, at this time, under this root.</summary>
    public const string TspServiceNotTrusted = "tsp.service_not_trusted";

    /// <summary>The time lies after the time of verification.</summary>
    public const string TspInFuture = "tsp.in_future";

    /// <summary>The accuracy is worse than asked for, or not stated.</summary>
    public const string TspAccuracy = "tsp.accuracy";

    /// <summary>The service's certificate was revoked later for a reason that takes its earlier time-stamps back.</summary>
    public const string TspRevokedForAll = "tsp.revoked_for_all";
}
