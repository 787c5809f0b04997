namespace MedId.Ciba.Client;

/// <summary>What an OP can send to the client notification endpoint.</summary>
public enum CibaNotificationKind
{
    /// <summary>There is a decision: ask for it (CIBA Core §10.2).</summary>
    Ping,

    /// <summary>Tokens (CIBA Core §10.3.1).</summary>
    PushedTokens,

    /// <summary>There will be no tokens (CIBA Core §12).</summary>
    PushedError,
}
