namespace MedId.Consent;

/// <content>Which data.</content>
public sealed partial record ConsentCase
{
    /// <summary>Whether special-care-required information of APPI 2(3) is in it: history, results, treatment.</summary>
    public bool? SpecialCareData { get; init; }

    /// <summary>Whether data of GDPR 9(1) is in it: health, genetic, biometric for identification.</summary>
    public bool? SpecialCategoryData { get; init; }

    /// <summary>Whether sensitive personal information of the CCPA is in it; health is.</summary>
    public bool? SensitiveData { get; init; }

    /// <summary>Whether it is medical information under the Californian CMIA.</summary>
    public bool? CmiaMedicalInformation { get; init; }

    /// <summary>Whether it is protected health information under HIPAA.</summary>
    public bool? HipaaHealthInformation { get; init; }

    /// <summary>Whether somebody acquires data in this case.</summary>
    public bool? CollectsData { get; init; }

    /// <summary>How the data came in.</summary>
    public AcquisitionRoute? AcquisitionRoute { get; init; }

    /// <summary>Whether the patient handed it in in person.</summary>
    public bool? AcquiredFromPatient { get; init; }

    /// <summary>Whether one of the eight cases of APPI 20(2) i–viii holds.</summary>
    public bool? AcquisitionException { get; init; }

    /// <summary>Whether the use stays within the stated purpose.</summary>
    public bool? UseWithinPurpose { get; init; }

    /// <summary>Whether there is consent to the purpose that goes beyond.</summary>
    public bool? NewPurposeConsented { get; init; }

    /// <summary>Whether the data was collected from the person (GDPR 13) and not elsewhere (14).</summary>
    public bool? DataFromPerson { get; init; }
}
