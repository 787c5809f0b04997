namespace MedId.Consent;

/// <summary>A format of consent artefacts.</summary>
public enum ArtefactFormat
{
    /// <summary>The electronic consent artefact of MeitY (Electronic Consent Framework 1.1).</summary>
    MeityXml = 0,

    /// <summary>The consent artefact of ABDM/NDHM, version 0.5: the provider's copy and the recipient's.</summary>
    AbdmJson = 1,

    /// <summary>The consent of account aggregators (ReBIT 1.x).</summary>
    AccountAggregatorJson = 2,

    /// <summary>HL7 FHIR R4 Consent.</summary>
    FhirR4 = 3,

    /// <summary>ISO/IEC TS 27560:2023 consent record, with the names of the DPV guide.</summary>
    Iso27560 = 4,

    /// <summary>Kantara Consent Receipt 1.1.</summary>
    KantaraReceipt = 5,
}
