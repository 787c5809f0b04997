using System.Collections.Frozen;

namespace MedId.Fido.Metadata;

/// <summary>Names of version 3 and the numbers of version 2 that they stand for. FIDO registry of predefined values §3.</summary>
internal static class RegistryNames
{
    public static FrozenDictionary<string, uint> Algorithms { get; } = Table(
        ("secp256r1_ecdsa_sha256_raw", 0x01), ("secp256r1_ecdsa_sha256_der", 0x02), ("rsassa_pss_sha256_raw", 0x03), ("rsassa_pss_sha256_der", 0x04),
        ("secp256k1_ecdsa_sha256_raw", 0x05), ("secp256k1_ecdsa_sha256_der", 0x06), ("sm2_sm3_raw", 0x07), ("rsa_emsa_pkcs1_sha256_raw", 0x08),
        ("rsa_emsa_pkcs1_sha256_der", 0x09), ("rsassa_pss_sha384_raw", 0x0A), ("rsassa_pss_sha512_raw", 0x0B), ("rsassa_pkcsv15_sha256_raw", 0x0C),
        ("rsassa_pkcsv15_sha384_raw", 0x0D), ("rsassa_pkcsv15_sha512_raw", 0x0E), ("rsassa_pkcsv15_sha1_raw", 0x0F), ("secp384r1_ecdsa_sha384_raw", 0x10),
        ("secp521r1_ecdsa_sha512_raw", 0x11), ("ed25519_eddsa_sha512_raw", 0x12), ("ed448_eddsa_sha512_raw", 0x13));

    public static FrozenDictionary<string, uint> KeyFormats { get; } = Table(
        ("ecc_x962_raw", 0x100), ("ecc_x962_der", 0x101), ("rsa_2048_raw", 0x102), ("rsa_2048_der", 0x103), ("cose", 0x104));

    public static FrozenDictionary<string, uint> AttestationTypes { get; } = Table(
        ("basic_full", 0x3E07), ("basic_surrogate", 0x3E08), ("ecdaa", 0x3E09), ("attca", 0x3E0A), ("none", 0x3E0B), ("anonca", 0x3E0C));

    public static FrozenDictionary<string, uint> UserVerification { get; } = Table(
        ("presence_internal", 0x1), ("fingerprint_internal", 0x2), ("passcode_internal", 0x4), ("voiceprint_internal", 0x8), ("faceprint_internal", 0x10),
        ("location_internal", 0x20), ("eyeprint_internal", 0x40), ("pattern_internal", 0x80), ("handprint_internal", 0x100), ("none", 0x200), ("all", 0x400),
        ("passcode_external", 0x800), ("pattern_external", 0x1000));

    public static FrozenDictionary<string, uint> KeyProtections { get; } = Table(
        ("software", 0x1), ("hardware", 0x2), ("tee", 0x4), ("secure_element", 0x8), ("remote_handle", 0x10));

    public static FrozenDictionary<string, uint> MatcherProtections { get; } = Table(("software", 0x1), ("tee", 0x2), ("on_chip", 0x4));

    public static FrozenDictionary<string, uint> AttachmentHints { get; } = Table(
        ("internal", 0x1), ("external", 0x2), ("wired", 0x4), ("wireless", 0x8), ("nfc", 0x10), ("bluetooth", 0x20), ("network", 0x40),
        ("ready", 0x80), ("wifi_direct", 0x100));

    public static FrozenDictionary<string, uint> TransactionDisplays { get; } = Table(
        ("any", 0x1), ("privileged_software", 0x2), ("tee", 0x4), ("hardware", 0x8), ("remote", 0x10));

    private static FrozenDictionary<string, uint> Table(params (string Name, uint Number)[] rows) =>
        rows.ToFrozenDictionary(row => row.Name, row => row.Number, StringComparer.Ordinal);
}
