namespace MedId.OAuth.Server;

/// <summary>How a client registered that something is encrypted to it.</summary>
/// <param name="Member">How the members of the registration begin: <c>id_token_encrypted_response</c> or <c>introspection_encrypted_response</c>.</param>
/// <param name="Algorithm">Its <c>_alg</c>.</param>
/// <param name="Encryption">Its <c>_enc</c>; null where it names none.</param>
/// <param name="Section">The section of the standard.</param>
internal sealed record ResponseEncryption(string Member, string Algorithm, string? Encryption, string Section)
{
    /// <summary>Of ID tokens (OIDC Registration §2); null: they are not encrypted.</summary>
    public static ResponseEncryption? OfIdTokens(ClientMetadata metadata) =>
        metadata.IdTokenEncryptedResponseAlg is { } algorithm ? new("id_token_encrypted_response", algorithm, metadata.IdTokenEncryptedResponseEnc, "OIDC Registration §2") : null;

    /// <summary>Of signed introspection answers (RFC 9701 §6); null: they are not encrypted.</summary>
    public static ResponseEncryption? OfIntrospection(ClientMetadata metadata) =>
        metadata.IntrospectionEncryptedResponseAlg is { } algorithm ? new("introspection_encrypted_response", algorithm, metadata.IntrospectionEncryptedResponseEnc, "RFC 9701 §6") : null;
}
