namespace MedId.OAuth;

/// <summary>The key that a token is bound to (<c>cnf</c>, RFC 7800 §3.1): exactly one of the two.</summary>
public sealed record TokenConfirmation
{
    /// <summary><c>x5t#S256</c>: the thumbprint of the client's certificate (RFC 8705 §3.1); null when the token is bound to a DPoP key.</summary>
    public string? CertificateThumbprint { get; init; }

    /// <summary><c>jkt</c>: the thumbprint of the client's DPoP key (RFC 9449 §6.1); null when the token is bound to a certificate.</summary>
    public string? KeyThumbprint { get; init; }
}
