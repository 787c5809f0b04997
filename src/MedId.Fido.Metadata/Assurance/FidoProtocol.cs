namespace MedId.Fido.Metadata;

/// <summary>The FIDO protocol in which an authenticator was used.</summary>
public enum FidoProtocol
{
    /// <summary>WebAuthn.</summary>
    Fido2,

    /// <summary>UAF.</summary>
    Uaf,

    /// <summary>U2F: presence only, whatever the token can do.</summary>
    U2f,
}
