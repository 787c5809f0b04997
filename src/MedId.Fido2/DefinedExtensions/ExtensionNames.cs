namespace MedId.Fido2;

/// <summary>Identifiers of extensions (WebAuthn L3 §10, CTAP 2.2 §12), as they name outputs.</summary>
public static class ExtensionNames
{
    /// <summary>WebAuthn L3 §10.1.1; output at authentication.</summary>
    public const string AppId = "appid";

    /// <summary>WebAuthn L3 §10.1.2; output at registration.</summary>
    public const string AppIdExclude = "appidExclude";

    /// <summary>WebAuthn L3 §10.1.3; output at registration.</summary>
    public const string CredProps = "credProps";

    /// <summary>WebAuthn L3 §10.1.4.</summary>
    public const string Prf = "prf";

    /// <summary>WebAuthn L3 §10.1.5.</summary>
    public const string LargeBlob = "largeBlob";

    /// <summary>CTAP 2.2 §12.1; the authenticator's output of <c>credentialProtectionPolicy</c>.</summary>
    public const string CredProtect = "credProtect";

    /// <summary>CTAP 2.2 §12.2; the authenticator's output.</summary>
    public const string CredBlob = "credBlob";

    /// <summary>CTAP 2.2 §12.4; the authenticator's output.</summary>
    public const string MinPinLength = "minPinLength";

    /// <summary>CTAP 2.2 §12.5; the authenticator's output of <c>hmacCreateSecret</c> and of <c>prf</c>.</summary>
    public const string HmacSecret = "hmac-secret";
}
