namespace MedId.Heart.Fhir.Scopes;

/// <summary>The codes of every refusal of this package; texts and sections stand in <c>requirements.json</c>.</summary>
public static class ScopesErrorCodes
{
    /// <summary>A token looks like a resource or label scope and is not well formed; it grants nothing.</summary>
    public const string Malformed = "scopes.malformed";

    /// <summary>The resource type is none of FHIR R4.</summary>
    public const string TypeUnknown = "scopes.type_unknown";

    /// <summary>A constraint that cannot be enforced here (modifier, chain, result parameter, unknown parameter); the scope grants nothing.</summary>
    public const string ConstraintUnsupported = "scopes.constraint_unsupported";

    /// <summary>More characters or more scopes than <see cref="ScopeSet"/> reads, or more parameters or entries than a request may have.</summary>
    public const string LimitExceeded = "scopes.limit_exceeded";

    /// <summary>The choice asks for something that the granted scopes do not cover.</summary>
    public const string WiderThanGranted = "scopes.wider_than_granted";

    /// <summary>The HTTP request is none of the FHIR R4 interactions.</summary>
    public const string RequestMalformed = "scopes.request_malformed";

    /// <summary>No scope names this interaction on this type.</summary>
    public const string Insufficient = "scopes.insufficient";

    /// <summary>Only a <c>patient/</c> scope fits and the token is bound to no patient.</summary>
    public const string PatientContextMissing = "scopes.patient_context_missing";

    /// <summary>Only a <c>user/</c> scope fits and the token is bound to no user.</summary>
    public const string UserContextMissing = "scopes.user_context_missing";

    /// <summary>The user of the token may not reach this record.</summary>
    public const string UserNotPermitted = "scopes.user_not_permitted";

    /// <summary>The resource, before or after the change, is not in the record of the token's patient.</summary>
    public const string OtherPatient = "scopes.other_patient";

    /// <summary>The type belongs to no patient's record and is not among the shared types.</summary>
    public const string NotInCompartment = "scopes.not_in_compartment";

    /// <summary>A patient scope neither creates a Patient nor writes a shared type.</summary>
    public const string NotWritable = "scopes.not_writable";

    /// <summary>The resource does not meet the constraint of the scope.</summary>
    public const string ConstraintNotMet = "scopes.constraint_not_met";

    /// <summary>A security label of the resource is covered by no <c>conf/</c> or <c>sens/</c> scope.</summary>
    public const string LabelNotGranted = "scopes.label_not_granted";

    /// <summary>The consent behind the token is not yet, or no longer, in force, or the call names no time to compare it with.</summary>
    public const string ConsentPeriod = "scopes.consent_period";

    /// <summary>The consent does not speak of this purpose of use.</summary>
    public const string ConsentPurpose = "scopes.consent_purpose";

    /// <summary>The consent does not speak of this kind of data.</summary>
    public const string ConsentData = "scopes.consent_data";

    /// <summary>The resource is not of the time that the consent speaks of, or says no time.</summary>
    public const string ConsentDate = "scopes.consent_date";

    /// <summary>The consent was given to another client.</summary>
    public const string ConsentRecipient = "scopes.consent_recipient";

    /// <summary>An operation for which the server has no rule.</summary>
    public const string OperationWithoutRule = "scopes.operation_without_rule";

    /// <summary>The resource is not JSON of the type and id that the request names.</summary>
    public const string ImageMalformed = "scopes.image_malformed";

    /// <summary>An entry of the transaction is refused, and so the whole.</summary>
    public const string EntryRefused = "scopes.entry_refused";
}
