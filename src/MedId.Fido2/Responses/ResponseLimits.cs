namespace MedId.Fido2;

/// <summary>Bounds of what is read from a client.</summary>
internal static class ResponseLimits
{
    /// <summary>The most bytes of one JSON text: an attestation with a long chain and post-quantum keys, or a large blob, and room to spare.</summary>
    public const int JsonBytes = 256 * 1024;

    /// <summary>How deep JSON may nest.</summary>
    public const int JsonDepth = 16;

    /// <summary>The most transports, and entries of lists of short texts.</summary>
    public const int ShortTexts = 64;

    /// <summary>The most characters of such a text.</summary>
    public const int ShortText = 256;

    /// <summary>The most bytes of a credential id (WebAuthn L3 §7.1 step 25).</summary>
    public const int CredentialIdBytes = 1023;
}
