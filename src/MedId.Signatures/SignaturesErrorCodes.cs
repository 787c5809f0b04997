namespace MedId.Signatures;

/// <summary>The codes that this package refuses untrusted input with. What is wrong with a path keeps its code of <c>MedId.Pki</c>.</summary>
public static partial class SignaturesErrorCodes
{
    /// <summary>The signature carries less than the policy asks for, e.g. no valid time-stamp.</summary>
    public const string LevelTooLow = "signature.level_too_low";

    /// <summary>More signers than the policy allows.</summary>
    public const string TooManySigners = "signature.too_many_signers";

    /// <summary>The algorithm is unknown, or not allowed at the time the signature is judged for.</summary>
    public const string AlgorithmNotAllowed = "signature.algorithm_not_allowed";

    /// <summary>The times in one document contradict each other: a claimed or content time-stamp's time after the time that a signature time-stamp proves.</summary>
    public const string TimeOrder = "signature.time_order";

    /// <summary>What is signed does not name the signer's certificate, or by SHA-1 only.</summary>
    public const string SigningCertificateNotNamed = "signature.certificate_not_named";
}
