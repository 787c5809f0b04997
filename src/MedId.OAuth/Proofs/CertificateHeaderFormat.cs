namespace MedId.OAuth;

/// <summary>How a proxy writes the certificate that a client showed it.</summary>
public enum CertificateHeaderFormat
{
    /// <summary>A byte sequence of structured fields, <c>:base64:</c>, as <c>Client-Cert</c> has it (RFC 9440 §2.1, RFC 8941 §3.3.5).</summary>
    ByteSequence,

    /// <summary>PEM in percent escapes, as nginx gives it in <c>$ssl_client_escaped_cert</c>.</summary>
    EscapedPem,

    /// <summary>The base64 of the DER alone, as HAProxy gives it by <c>ssl_c_der,base64</c>.</summary>
    Base64Der,
}
