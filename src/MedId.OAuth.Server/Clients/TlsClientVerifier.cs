using MedId.Core;
using MedId.Cryptography;
using MedId.Pki;

namespace MedId.OAuth.Server;

/// <summary>Decides whether a certificate is a client's (RFC 8705 §2). Pure. That the client has the private key was proven to the TLS layer.</summary>
internal static class TlsClientVerifier
{
    /// <summary><c>tls_client_auth</c> (§2.1): an authority that this server trusts for clients named the client.</summary>
    public static MedIdResult<Unit> VerifyNamed(PresentedCertificate presented, Certificate certificate, TlsClientSubject? subject)
    {
        // §2.1: the chain was validated by whoever took the connection.
        if (!presented.IsChainTrusted)
        {
            return Refused("RFC 8705 §2.1", "the chain was not verified");
        }

        // §2.1: the subject is the one that was registered.
        return subject is not null && subject.Matches(certificate) ? Unit.Value : Refused("RFC 8705 §2.1", "the certificate names somebody else");
    }

    /// <summary><c>self_signed_tls_client_auth</c> (§2.2): the client registered the certificate, or its key. Nothing is asked of issuer, chain and validity.</summary>
    /// <returns>Refused with <c>jose.key_not_found</c> where no key matches, so that a published set is looked at again.</returns>
    public static MedIdResult<Unit> VerifyRegistered(Certificate certificate, JsonWebKeySet keys)
    {
        var key = certificate.ReadPublicKey();
        return key.Succeeded && keys.Keys.Any(registered => registered.Key.Equals(key.Value) && IsOneOf(registered, certificate))
            ? Unit.Value
            : new MedIdError(CryptographyErrorCodes.JoseKeyNotFound, ErrorCategory.Untrusted, "RFC 8705 §2.2", "the certificate is not registered");
    }

    /// <summary>§2.2.2: a key with <c>x5c</c> stands for that certificate alone; one without it for every certificate of the key.</summary>
    private static bool IsOneOf(JsonWebKey registered, Certificate certificate) =>
        registered.Certificates.Count == 0 || registered.Certificates[0].Span.SequenceEqual(certificate.RawData.Span);

    private static MedIdError Refused(string section, string detail) => new(OAuthServerErrorCodes.ClientAuthenticationFailed, ErrorCategory.Untrusted, section, detail);
}
