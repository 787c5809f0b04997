using System.Text;
using MedId.Core;
using MedId.Cryptography;

namespace MedId.OAuth.Server;

/// <summary>Encrypts what is signed to clients that registered for it: signed first, then encrypted (RFC 7519 §11.2).</summary>
internal static class ResponseEncrypter
{
    /// <summary>Encrypts; a client without a fitting key gets nothing rather than something that others can read.</summary>
    public static async ValueTask<MedIdResult<string>> EncryptAsync(
        string jwt, ResponseEncryption how, ClientRegistration client, IClientKeySource? keys, CancellationToken cancellationToken)
    {
        if (!EncryptionNames.TryParse(how.Algorithm, out KeyManagementAlgorithm algorithm))
        {
            return new MedIdError(OAuthServerErrorCodes.EncryptionUnsupported, ErrorCategory.Unsupported, how.Section, how.Member + "_alg");
        }

        var encryption = EncryptionNames.DefaultContentEncryption;
        if (how.Encryption is { } name && !EncryptionNames.TryParse(name, out encryption))
        {
            return new MedIdError(OAuthServerErrorCodes.EncryptionUnsupported, ErrorCategory.Unsupported, how.Section, how.Member + "_enc");
        }

        if (keys is null)
        {
            throw new InvalidOperationException($"The client {client.ClientId} registered {how.Member}_alg: give an {nameof(IClientKeySource)}.");
        }

        // The code says that the key is not there, so a source that fetches looks again before this is an answer.
        var encrypted = await keys.VerifyAsync<string>(
            client,
            set => set.EncryptionKeys.FirstOrDefault(key => key.Supports(algorithm)) is { } key
                ? JweEncrypter.Encrypt(Encoding.ASCII.GetBytes(jwt), key, algorithm, encryption)
                : new MedIdError(CryptographyErrorCodes.JoseKeyNotFound, ErrorCategory.State, "OIDC Core §10.2"),
            cancellationToken).ConfigureAwait(false);
        return encrypted.Succeeded
            ? encrypted
            : new MedIdError(OAuthServerErrorCodes.EncryptionKeyMissing, ErrorCategory.State, "OIDC Core §10.2", $"publish a key with use enc that fits {how.Member}_alg");
    }
}
