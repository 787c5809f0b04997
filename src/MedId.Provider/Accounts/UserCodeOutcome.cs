namespace MedId.Provider;

/// <summary>What became of a presented user code (CIBA §7.1.2).</summary>
public enum UserCodeOutcome
{
    /// <summary>Right.</summary>
    Right,

    /// <summary>Wrong, and counted.</summary>
    Wrong,

    /// <summary>Too many wrong codes lately: not judged, whatever it was.</summary>
    Locked,
}
