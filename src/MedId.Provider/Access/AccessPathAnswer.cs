using MedId.Core;

namespace MedId.Provider;

/// <summary>What a path says about a request: not its own, decided, or refused.</summary>
public sealed record AccessPathAnswer
{
    private AccessPathAnswer(AccessDecision? decision, MedIdError? error)
    {
        Decision = decision;
        Error = error;
    }

    /// <summary>The request is none of this path's: the next one is asked, and in the end the person.</summary>
    public static AccessPathAnswer NotMine { get; } = new(null, null);

    /// <summary>The decision; null when there is none.</summary>
    public AccessDecision? Decision { get; }

    /// <summary>Why the request is refused without asking anybody; null when it is not.</summary>
    public MedIdError? Error { get; }

    /// <summary>The request is approved once it is stored.</summary>
    /// <param name="decision">On what, and how far.</param>
    public static implicit operator AccessPathAnswer(AccessDecision decision) => FromAccessDecision(decision);

    /// <summary>The request is refused, and nobody is asked.</summary>
    /// <param name="error">Why.</param>
    public static implicit operator AccessPathAnswer(MedIdError error) => FromMedIdError(error);

    /// <summary>The request is approved once it is stored.</summary>
    /// <param name="decision">On what, and how far.</param>
    public static AccessPathAnswer FromAccessDecision(AccessDecision decision)
    {
        ArgumentNullException.ThrowIfNull(decision);
        return new(decision, null);
    }

    /// <summary>The request is refused, and nobody is asked.</summary>
    /// <param name="error">Why.</param>
    public static AccessPathAnswer FromMedIdError(MedIdError error)
    {
        ArgumentNullException.ThrowIfNull(error);
        return new(null, error);
    }

    /// <summary>The outcome.</summary>
    public override string ToString() => Error?.Code ?? Decision?.ToString() ?? "not mine";
}
