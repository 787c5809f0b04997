namespace MedId.Pki;

/// <summary>How sure a row of trust data is. Only <see cref="Verified"/> and <see cref="Confirmed"/> rows grant anything.</summary>
public enum TrustDataStatus
{
    /// <summary>Somebody says so; no second source was read. Grants nothing.</summary>
    Unverified = 0,

    /// <summary>Checked against the source that the row names.</summary>
    Verified = 1,

    /// <summary>Not verified by whoever made the data; the operator of this installation answers for it (<see cref="TrustDataBundle.Confirm"/>).</summary>
    Confirmed = 2,

    /// <summary>Held once, holds no more. Grants nothing and cannot be confirmed.</summary>
    Withdrawn = 3,
}
