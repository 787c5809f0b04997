namespace MedId.Consent;

/// <content>How the choice was offered.</content>
public sealed partial record ConsentCase
{
    /// <summary>Whether a refusal has no detriment.</summary>
    public bool? RefusalWithoutDetriment { get; init; }

    /// <summary>Whether a service depends on consent to data that it does not need.</summary>
    public bool? ServiceTied { get; init; }

    /// <summary>How many purposes were asked for.</summary>
    public int? PurposeCount { get; init; }

    /// <summary>Whether each purpose had a choice of its own.</summary>
    public bool? ChoicePerPurpose { get; init; }

    /// <summary>Whether the request was apart from other matters.</summary>
    public bool? RequestSeparate { get; init; }

    /// <summary>Whether it can be withdrawn at any time.</summary>
    public bool? WithdrawalAnyTime { get; init; }

    /// <summary>Steps to give it.</summary>
    public int? GivingSteps { get; init; }

    /// <summary>Steps to withdraw it.</summary>
    public int? WithdrawalSteps { get; init; }

    /// <summary>Whether it is withdrawn by the channel by which it is given.</summary>
    public bool? WithdrawalSameChannel { get; init; }

    /// <summary>Whether it is for a narrowly defined purpose.</summary>
    public bool? ConsentSpecific { get; init; }

    /// <summary>Whether a dark pattern was found.</summary>
    public bool? DarkPattern { get; init; }

    /// <summary>Whether refusing was offered beside agreeing: "ask me later" is not refusing.</summary>
    public bool? RefuseChoiceOffered { get; init; }

    /// <summary>Whether the words are easy to understand.</summary>
    public bool? DesignEasyToUnderstand { get; init; }

    /// <summary>Whether the more protective choice is no longer or harder than the other.</summary>
    public bool? DesignSymmetric { get; init; }

    /// <summary>Whether language or elements confuse.</summary>
    public bool? DesignConfusing { get; init; }

    /// <summary>Whether the design impairs the choice.</summary>
    public bool? DesignImpairing { get; init; }

    /// <summary>Whether it is easy to do.</summary>
    public bool? DesignEasyToDo { get; init; }
}
