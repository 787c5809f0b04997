namespace MedId.Signatures;

/// <content>CMS and CAdES.</content>
public static partial class SignaturesErrorCodes
{
    /// <summary>Not a CMS structure of this kind.</summary>
    public const string CmsMalformed = "cms.malformed";

    /// <summary>Larger than the limits, or with more elements.</summary>
    public const string CmsTooLarge = "cms.too_large";

    /// <summary>A CMS structure, but not SignedData.</summary>
    public const string CmsNotSignedData = "cms.not_signed_data";

    /// <summary>A version that does not go with what the structure holds.</summary>
    public const string CmsVersion = "cms.version";

    /// <summary>Nobody signed.</summary>
    public const string CmsNoSigner = "cms.no_signer";

    /// <summary>One act of signing is listed several times, as if several had signed.</summary>
    public const string CmsSignerRepeated = "cms.signer_repeated";

    /// <summary>The content lies inside, and other content was given too.</summary>
    public const string CmsContentTwice = "cms.content_twice";

    /// <summary>The content lies elsewhere and was not given.</summary>
    public const string CmsContentMissing = "cms.content_missing";

    /// <summary>A signer's digest algorithm is not among those that the structure announces.</summary>
    public const string CmsDigestAlgorithmNotListed = "cms.digest_algorithm_not_listed";

    /// <summary>The signer's certificate is not there.</summary>
    public const string CmsSignerCertificateMissing = "cms.signer_certificate_missing";

    /// <summary>Several certificates fit the signer's identifier and no signed attribute tells which.</summary>
    public const string CmsSignerCertificateAmbiguous = "cms.signer_certificate_ambiguous";

    /// <summary>The certificate named in the signed attributes is not the one that the signer's identifier names.</summary>
    public const string CmsSigningCertificateMismatch = "cms.signing_certificate_mismatch";

    /// <summary>The content is signed without signed attributes.</summary>
    public const string CmsSignedAttributesMissing = "cms.signed_attributes_missing";

    /// <summary>The signed attributes were signed in a form that is not DER.</summary>
    public const string CmsSignedAttributesNotDer = "cms.signed_attributes_not_der";

    /// <summary>A signed attribute is there twice, has several values, or has a value of another form.</summary>
    public const string CmsAttributeMalformed = "cms.attribute_malformed";

    /// <summary>A mandatory signed attribute is not there.</summary>
    public const string CmsAttributeMissing = "cms.attribute_missing";

    /// <summary>The signed content type is not the one of the content.</summary>
    public const string CmsContentTypeMismatch = "cms.content_type_mismatch";

    /// <summary>The signed digest is not that of the content.</summary>
    public const string CmsDigestMismatch = "cms.digest_mismatch";

    /// <summary>Digest, signature algorithm and the protected algorithms do not go together.</summary>
    public const string CmsAlgorithmMismatch = "cms.algorithm_mismatch";

    /// <summary>The certificate's key did not make this signature.</summary>
    public const string CmsSignatureInvalid = "cms.signature_invalid";
}
