namespace MedId.Jpki.Certificates;

/// <summary>What a revocation asks of whoever has an account for the person.</summary>
public enum JpkiAction
{
    /// <summary>Nothing: the certificate is not revoked.</summary>
    None = 0,

    /// <summary>Ask the person for the new certificate and take the attributes anew; the account stays. Moved, renamed, or renewed.</summary>
    CollectAttributesAgain = 1,

    /// <summary>Ask for another certificate; the account stays. The person no longer uses this one.</summary>
    AskForAnotherCertificate = 2,

    /// <summary>Let nobody in by this certificate until the person has come with another one; JPKI does not take a hold back.</summary>
    SuspendAccount = 3,

    /// <summary>Lock the account: somebody else may have the key, or the certificate was never handed out.</summary>
    LockAccount = 4,

    /// <summary>It cannot be said whether it is revoked: ask again with better evidence.</summary>
    AskAgain = 5,
}
