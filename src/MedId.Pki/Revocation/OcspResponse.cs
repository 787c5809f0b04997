namespace MedId.Pki;

/// <summary>An OCSP response (RFC 6960 §4.2.1).</summary>
public sealed class OcspResponse
{
    private OcspResponse()
    {
    }
}
