using System.Text;
using MedId.Core;
using MedId.Cryptography;

namespace MedId.OAuth.Server;

/// <summary>
/// A secret for <c>client_secret_jwt</c>. Who verifies an HMAC needs the secret itself, so it cannot be kept as a digest: the operator gives it, as other keys are given, or it
/// is stored as what <see cref="Protect"/> makes (ADR 0041). In the clear it is in memory only, and never shown.
/// </summary>
public sealed class ClientHmacSecret
{
    private readonly byte[] _key;

    /// <summary>Takes a secret.</summary>
    /// <param name="secret">The secret, <see cref="ClientSecret.MinLength"/> to <see cref="ClientSecret.MaxLength"/> random characters; its bytes in UTF-8 are the key (OIDC Core §10.1).</param>
    /// <exception cref="ArgumentException">Shorter or longer.</exception>
    public ClientHmacSecret(string secret)
    {
        ArgumentNullException.ThrowIfNull(secret);
        if (secret.Length is < ClientSecret.MinLength or > ClientSecret.MaxLength)
        {
            throw new ArgumentException($"A client secret has {ClientSecret.MinLength} to {ClientSecret.MaxLength} random characters.", nameof(secret));
        }

        _key = Encoding.UTF8.GetBytes(secret);
    }

    internal ReadOnlyMemory<byte> Key => _key;

    /// <summary>Whether it is long enough for an algorithm (RFC 7518 §3.2).</summary>
    /// <param name="algorithm">The algorithm.</param>
    public bool Supports(HmacAlgorithm algorithm)
    {
        ArgumentNullException.ThrowIfNull(algorithm);
        return algorithm.Supports(_key);
    }

    /// <summary>The secret as a store keeps it: encrypted, bound to the cipher's tenant and to the client.</summary>
    /// <param name="cipher">The tenant's cipher.</param>
    /// <param name="clientId">The client.</param>
    /// <returns>Base64url.</returns>
    public string Protect(FieldCipher cipher, string clientId)
    {
        ArgumentNullException.ThrowIfNull(cipher);
        return StrictBase64Url.Encode(cipher.Protect(Purpose(clientId), _key));
    }

    /// <summary>Takes back what <see cref="Protect"/> made.</summary>
    /// <param name="cipher">The tenant's cipher.</param>
    /// <param name="clientId">The client.</param>
    /// <param name="stored">What the store kept.</param>
    /// <returns>The secret; refused with a <c>field.*</c> code when it was made for another tenant or client, or by a key that is gone.</returns>
    public static MedIdResult<ClientHmacSecret> Unprotect(FieldCipher cipher, string clientId, string stored)
    {
        ArgumentNullException.ThrowIfNull(cipher);
        ArgumentNullException.ThrowIfNull(stored);
        return StrictBase64Url.TryDecode(stored, out var envelope)
            ? cipher.UnprotectText(Purpose(clientId), envelope).Then<ClientHmacSecret>(secret => new ClientHmacSecret(secret))
            : new MedIdError(CryptographyErrorCodes.FieldMalformed, ErrorCategory.Malformed, "MedId field envelope 1");
    }

    /// <summary>Nothing of the secret.</summary>
    public override string ToString() => nameof(ClientHmacSecret);

    private static string Purpose(string clientId)
    {
        ArgumentException.ThrowIfNullOrEmpty(clientId);
        return "client_secret_jwt/" + clientId;
    }
}
