using MedId.OAuth.Server;

namespace MedId.Provider;

/// <summary>The one set of tokens of a request that is pushed, kept with the message until it is delivered: whatever fails in between, no second set is made. Secret: stores encrypt bodies.</summary>
internal sealed record PreparedPush
{
    /// <summary>The tokens.</summary>
    public required IssuedTokens Tokens { get; init; }

    /// <summary>When they were made; their remaining life is told from it.</summary>
    public required DateTimeOffset MadeAt { get; init; }

    /// <summary>From when on nobody could use them.</summary>
    public required DateTimeOffset EndsAt { get; init; }

    public override string ToString() => nameof(PreparedPush);
}
