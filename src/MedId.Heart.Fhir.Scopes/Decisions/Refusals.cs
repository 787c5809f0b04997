using MedId.Core;

namespace MedId.Heart.Fhir.Scopes;

/// <summary>The refusals of a decision, made once, so that refusing allocates nothing.</summary>
internal static class Refusals
{
    private const string Scopes = "SMART App Launch 2.2, scopes for requesting FHIR resources";
    private const string Context = "SMART App Launch 2.2, launch context";
    private const string Consent = "MedIdSdk, consent behind a token";
    private const string Compartment = "FHIR R4 CompartmentDefinition/patient";

    public static readonly MedIdError Insufficient = new(ScopesErrorCodes.Insufficient, ErrorCategory.Policy, Scopes);
    public static readonly MedIdError OperationWithoutRule = new(ScopesErrorCodes.OperationWithoutRule, ErrorCategory.Policy, "FHIR R4 operations");
    public static readonly MedIdError ImageMalformed = new(ScopesErrorCodes.ImageMalformed, ErrorCategory.Malformed, "FHIR R4 RESTful API");
    public static readonly MedIdError EntryRefused = new(ScopesErrorCodes.EntryRefused, ErrorCategory.Policy, "FHIR R4 RESTful API, transaction");

    private static readonly MedIdError PatientContextMissing = new(ScopesErrorCodes.PatientContextMissing, ErrorCategory.Policy, Context);
    private static readonly MedIdError UserContextMissing = new(ScopesErrorCodes.UserContextMissing, ErrorCategory.Policy, Context);
    private static readonly MedIdError NotInCompartment = new(ScopesErrorCodes.NotInCompartment, ErrorCategory.Policy, Compartment);
    private static readonly MedIdError NotWritable = new(ScopesErrorCodes.NotWritable, ErrorCategory.Policy, Compartment);
    private static readonly MedIdError UserNotPermitted = new(ScopesErrorCodes.UserNotPermitted, ErrorCategory.Policy, Scopes);
    private static readonly MedIdError OtherPatient = new(ScopesErrorCodes.OtherPatient, ErrorCategory.Policy, Compartment);
    private static readonly MedIdError ConstraintNotMet = new(ScopesErrorCodes.ConstraintNotMet, ErrorCategory.Policy, "SMART App Launch 2.2, finer-grained resource constraints");
    private static readonly MedIdError LabelNotGranted = new(ScopesErrorCodes.LabelNotGranted, ErrorCategory.Policy, "HEART FHIR scopes §3");

    private static readonly MedIdError ConsentPeriod = new(ScopesErrorCodes.ConsentPeriod, ErrorCategory.Policy, Consent);
    private static readonly MedIdError ConsentPurpose = new(ScopesErrorCodes.ConsentPurpose, ErrorCategory.Policy, Consent);
    private static readonly MedIdError ConsentData = new(ScopesErrorCodes.ConsentData, ErrorCategory.Policy, Consent);
    private static readonly MedIdError ConsentDate = new(ScopesErrorCodes.ConsentDate, ErrorCategory.Policy, Consent);
    private static readonly MedIdError ConsentRecipient = new(ScopesErrorCodes.ConsentRecipient, ErrorCategory.Policy, Consent);

    public static MedIdError ErrorOf(ConsentClause clause) => clause switch
    {
        ConsentClause.Period => ConsentPeriod,
        ConsentClause.Purpose => ConsentPurpose,
        ConsentClause.DataClass => ConsentData,
        ConsentClause.DateRange => ConsentDate,
        _ => ConsentRecipient,
    };

    public static MedIdError ErrorOf(Refusal refusal) => refusal switch
    {
        Refusal.PatientContextMissing => PatientContextMissing,
        Refusal.UserContextMissing => UserContextMissing,
        Refusal.NotInCompartment => NotInCompartment,
        Refusal.NotWritable => NotWritable,
        Refusal.UserNotPermitted => UserNotPermitted,
        Refusal.OtherPatient => OtherPatient,
        Refusal.ConstraintNotMet => ConstraintNotMet,
        Refusal.LabelNotGranted => LabelNotGranted,
        _ => Insufficient,
    };
}
