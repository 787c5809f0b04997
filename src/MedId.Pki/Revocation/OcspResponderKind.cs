namespace MedId.Pki;

/// <summary>By what right a responder signed (RFC 6960 §4.2.2.2).</summary>
public enum OcspResponderKind
{
    /// <summary>The issuer of the certificate itself.</summary>
    Issuer = 0,

    /// <summary>Somebody to whom the issuer delegated it by a certificate with id-kp-OCSPSigning.</summary>
    Delegated = 1,

    /// <summary>Somebody who is trusted by local configuration.</summary>
    Trusted = 2,
}
