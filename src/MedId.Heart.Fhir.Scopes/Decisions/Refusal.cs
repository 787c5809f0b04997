namespace MedId.Heart.Fhir.Scopes;

/// <summary>Why one scope did not open a resource. The greater one came further, so it tells more: it is the one that is reported.</summary>
internal enum Refusal
{
    None,
    Insufficient,
    PatientContextMissing,
    UserContextMissing,
    NotInCompartment,
    NotWritable,
    UserNotPermitted,
    OtherPatient,
    ConstraintNotMet,
    LabelNotGranted,
}
