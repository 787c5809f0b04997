namespace MedId.Cryptography;

/// <summary>What a signature is for; an <see cref="AlgorithmPolicy"/> decides per use.</summary>
public enum SignatureUse
{
    /// <summary>A client authenticating by <c>private_key_jwt</c> (RFC 7523 §2.2).</summary>
    ClientAssertion,

    /// <summary>A signed authentication request (CIBA Core §7.1.1) or request object (RFC 9101).</summary>
    SignedRequest,

    /// <summary>An ID token, also as <c>id_token_hint</c>.</summary>
    IdToken,

    /// <summary>A JWT access token (RFC 9068).</summary>
    AccessToken,

    /// <summary>A signed introspection response (RFC 9701).</summary>
    Introspection,

    /// <summary>A proof of possession such as DPoP (RFC 9449).</summary>
    ProofOfPossession,

    /// <summary>Signed evidence of who the practitioner is that asks.</summary>
    PractitionerEvidence,

    /// <summary>A consent record or receipt.</summary>
    ConsentRecord,

    /// <summary>The signature of an enrolled UAF key.</summary>
    UafAssertion,

    /// <summary>The attestation of a UAF registration.</summary>
    UafAttestation,
}
