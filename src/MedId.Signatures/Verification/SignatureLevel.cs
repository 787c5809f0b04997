namespace MedId.Signatures;

/// <summary>How much a signature carries, by the names of ETSI EN 319 122-1, EN 319 132-1 and EN 319 142-1. Only what was verified counts.</summary>
public enum SignatureLevel
{
    /// <summary>A signature that does not name its certificate in what it signs; accepted only by a named option.</summary>
    Plain = 0,

    /// <summary>B-B: the signed attributes name the signer's certificate.</summary>
    BaselineB = 1,

    /// <summary>B-T: a valid time-stamp of a trusted service proves when the signature was there.</summary>
    BaselineT = 2,

    /// <summary>B-LT: B-T, and the document itself holds the certificates and the revocation data that the decision used.</summary>
    BaselineLT = 3,
}
