namespace MedId.Cryptography;

/// <summary>What <see cref="AlgorithmPolicy.Default"/> allows for each use, the preferred ones first.</summary>
internal static class AlgorithmDefaults
{
    /// <summary>FAPI 2.0 §5.4 and RFC 8725 §3.2. EdDSA is not among them, because discovery documents would offer it to peers that nobody has asked.</summary>
    private static readonly SignatureAlgorithm[] Jose =
    [
        SignatureAlgorithm.ES256, SignatureAlgorithm.PS256, SignatureAlgorithm.ES384, SignatureAlgorithm.ES512, SignatureAlgorithm.PS384, SignatureAlgorithm.PS512,
    ];

    /// <summary>
    /// Every row with a number in the FIDO registry; SHA-1 and SM2 have none. Which of them a model may use is said by its metadata, so RSASSA-PKCS1-v1_5 is no
    /// exception here: no attacker chooses it for a key that was registered with another algorithm.
    /// </summary>
    private static readonly SignatureAlgorithm[] Uaf = [.. SignatureAlgorithm.All.Where(a => !a.IsWeak && a.UafIdentifier is not null)];

    /// <summary>Every SHA-2 row of RSA, the NIST curves and EdDSA that X.509, CMS or XML can name; there, PKCS#1 v1.5 is what authorities sign with.</summary>
    private static readonly SignatureAlgorithm[] Certificates =
    [
        .. SignatureAlgorithm.All.Where(a => !a.IsWeak && (a.X509Oid is not null || a.XmlUri is not null)),
    ];

    /// <summary>What a WebAuthn credential or attestation may be signed with (WebAuthn L3 §5.8.5), all but SHA-1.</summary>
    private static readonly SignatureAlgorithm[] WebAuthn =
    [
        SignatureAlgorithm.EcdsaP256Der, SignatureAlgorithm.Ed25519, SignatureAlgorithm.EcdsaP384Der, SignatureAlgorithm.EcdsaP521Der, SignatureAlgorithm.Ed448,
        SignatureAlgorithm.EcdsaSecp256k1Der, SignatureAlgorithm.PS256, SignatureAlgorithm.PS384, SignatureAlgorithm.PS512,
        SignatureAlgorithm.RS256, SignatureAlgorithm.RS384, SignatureAlgorithm.RS512,
        SignatureAlgorithm.MlDsa44, SignatureAlgorithm.MlDsa65, SignatureAlgorithm.MlDsa87,
    ];

    /// <summary>A proof brings its own key and is made for one request, so nobody is offered a key that is not there: Ed25519 too (FAPI 2.0 §5.4).</summary>
    private static readonly SignatureAlgorithm[] Proofs = [.. Jose, SignatureAlgorithm.Ed25519];

    /// <summary>Data of our own making: JOSE's rows, the same in DER, and EdDSA.</summary>
    private static readonly SignatureAlgorithm[] TrustData =
    [
        .. Jose, SignatureAlgorithm.EcdsaP256Der, SignatureAlgorithm.EcdsaP384Der, SignatureAlgorithm.EcdsaP521Der, SignatureAlgorithm.Ed25519, SignatureAlgorithm.Ed448,
    ];

    public static SignatureAlgorithm[] Of(SignatureUse use) => use switch
    {
        SignatureUse.UafAssertion or SignatureUse.UafAttestation => Uaf,
        SignatureUse.TrustData => TrustData,
        SignatureUse.ProofOfPossession => Proofs,
        SignatureUse.WebAuthnAssertion or SignatureUse.WebAuthnAttestation => WebAuthn,
        _ when AllowsRsaPkcs1(use) => Certificates,
        _ => Jose,
    };

    /// <summary>The uses for which RSASSA-PKCS1-v1_5 with SHA-2 is no exception.</summary>
    public static bool AllowsRsaPkcs1(SignatureUse use) => use is SignatureUse.Certificate or SignatureUse.RevocationList or SignatureUse.OcspResponse
        or SignatureUse.Timestamp or SignatureUse.DocumentSignature or SignatureUse.JpkiSignIn or SignatureUse.PractitionerCardEvidence or SignatureUse.FidoMetadata
        or SignatureUse.WebAuthnAssertion or SignatureUse.WebAuthnAttestation or SignatureUse.UafAssertion or SignatureUse.UafAttestation;
}
