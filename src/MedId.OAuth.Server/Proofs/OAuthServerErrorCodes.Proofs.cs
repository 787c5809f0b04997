namespace MedId.OAuth.Server;

/// <content>What binds tokens to keys. Defects of a DPoP proof keep their <c>oauth.dpop_*</c> code.</content>
public static partial class OAuthServerErrorCodes
{
    /// <summary>The client's tokens have to be bound and the request has no DPoP proof.</summary>
    public const string DpopProofMissing = "oauth_server.dpop_proof_missing";

    /// <summary>The DPoP proof was used before.</summary>
    public const string DpopProofReplayed = "oauth_server.dpop_proof_replayed";

    /// <summary>The client's tokens are bound to its certificate and the connection showed none.</summary>
    public const string CertificateMissing = "oauth_server.certificate_missing";

    /// <summary>The client's tokens are bound to its certificate and the request has a DPoP proof besides.</summary>
    public const string BindingAmbiguous = "oauth_server.binding_ambiguous";

    /// <summary>The access token is bound to a key that this request did not prove, or came in another scheme than its own.</summary>
    public const string AccessTokenBinding = "oauth_server.access_token_binding";
}
