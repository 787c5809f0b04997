namespace MedId.Cryptography;

/// <summary>The codes that this package refuses untrusted input with.</summary>
public static class CryptographyErrorCodes
{
    /// <summary>Not base64url without padding, or with bits set that no encoder sets.</summary>
    public const string Base64UrlMalformed = "base64url.malformed";

    /// <summary>Not one well-formed JSON text in UTF-8, or deeper than allowed.</summary>
    public const string JsonMalformed = "json.malformed";

    /// <summary>An object names a member twice.</summary>
    public const string JsonDuplicateMember = "json.duplicate_member";

    /// <summary>More bytes than the reader was told to accept.</summary>
    public const string JsonTooLarge = "json.too_large";

    /// <summary>A number that the canonical form of this library does not cover.</summary>
    public const string JsonNumberNotCanonical = "json.number_not_canonical";

    /// <summary>A key that does not have the form its encoding asks for.</summary>
    public const string KeyMalformed = "key.malformed";

    /// <summary>A key type, curve or size that is not used here.</summary>
    public const string KeyUnsupported = "key.unsupported";

    /// <summary>The coordinates are no point of the curve, or are not written in the one canonical way.</summary>
    public const string KeyPointNotOnCurve = "key.point_not_on_curve";

    /// <summary>An EdDSA key for which anybody can make signatures.</summary>
    public const string KeySmallOrder = "key.small_order";

    /// <summary>Secret members in something that ought to be public.</summary>
    public const string KeyPrivateMember = "key.private_member";

    /// <summary>A key set that is not an object with an array of keys.</summary>
    public const string KeySetMalformed = "key.set_malformed";

    /// <summary>A key set with more keys than allowed.</summary>
    public const string KeySetTooLarge = "key.set_too_large";

    /// <summary>Two keys of one type in a set share their key id.</summary>
    public const string KeyDuplicateId = "key.duplicate_id";

    /// <summary>Not a compact JWS of three parts.</summary>
    public const string JoseMalformed = "jose.malformed";

    /// <summary>Longer than the reader was told to accept.</summary>
    public const string JoseTooLarge = "jose.too_large";

    /// <summary>An encrypted token (five parts).</summary>
    public const string JoseEncryptedNotSupported = "jose.encrypted_not_supported";

    /// <summary>The header asks for an extension to be understood.</summary>
    public const string JoseCriticalHeader = "jose.critical_header";

    /// <summary>The header's algorithm is unknown, or not allowed for this use.</summary>
    public const string JoseAlgorithmNotAllowed = "jose.algorithm_not_allowed";

    /// <summary>No key of the set fits the header's key id and algorithm.</summary>
    public const string JoseKeyNotFound = "jose.key_not_found";

    /// <summary>No fitting key made this signature.</summary>
    public const string JoseSignatureInvalid = "jose.signature_invalid";

    /// <summary>The header's <c>typ</c> is absent or another one.</summary>
    public const string JoseTypeNotAccepted = "jose.type_not_accepted";

    /// <summary>The payload is not a JSON object.</summary>
    public const string JosePayloadNotAnObject = "jose.payload_not_an_object";

    /// <summary>A registered claim has another JSON type or range than its definition says.</summary>
    public const string JoseClaimMalformed = "jose.claim_malformed";

    /// <summary>A claim that this use needs is not there.</summary>
    public const string JoseClaimMissing = "jose.claim_missing";

    /// <summary>Somebody else made the token.</summary>
    public const string JoseIssuerMismatch = "jose.issuer_mismatch";

    /// <summary>The token is about another subject than the one asked for.</summary>
    public const string JoseSubjectMismatch = "jose.subject_mismatch";

    /// <summary>The token was made for somebody else.</summary>
    public const string JoseAudienceMismatch = "jose.audience_mismatch";

    /// <summary>The token is no longer valid, or older than allowed.</summary>
    public const string JoseExpired = "jose.expired";

    /// <summary>The token is not valid yet.</summary>
    public const string JoseNotYetValid = "jose.not_yet_valid";

    /// <summary>The token says that it was made later than now.</summary>
    public const string JoseIssuedInFuture = "jose.issued_in_future";

    /// <summary>The token wants to be valid for longer than allowed.</summary>
    public const string JoseLifetimeTooLong = "jose.lifetime_too_long";

    /// <summary>A JWS came where only a JWE is taken.</summary>
    public const string JoseNotEncrypted = "jose.not_encrypted";

    /// <summary>A JWE that is not encrypted to the reader's key, or was changed.</summary>
    public const string JoseNotDecrypted = "jose.not_decrypted";

    /// <summary>A protected field that is not in the form this library writes.</summary>
    public const string FieldMalformed = "field.malformed";

    /// <summary>A protected field names a key that is not there.</summary>
    public const string FieldKeyUnknown = "field.key_unknown";

    /// <summary>A protected field was changed, or moved to another tenant or record.</summary>
    public const string FieldNotAuthentic = "field.not_authentic";

    /// <summary>Not one well-formed CBOR data item.</summary>
    public const string CborMalformed = "cbor.malformed";

    /// <summary>CBOR that is well-formed and not in the CTAP2 canonical form.</summary>
    public const string CborNotCanonical = "cbor.not_canonical";

    /// <summary>A CBOR map has a key twice.</summary>
    public const string CborDuplicateKey = "cbor.duplicate_key";

    /// <summary>CBOR nested deeper than the reader was told to accept.</summary>
    public const string CborTooDeep = "cbor.too_deep";

    /// <summary>A CBOR tag, which nothing read here has.</summary>
    public const string CborTagged = "cbor.tagged";

    /// <summary>A CBOR map with more entries than are read.</summary>
    public const string CborTooManyEntries = "cbor.too_many_entries";

    /// <summary>Bytes follow the one CBOR data item.</summary>
    public const string CborTrailingBytes = "cbor.trailing_bytes";

    /// <summary>The algorithm that a key names is not one for this key.</summary>
    public const string KeyAlgorithmMismatch = "key.algorithm_mismatch";

    /// <summary>A key with a parameter that it may not have.</summary>
    public const string KeyParameterUnexpected = "key.parameter_unexpected";

    /// <summary>The algorithm is in the table, and this platform cannot compute it.</summary>
    public const string AlgorithmUnsupportedHere = "crypto.algorithm_unsupported_here";
}
