namespace MedId.Jpki.Certificates;

/// <summary>How one platform operator spells the contract. What its published pages leave open is here too, so that it can be set without a release.</summary>
/// <remarks>Member names of JSON are read in camelCase and in snake_case, as protobuf's JSON form allows both; what is sent is camelCase.</remarks>
public sealed record PlatformDialect
{
    /// <summary>
    /// The dialect of the operator whose integration pages are public (its Verify API, version 2, JSON over POST). From those pages: paths, members, results, enumeration
    /// names of cards, reasons of revocation, the two named errors. Assumed: that gender and birth date come as the certificate has them; that the errors' names stand
    /// somewhere in the body of a 4xx answer. Not published there and empty here: names of phone certificates' types.
    /// </summary>
    public static PlatformDialect VerifyV2 { get; } = new()
    {
        VerifyPath = "pocketsign.verify.v2.VerificationService/Verify",
        StatusPath = "pocketsign.verify.v2.CertificateService/CheckCertificateStatus",
        Hashes = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["SHA256"] = "HASH_ALGORITHM_SHA256",
            ["SHA384"] = "HASH_ALGORITHM_SHA384",
            ["SHA512"] = "HASH_ALGORITHM_SHA512",
        },
        CrlMethod = "CHECK_METHOD_CRL",
        OcspMethod = "CHECK_METHOD_OCSP",
        SignaturePurpose = "CHECK_PURPOSE_SIGNATURE_VERIFICATION",
        LivenessPurpose = "CHECK_PURPOSE_LIVENESS_CHECK",
        GoodStatus = "STATUS_GOOD",
        RevokedStatus = "STATUS_REVOKED",
        ResultOk = "RESULT_OK",
        Refusals = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["RESULT_SIGNATURE_MISMATCH"] = JpkiErrorCodes.SignatureInvalid,
            ["RESULT_CERTIFICATE_REVOKED"] = JpkiErrorCodes.CertificateRevoked,
            ["RESULT_CERTIFICATE_EXPIRED"] = JpkiErrorCodes.CertificateExpired,
        },
        CertificateTypes = new Dictionary<string, (JpkiCertificateKind, JpkiCarrier)>(StringComparer.Ordinal)
        {
            ["TYPE_JPKI_CARD_DIGITAL_SIGNATURE"] = (JpkiCertificateKind.Sign, JpkiCarrier.Card),
            ["TYPE_JPKI_CARD_USER_AUTHENTICATION"] = (JpkiCertificateKind.Authenticate, JpkiCarrier.Card),
        },
        AttributeMembers = ["jpkiCardDigitalSignatureContent"],
        ReasonPrefix = "CRL_REASON_",
        ErrorPrefix = "ERROR_REASON_",
        UnsupportedCertificateError = "ERROR_REASON_UNSUPPORTED_CERTIFICATE",
        LinkErrorPrefix = "ERROR_REASON_ASSOCIATED_CERTIFICATE",
    };

    /// <summary>Where a signature is checked, relative to the base address.</summary>
    public required string VerifyPath { get; init; }

    /// <summary>Where a certificate is asked about again.</summary>
    public required string StatusPath { get; init; }

    /// <summary>The operator's names of hashes, by .NET's.</summary>
    public required IReadOnlyDictionary<string, string> Hashes { get; init; }

    /// <summary>Its name for asking by CRL.</summary>
    public required string CrlMethod { get; init; }

    /// <summary>Its name for asking by OCSP.</summary>
    public required string OcspMethod { get; init; }

    /// <summary>Its name for checks of a signature.</summary>
    public required string SignaturePurpose { get; init; }

    /// <summary>Its name for asking again.</summary>
    public required string LivenessPurpose { get; init; }

    /// <summary>Its name for a certificate that stands.</summary>
    public required string GoodStatus { get; init; }

    /// <summary>Its name for a revoked one.</summary>
    public required string RevokedStatus { get; init; }

    /// <summary>Its name for a signature that holds.</summary>
    public required string ResultOk { get; init; }

    /// <summary>Its results that refuse, with our codes. A result that is not here leaves the outcome undetermined.</summary>
    public required IReadOnlyDictionary<string, string> Refusals { get; init; }

    /// <summary>Its names of certificates. A name that is not here is not accepted.</summary>
    public required IReadOnlyDictionary<string, (JpkiCertificateKind Kind, JpkiCarrier Carrier)> CertificateTypes { get; init; }

    /// <summary>The members of certificateContent that hold the basic four attributes.</summary>
    public required IReadOnlyList<string> AttributeMembers { get; init; }

    /// <summary>What its names of revocation reasons begin with, before the reason of RFC 5280 in capitals with underscores.</summary>
    public required string ReasonPrefix { get; init; }

    /// <summary>What its names of errors begin with.</summary>
    public required string ErrorPrefix { get; init; }

    /// <summary>Its error for a certificate that it does not know or not take: also one that no JPKI authority issued.</summary>
    public required string UnsupportedCertificateError { get; init; }

    /// <summary>What its errors begin with when the person's certificates could not be linked.</summary>
    public required string LinkErrorPrefix { get; init; }
}
