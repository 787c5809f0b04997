using MedId.Pki;

namespace MedId.Signatures;

/// <summary>Stands in until MedId.Pki reads revocation data.</summary>
internal static class PendingRevocation
{
    extension(CertificateRevocationList crl)
    {
        public string Sha256 => string.Empty;

        public ReadOnlyMemory<byte> RawData => default;

        public static MedId.Core.MedIdResult<CertificateRevocationList> Parse(ReadOnlyMemory<byte> der) => new MedId.Core.MedIdError("crl.malformed", MedId.Core.ErrorCategory.Unsupported, "RFC 5280 §5");
    }
}

/// <summary>As above.</summary>
internal static class PendingOcsp
{
    extension(OcspResponse response)
    {
        public string Sha256 => string.Empty;

        public ReadOnlyMemory<byte> RawData => default;

        public static MedId.Core.MedIdResult<OcspResponse> Parse(ReadOnlyMemory<byte> der) => new MedId.Core.MedIdError("ocsp.malformed", MedId.Core.ErrorCategory.Unsupported, "RFC 6960 §4.2.1");
    }
}
