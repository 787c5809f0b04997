namespace MedId.OAuth.Server;

/// <summary>What became of a presented refresh token.</summary>
public enum RefreshOutcome
{
    /// <summary>The presented token was the live one and is now replaced by the next: exactly one caller gets this.</summary>
    Rotated,

    /// <summary>No such token for this client, or expired, or its family ended.</summary>
    Unknown,

    /// <summary>The token had been rotated before: somebody holds a copy. The family was ended in the same step.</summary>
    Reused,
}
