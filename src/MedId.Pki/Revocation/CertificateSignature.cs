using MedId.Cryptography;

namespace MedId.Pki;

/// <summary>Whether a key signed a certificate, where no path is being validated: to find an issuer.</summary>
internal static class CertificateSignature
{
    public static bool IsBy(Certificate certificate, PublicKey key, AlgorithmPolicy algorithms, DateTimeOffset at) =>
        certificate.HasWholeSignature
        && SignatureAlgorithm.TryFromX509(certificate.SignatureAlgorithm.RawData.Span, key, out var algorithm)
        && algorithms.For(SignatureUse.Certificate, at).Allows(algorithm, key)
        && key.Verify(algorithm, certificate.TbsCertificate.Span, certificate.Signature.Span);
}
