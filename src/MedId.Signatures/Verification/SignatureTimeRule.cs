namespace MedId.Signatures;

/// <summary>At which time a signer's certificate is judged.</summary>
public enum SignatureTimeRule
{
    /// <summary>
    /// At the best signature time: the earliest time that a valid time-stamp proves, else at the verification's own time (EN 319 102-1 §5.5). A certificate that expired or was revoked later does not
    /// take a signature back that was provably there before.
    /// </summary>
    BestSignatureTime = 0,

    /// <summary>At the verification's own time, whatever time-stamps say.</summary>
    VerificationTime = 1,
}
