namespace MedId.Cryptography;

/// <summary>Labels and values of COSE_Key (IANA COSE registries; RFC 9053 §7, RFC 8230 §4, RFC 9964 §3).</summary>
internal static class CoseKeyLabels
{
    public const long KeyType = 1;
    public const long Algorithm = 3;
    public const long Operations = 4;

    /// <summary>crv of EC2 and OKP, n of RSA, pub of AKP.</summary>
    public const long First = -1;

    /// <summary>x of EC2 and OKP, e of RSA.</summary>
    public const long Second = -2;

    /// <summary>y of EC2.</summary>
    public const long Third = -3;

    public const long Okp = 1;
    public const long Ec2 = 2;
    public const long Rsa = 3;
    public const long Akp = 7;

    public const long Verify = 2;

    public static long? CurveOf(KeyKind kind) => kind switch
    {
        KeyKind.P256 => 1,
        KeyKind.P384 => 2,
        KeyKind.P521 => 3,
        KeyKind.Ed25519 => 6,
        KeyKind.Ed448 => 7,
        KeyKind.Secp256k1 => 8,
        _ => null,
    };

    public static KeyKind? KindOf(long curve) => curve switch
    {
        1 => KeyKind.P256,
        2 => KeyKind.P384,
        3 => KeyKind.P521,
        6 => KeyKind.Ed25519,
        7 => KeyKind.Ed448,
        8 => KeyKind.Secp256k1,
        _ => null,
    };

    public static long TypeOf(KeyKind kind) => kind switch
    {
        KeyKind.Rsa => Rsa,
        KeyKind.Ed25519 or KeyKind.Ed448 => Okp,
        KeyKind.MlDsa44 or KeyKind.MlDsa65 or KeyKind.MlDsa87 => Akp,
        _ => Ec2,
    };
}
