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

    /// <summary>The signature of a certificate authority over a certificate (RFC 5280 §4.1.1.3).</summary>
    Certificate,

    /// <summary>The signature over a certificate revocation list (RFC 5280 §5.1.1.3).</summary>
    RevocationList,

    /// <summary>The signature of an OCSP responder (RFC 6960 §4.2.1).</summary>
    OcspResponse,

    /// <summary>The signature of a time-stamping authority over a token (RFC 3161 §2.4.2).</summary>
    Timestamp,

    /// <summary>A person's or organisation's signature over a document: CMS, XML or PDF; also the digests that it names.</summary>
    DocumentSignature,

    /// <summary>A challenge answered with the authentication certificate of a JPKI or HPKI card.</summary>
    JpkiSignIn,

    /// <summary>The signature over a bundle of trust data.</summary>
    TrustData,

    /// <summary>The practitioner's own evidence: a JWS by the authentication key of an HPKI card. Cards of today sign with RSASSA-PKCS1-v1_5, so it is allowed here and for no other token.</summary>
    PractitionerCardEvidence,

    /// <summary>The signature over the FIDO metadata BLOB, which is RS256 (FIDO MDS 3.0 §3.1.7).</summary>
    FidoMetadata,

    /// <summary>The signature of a WebAuthn credential, and the algorithm of its key.</summary>
    WebAuthnAssertion,

    /// <summary>The attestation of a WebAuthn or U2F registration, without the certificates behind it, which are <see cref="Certificate"/>.</summary>
    WebAuthnAttestation,

    /// <summary>A statement by which trust is passed on: an assessor's about a service that was vetted, a service's about a person who is there.</summary>
    TrustStatement,
}
