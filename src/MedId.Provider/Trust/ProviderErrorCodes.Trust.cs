namespace MedId.Provider;

/// <content>Pre-registered consent with a trust framework (row A13).</content>
public static partial class ProviderErrorCodes
{
    /// <summary>A statement of presence stands without an assessor's statement.</summary>
    public const string TrustStatementMissing = "provider.trust_statement_missing";

    /// <summary>The assessor's statement cannot be read.</summary>
    public const string TrustStatementMalformed = "provider.trust_statement_malformed";

    /// <summary>The issuer is no assessor of the framework, or the signature is not its own.</summary>
    public const string TrustStatementUntrusted = "provider.trust_statement_untrusted";

    /// <summary>The assessor's statement is about another client, for another OP, or under another framework.</summary>
    public const string TrustStatementForeign = "provider.trust_statement_foreign";

    /// <summary>The assessor's statement is past its end, not valid yet, or valid for too long.</summary>
    public const string TrustStatementExpired = "provider.trust_statement_expired";

    /// <summary>The assessor's statement lacks a claim.</summary>
    public const string TrustStatementIncomplete = "provider.trust_statement_incomplete";

    /// <summary>The framework is not one on which this OP relies.</summary>
    public const string TrustFrameworkUnknown = "provider.trust_framework_unknown";

    /// <summary>The service has not passed a criterion, or not reached a level, that the framework asks for.</summary>
    public const string TrustCriteriaMissing = "provider.trust_criteria_missing";

    /// <summary>The service is suspended in the framework.</summary>
    public const string RecipientSuspended = "provider.recipient_suspended";

    /// <summary>Keys by which a statement would be judged cannot be had. Worth another try.</summary>
    public const string TrustUndetermined = "provider.trust_undetermined";

    /// <summary>An assessor's statement stands without a statement of presence.</summary>
    public const string FaceToFaceMissing = "provider.face_to_face_missing";

    /// <summary>The statement of presence cannot be read.</summary>
    public const string FaceToFaceMalformed = "provider.face_to_face_malformed";

    /// <summary>The statement of presence is not signed by the client.</summary>
    public const string FaceToFaceUntrusted = "provider.face_to_face_untrusted";

    /// <summary>The statement of presence is about another person, doctor, institution, resource or OP.</summary>
    public const string FaceToFaceForeign = "provider.face_to_face_foreign";

    /// <summary>The statement of presence is past its end, not valid yet, or valid for too long.</summary>
    public const string FaceToFaceExpired = "provider.face_to_face_expired";

    /// <summary>The statement of presence lacks a claim.</summary>
    public const string FaceToFaceIncomplete = "provider.face_to_face_incomplete";

    /// <summary>The person was checked in a way that is not on the OP's list.</summary>
    public const string FaceToFaceMethodRefused = "provider.face_to_face_method_refused";

    /// <summary>The person was checked too long ago, or in the future.</summary>
    public const string FaceToFaceTooOld = "provider.face_to_face_too_old";

    /// <summary>The statement of presence was used before.</summary>
    public const string FaceToFaceReplayed = "provider.face_to_face_replayed";
}
