using MedId.Cryptography;

namespace MedId.Provider;

/// <summary>Which algorithms this OP may have keys of: those that keys in this process sign tokens with.</summary>
internal static class SigningAlgorithms
{
    public static bool IsUsable(SignatureAlgorithm algorithm) =>
        algorithm is { JoseName: not null, IsWeak: false, KeyKind: KeyKind.Rsa or KeyKind.P256 or KeyKind.P384 or KeyKind.P521 };
}
