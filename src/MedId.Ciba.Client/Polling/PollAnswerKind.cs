namespace MedId.Ciba.Client;

/// <summary>The cases that a polling client treats apart (CIBA Core §11).</summary>
internal enum PollAnswerKind
{
    /// <summary>Tokens, verified.</summary>
    Granted,

    /// <summary>Ask again at the same pace.</summary>
    Pending,

    /// <summary>Ask again five seconds slower from now on.</summary>
    SlowDown,

    /// <summary>The server, or the way to it, is in trouble: ask again, later and later.</summary>
    Unavailable,

    /// <summary>The end.</summary>
    Refused,
}
