namespace MedId.Consent;

/// <content>Which data.</content>
internal static partial class CaseFacts
{
    private static CaseFact[] Data =>
    [
        CaseFact.Flag("special_care_data", static c => c.SpecialCareData, static (c, v) => c with { SpecialCareData = v }),
        CaseFact.Flag("special_category_data", static c => c.SpecialCategoryData, static (c, v) => c with { SpecialCategoryData = v }),
        CaseFact.Flag("sensitive_data", static c => c.SensitiveData, static (c, v) => c with { SensitiveData = v }),
        CaseFact.Flag("cmia_medical_information", static c => c.CmiaMedicalInformation, static (c, v) => c with { CmiaMedicalInformation = v }),
        CaseFact.Flag("hipaa_health_information", static c => c.HipaaHealthInformation, static (c, v) => c with { HipaaHealthInformation = v }),
        CaseFact.Flag("collects_data", static c => c.CollectsData, static (c, v) => c with { CollectsData = v }),
        CaseFact.Code("acquisition_route", static c => c.AcquisitionRoute, static (c, v) => c with { AcquisitionRoute = v }),
        CaseFact.Flag("acquired_from_patient", static c => c.AcquiredFromPatient, static (c, v) => c with { AcquiredFromPatient = v }),
        CaseFact.Flag("acquisition_exception", static c => c.AcquisitionException, static (c, v) => c with { AcquisitionException = v }),
        CaseFact.Flag("use_within_purpose", static c => c.UseWithinPurpose, static (c, v) => c with { UseWithinPurpose = v }),
        CaseFact.Flag("new_purpose_consented", static c => c.NewPurposeConsented, static (c, v) => c with { NewPurposeConsented = v }),
        CaseFact.Flag("data_from_person", static c => c.DataFromPerson, static (c, v) => c with { DataFromPerson = v }),
    ];
}
