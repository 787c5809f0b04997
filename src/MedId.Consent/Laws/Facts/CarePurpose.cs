namespace MedId.Consent;

/// <summary>Purposes for which a posted notice can stand for consent (guidance IV-9(3)).</summary>
public enum CarePurpose
{
    /// <summary>Working with other medical institutions for this patient's care.</summary>
    LinkOfCare,

    /// <summary>Opinion of outside doctors.</summary>
    OutsideOpinion,

    /// <summary>Answering another institution's inquiry for this patient's care.</summary>
    AnswerToInquiry,

    /// <summary>Explaining to the family.</summary>
    ExplanationToFamily,

    /// <summary>Anything else.</summary>
    Other,
}
