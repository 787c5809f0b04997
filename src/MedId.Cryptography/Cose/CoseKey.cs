using MedId.Core;

namespace MedId.Cryptography;

/// <summary>Public keys of WebAuthn credentials: COSE_Key (RFC 9052 §7) in the profile of WebAuthn L3 §5.8.5 and §6.5.1.1.</summary>
public static class CoseKey
{
    /// <summary>Reads the COSE_Key at the start of the bytes.</summary>
    /// <param name="cbor">The bytes, in the CTAP2 canonical form; what follows the key is not looked at.</param>
    /// <param name="consumed">How many bytes the key takes; 0 when it is refused.</param>
    /// <returns>
    /// The key: EC2 on P-256, P-384, P-521 or secp256k1 with coordinates of full length, OKP with Ed25519 or Ed448, RSA of 2048 to 8192 bits, AKP with ML-DSA. Its
    /// algorithm is named, fits the key and its curve, and is not SHA-1. No parameter stands in it beside <c>kty</c>, <c>alg</c>, the key's numbers and a
    /// <c>key_ops</c> that allows to verify.
    /// </returns>
    public static MedIdResult<CosePublicKey> Read(ReadOnlySpan<byte> cbor, out int consumed) => ReadFirst(cbor, out consumed, PublicKey.MinimumRsaBits);

    /// <summary>Writes a key in the CTAP2 canonical form; what <see cref="Read"/> reads.</summary>
    /// <param name="key">The key.</param>
    /// <param name="coseAlgorithm">The number to name as its algorithm.</param>
    /// <exception cref="ArgumentException">The algorithm is not one of WebAuthn for this key.</exception>
    public static byte[] Write(PublicKey key, long coseAlgorithm)
    {
        ArgumentNullException.ThrowIfNull(key);
        return SignatureAlgorithm.TryFromWebAuthn(coseAlgorithm, out var algorithm) && key.Supports(algorithm)
            ? CoseKeyWriter.Write(key, coseAlgorithm)
            : throw new ArgumentException("Not an algorithm of WebAuthn for this key.", nameof(coseAlgorithm));
    }

    internal static MedIdResult<PublicKey> ReadWhole(ReadOnlySpan<byte> cbor, int minimumRsaBits)
    {
        var read = ReadFirst(cbor, out var consumed, minimumRsaBits);
        return !read.Succeeded ? read.Error
            : consumed < cbor.Length ? new MedIdError(CryptographyErrorCodes.CborTrailingBytes, ErrorCategory.Malformed, "RFC 8949 §3", "bytes follow the key")
            : read.Value.Key;
    }

    private static MedIdResult<CosePublicKey> ReadFirst(ReadOnlySpan<byte> cbor, out int consumed, int minimumRsaBits)
    {
        if (!CborReader.TryOpen(cbor, CborRules.Ctap2Canonical, out var reader, out consumed, out var error))
        {
            return error;
        }

        var length = consumed;
        consumed = 0;
        if (CoseKeyParameters.Read(ref reader, out var parameters) is { } malformed)
        {
            return malformed;
        }

        if (!SignatureAlgorithm.TryFromWebAuthn(parameters.Algorithm, out var algorithm) || algorithm.IsWeak)
        {
            return new MedIdError(CryptographyErrorCodes.KeyUnsupported, ErrorCategory.Unsupported, "WebAuthn L3 §5.8.5", "alg is no algorithm for credentials known here");
        }

        var key = parameters.ToKey(algorithm, minimumRsaBits);
        if (!key.Succeeded)
        {
            return key.Error;
        }

        consumed = length;
        return new CosePublicKey(key.Value, parameters.Algorithm, algorithm);
    }
}
