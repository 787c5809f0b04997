namespace MedId.Ciba.Server;

/// <summary>Whether a new request was taken.</summary>
public enum CibaAddOutcome
{
    /// <summary>Stored.</summary>
    Added,

    /// <summary>The person has too many pending requests already: unsolicited prompts are bounded.</summary>
    TooManyPending,
}
