namespace MedId.Signatures;

/// <summary>What a policy takes of CMS signatures although the standard or good practice forbids it. Each is for documents that exist and cannot be signed anew.</summary>
[Flags]
public enum CmsLeniency
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>Signed attributes that were signed in the form they have in the message although it is not DER (RFC 5652 §5.4 asks for DER).</summary>
    SignedAttributesNotDer = 1,

    /// <summary>
    /// Signatures over the content itself, without signed attributes; only content of type data. Such content could be another message's signed attributes, which is refused
    /// where it is recognised. Needs <see cref="SignatureLevel.Plain"/> as the lowest level.
    /// </summary>
    WithoutSignedAttributes = 2,

    /// <summary>A certificate named by its SHA-1 hash (RFC 2634 §5.4) counts as named.</summary>
    Sha1SigningCertificate = 4,

    /// <summary>A SignedData version that RFC 5652 §5.1 does not ask for.</summary>
    Version = 8,
}
