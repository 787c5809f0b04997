using System.Security.Cryptography;
using MedId.Cryptography;

namespace MedId.Fido.Uaf;

/// <summary>The hash that an authenticator of an algorithm puts over final challenge parameters and transactions.</summary>
/// <remarks>The registry names it beside the signature algorithm; for Ed448, whose name there says SHA-512, it is not the hash inside.</remarks>
internal static class UafHash
{
    public static int HashData(SignatureAlgorithm algorithm, ReadOnlySpan<byte> data, Span<byte> hash) =>
        CryptographicOperations.HashData(algorithm.KeyKind == KeyKind.Ed448 ? HashAlgorithmName.SHA512 : algorithm.Hash, data, hash);
}
