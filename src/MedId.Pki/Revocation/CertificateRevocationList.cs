namespace MedId.Pki;

/// <summary>A certificate revocation list (RFC 5280 §5).</summary>
public sealed class CertificateRevocationList
{
    private CertificateRevocationList()
    {
    }
}
