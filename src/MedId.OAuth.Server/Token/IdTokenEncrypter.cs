using System.Text;
using MedId.Core;
using MedId.Cryptography;

namespace MedId.OAuth.Server;

/// <summary>Encrypts ID tokens to clients that registered for it (OIDC Core §2, Registration §2): signed first, then encrypted (RFC 7519 §11.2).</summary>
internal static class IdTokenEncrypter
{
    /// <summary>Whether a client registered for it.</summary>
    public static bool IsAskedFor(ClientMetadata metadata) => metadata.IdTokenEncryptedResponseAlg is not null;

    /// <summary>Encrypts; a client without a fitting key gets nothing rather than something everybody can read.</summary>
    public static async ValueTask<MedIdResult<string>> EncryptAsync(string idToken, ClientRegistration client, IClientKeySource? keys, CancellationToken cancellationToken)
    {
        var metadata = client.Metadata;
        if (!EncryptionNames.TryParse(metadata.IdTokenEncryptedResponseAlg, out KeyManagementAlgorithm algorithm))
        {
            return new MedIdError(OAuthServerErrorCodes.EncryptionUnsupported, ErrorCategory.Unsupported, "OIDC Registration §2", "id_token_encrypted_response_alg");
        }

        var encryption = EncryptionNames.DefaultContentEncryption;
        if (metadata.IdTokenEncryptedResponseEnc is { } name && !EncryptionNames.TryParse(name, out encryption))
        {
            return new MedIdError(OAuthServerErrorCodes.EncryptionUnsupported, ErrorCategory.Unsupported, "OIDC Registration §2", "id_token_encrypted_response_enc");
        }

        if (keys is null)
        {
            throw new InvalidOperationException($"The client {client.ClientId} registered encrypted ID tokens: give {nameof(TokenMinter)} an {nameof(IClientKeySource)}.");
        }

        // The code says that the key is not there, so a source that fetches looks again before this is an answer.
        var encrypted = await keys.VerifyAsync<string>(
            client,
            set => set.EncryptionKeys.FirstOrDefault(key => key.Supports(algorithm)) is { } key
                ? JweEncrypter.Encrypt(Encoding.ASCII.GetBytes(idToken), key, algorithm, encryption)
                : new MedIdError(CryptographyErrorCodes.JoseKeyNotFound, ErrorCategory.State, "OIDC Core §10.2"),
            cancellationToken).ConfigureAwait(false);
        return encrypted.Succeeded
            ? encrypted
            : new MedIdError(OAuthServerErrorCodes.EncryptionKeyMissing, ErrorCategory.State, "OIDC Core §10.2", "publish a key with use enc that fits id_token_encrypted_response_alg");
    }
}
