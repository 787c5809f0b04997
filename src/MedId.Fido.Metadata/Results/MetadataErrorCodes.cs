namespace MedId.Fido.Metadata;

/// <summary>Codes of refusals by this package.</summary>
public static class MetadataErrorCodes
{
    /// <summary>A metadata statement does not have its form.</summary>
    public const string StatementMalformed = "metadata.statement_malformed";

    /// <summary>An entry of the BLOB does not have its form; the model that it names is not accepted.</summary>
    public const string EntryMalformed = "metadata.entry_malformed";

    /// <summary>The BLOB does not have its form.</summary>
    public const string BlobMalformed = "metadata.blob_malformed";

    /// <summary>A table of contents of metadata service 2, which links statements instead of carrying them.</summary>
    public const string TocUnsupported = "metadata.toc_unsupported";

    /// <summary>The BLOB carries no certificate of its signer.</summary>
    public const string CertificatesMissing = "metadata.certificates_missing";

    /// <summary>The BLOB names its certificates by address, which is not allowed, or by an address of another origin.</summary>
    public const string CertificateAddressRefused = "metadata.certificate_address_refused";

    /// <summary>The certificates at the address that the BLOB names are not at hand.</summary>
    public const string CertificateAddressUnread = "metadata.certificate_address_unread";

    /// <summary>No configured root counts at this time.</summary>
    public const string RootNotInTime = "metadata.root_not_in_time";

    /// <summary>The signer's certificate does not carry the name of the service.</summary>
    public const string SignerName = "metadata.signer_name";

    /// <summary>The signer's certificate does not lead to a root that is trusted, or is expired or revoked.</summary>
    public const string SignerUntrusted = "metadata.signer_untrusted";

    /// <summary>Whether the signer's certificates are revoked is not known.</summary>
    public const string SignerUndetermined = "metadata.signer_undetermined";

    /// <summary>The algorithm of the BLOB is not allowed, or does not fit the signer's key.</summary>
    public const string AlgorithmRefused = "metadata.algorithm_refused";

    /// <summary>The signature over the BLOB is not the signer's.</summary>
    public const string SignatureInvalid = "metadata.signature_invalid";

    /// <summary>The number of the BLOB is below the one in use, or the same with other content.</summary>
    public const string Rollback = "metadata.rollback";

    /// <summary>The BLOB is past its next update by more than is allowed.</summary>
    public const string Stale = "metadata.stale";

    /// <summary>The model is revoked.</summary>
    public const string StatusRevoked = "metadata.status_revoked";

    /// <summary>The model lets users by without verifying them.</summary>
    public const string StatusUserVerificationBypass = "metadata.status_user_verification_bypass";

    /// <summary>The attestation key of the model, or of this authenticator's batch, is in other hands.</summary>
    public const string StatusAttestationKeyCompromise = "metadata.status_attestation_key_compromise";

    /// <summary>Keys of users can be got from authenticators of the model.</summary>
    public const string StatusUserKeyCompromise = "metadata.status_user_key_compromise";

    /// <summary>A status is reported that this installation refuses.</summary>
    public const string StatusRefused = "metadata.status_refused";

    /// <summary>A status is reported that this release does not know, and this installation refuses those.</summary>
    public const string StatusUnknown = "metadata.status_unknown";

    /// <summary>A report is about certain attestation certificates, and the authenticator's is not known.</summary>
    public const string StatusCertificateUnknown = "metadata.status_certificate_unknown";

    /// <summary>The certification of the model is below what is asked for.</summary>
    public const string CertificationTooLow = "metadata.certification_too_low";

    /// <summary>The authenticator lacks an update.</summary>
    public const string UpdateRequired = "metadata.update_required";

    /// <summary>Whether the authenticator has an update is not known.</summary>
    public const string UpdateUnknown = "metadata.update_unknown";

    /// <summary>A rogue list does not have its form.</summary>
    public const string RogueListMalformed = "metadata.rogue_list_malformed";

    /// <summary>A rogue list is not the one whose hash the entry states.</summary>
    public const string RogueListHash = "metadata.rogue_list_hash";

    /// <summary>The metadata service did not answer, or not with a BLOB.</summary>
    public const string FetchFailed = "metadata.fetch_failed";

    /// <summary>The answer of the metadata service, or a file, is larger than is read.</summary>
    public const string TooLarge = "metadata.too_large";

    /// <summary>The metadata service sent on to another address, which is not followed.</summary>
    public const string Redirect = "metadata.redirect";

    /// <summary>There is no BLOB yet: none was fetched and no file holds one.</summary>
    public const string NoBlob = "metadata.no_blob";
}
