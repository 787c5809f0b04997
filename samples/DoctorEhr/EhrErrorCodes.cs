namespace MedId.Samples.DoctorEhr;

/// <summary>What the EHR itself refuses; refusals of the others keep their codes.</summary>
internal static class EhrErrorCodes
{
    /// <summary>The steering message is not of the form.</summary>
    public const string RequestMalformed = "ehr.request_malformed";

    /// <summary>No doctor is signed in.</summary>
    public const string DoctorNotSignedIn = "ehr.doctor_not_signed_in";

    /// <summary>The doctor OP did not sign the doctor in.</summary>
    public const string SignInRefused = "ehr.sign_in_refused";

    /// <summary>The evidence is for another client.</summary>
    public const string EvidenceNotOurs = "ehr.evidence_not_ours";

    /// <summary>An id_token_hint was asked for and the EHR has no ID token yet.</summary>
    public const string IdTokenAbsent = "ehr.id_token_absent";

    /// <summary>No such access.</summary>
    public const string AccessUnknown = "ehr.access_unknown";

    /// <summary>The access has no tokens.</summary>
    public const string AccessNotGranted = "ehr.access_not_granted";

    /// <summary>The token answer names no patient, so nothing can be compared.</summary>
    public const string PatientMissing = "ehr.patient_missing";

    /// <summary>A resource belongs to somebody else.</summary>
    public const string ForeignRecord = "ehr.foreign_record";

    /// <summary>The API's answer is not what was asked for.</summary>
    public const string ResponseMalformed = "ehr.response_malformed";

    /// <summary>The API refused and gave no code.</summary>
    public const string ApiRefused = "ehr.api_refused";

    /// <summary>A server did not answer.</summary>
    public const string Unreachable = "ehr.unreachable";
}
