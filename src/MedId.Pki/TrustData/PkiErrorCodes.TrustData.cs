namespace MedId.Pki;

/// <content>Trust data.</content>
public static partial class PkiErrorCodes
{
    /// <summary>A bundle of trust data is not of the form that is read.</summary>
    public const string TrustDataMalformed = "trust.malformed";

    /// <summary>A bundle of trust data is not signed by a configured key, with an allowed algorithm, as trust data.</summary>
    public const string TrustDataSignature = "trust.signature";

    /// <summary>A bundle of trust data is from the future.</summary>
    public const string TrustDataNotYetValid = "trust.not_yet_valid";

    /// <summary>A bundle of trust data would go back behind the one in use.</summary>
    public const string TrustDataRollback = "trust.rollback";

    /// <summary>No row of the trust data has the fingerprint of this root for this purpose.</summary>
    public const string TrustAnchorUnknown = "trust.anchor_unknown";

    /// <summary>The root's row is not verified.</summary>
    public const string TrustAnchorNotVerified = "trust.anchor_not_verified";

    /// <summary>The root's row is withdrawn.</summary>
    public const string TrustAnchorWithdrawn = "trust.anchor_withdrawn";

    /// <summary>The reference time is outside the time of the root's row or of the root.</summary>
    public const string TrustAnchorNotInTime = "trust.anchor_not_in_time";
}
