namespace MedId.Fido.Uaf;

/// <summary>Departures from the standard that deployed clients and authenticators make. None is tolerated unless <see cref="UafExpectations.DangerouslyTolerate"/> names it.</summary>
/// <remarks>Each gives one message several spellings, or takes what a strict reader refuses. Results say which of them they needed.</remarks>
[Flags]
public enum UafLeniencies
{
    /// <summary>The standard and nothing else.</summary>
    None = 0,

    /// <summary><c>=</c> behind the base64url of <c>fcParams</c> and <c>assertion</c>.</summary>
    Padding = 1,

    /// <summary>KeyIDs of 1 to 31 bytes.</summary>
    KeyIdLength = 2,

    /// <summary>ECDSA signatures in DER whose integers lack the leading zero or have too many of them.</summary>
    NonCanonicalDer = 4,

    /// <summary>A SubjectPublicKeyInfo where ALG_KEY_RSA_2048_DER says RSAPublicKey.</summary>
    RsaSubjectPublicKeyInfo = 8,

    /// <summary>Text transactions in UTF-8, of up to 200 characters, where the protocol allows ASCII.</summary>
    Utf8Transaction = 16,

    /// <summary>KeyIDs of 33 to 2048 bytes from a model whose metadata does not say that it keeps its keys in them.</summary>
    KeyHandleKeyIds = 32,
}
