namespace MedId.Pki;

/// <summary>What the evidence says about one certificate. Only <see cref="Good"/> is good.</summary>
public enum RevocationStatus
{
    /// <summary>Nobody asked, and there was no evidence.</summary>
    NotChecked = 0,

    /// <summary>There is no usable evidence, or the responder does not know the certificate.</summary>
    Unknown = 1,

    /// <summary>Revoked, for good or on hold.</summary>
    Revoked = 2,

    /// <summary>Authentic and current evidence covers every reason and does not name the certificate as revoked.</summary>
    Good = 3,
}
