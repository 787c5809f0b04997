namespace MedId.Fido.Uaf;

/// <summary>What the server's store says of the challenge that is answered.</summary>
public enum UafChallengeState
{
    /// <summary>Sent for this operation, not answered yet.</summary>
    Open,

    /// <summary>Answered before.</summary>
    Used,

    /// <summary>Too old, whatever <see cref="UafExpectations.ChallengeExpiresAt"/> says.</summary>
    Expired,

    /// <summary>Not sent by this server, or sent for another session.</summary>
    Foreign,
}
