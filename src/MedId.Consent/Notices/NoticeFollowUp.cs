namespace MedId.Consent;

/// <summary>What a change of a notice asks for.</summary>
public enum NoticeFollowUp
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>The person is told.</summary>
    Tell = 1,

    /// <summary>The person is asked again (ISO/IEC 29184 5.5.3).</summary>
    AskAgain = 2,
}
