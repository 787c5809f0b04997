using MedId.Cryptography;

namespace MedId.Hpki;

/// <summary>The name of a key: the JWK thumbprint URI (RFC 9278 §3).</summary>
internal static class HpkiSubjectKey
{
    public static string Of(PublicKey key) => "urn:ietf:params:oauth:jwk-thumbprint:sha-256:" + key.Thumbprint;
}
