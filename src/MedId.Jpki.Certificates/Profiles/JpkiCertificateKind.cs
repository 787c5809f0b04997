namespace MedId.Jpki.Certificates;

/// <summary>What a JPKI certificate is for. One is never taken for the other.</summary>
public enum JpkiCertificateKind
{
    /// <summary>署名用: signatures that bind. Holds the basic four attributes.</summary>
    Sign,

    /// <summary>利用者証明用: proving at sign-in to be the same person. Holds no attributes.</summary>
    Authenticate,
}
