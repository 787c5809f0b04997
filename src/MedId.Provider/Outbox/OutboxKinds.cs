namespace MedId.Provider;

/// <summary>The kinds of <see cref="OutboxMessage"/> that this package's stores write.</summary>
public static class OutboxKinds
{
    /// <summary>The devices of those who are asked are told that a request waits.</summary>
    public const string Announce = "announce";

    /// <summary>What was decided when a request came, without asking, is carried out.</summary>
    public const string Decide = "decide";

    /// <summary>The client is told that there is an answer (CIBA Core §10.2).</summary>
    public const string Ping = "ping";

    /// <summary>The client is sent the tokens, or why there are none (CIBA Core §10.3, §12).</summary>
    public const string Push = "push";

    /// <summary>The parties of a consent are told that it ended.</summary>
    public const string Ended = "ended";

    /// <summary>A person is told that a desk recorded a consent of theirs.</summary>
    public const string Recorded = "recorded";
}
