namespace MedId.Ciba.Client;

/// <summary>The outcome of one poll that was not refused: the tokens, or how to go on.</summary>
public sealed record CibaPoll
{
    /// <summary>The tokens; null while nobody has decided.</summary>
    public CibaTokens? Tokens { get; init; }

    /// <summary>What to poll with next; its interval has grown after a <c>slow_down</c>.</summary>
    public required BackchannelAuthentication Next { get; init; }

    /// <summary>How long to wait from now before the next poll; the interval runs from the sending of this one.</summary>
    public TimeSpan Wait { get; init; }
}
