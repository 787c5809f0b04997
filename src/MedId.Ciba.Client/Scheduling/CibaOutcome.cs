using MedId.Core;

namespace MedId.Ciba.Client;

/// <summary>How a request ended: tokens, or the reason why there are none. It is handed out once. Its text form shows no token and no reference.</summary>
public sealed record CibaOutcome
{
    /// <summary>The request's id at the scheduler.</summary>
    public required string Id { get; init; }

    /// <summary>The OP's name at the scheduler.</summary>
    public required string Op { get; init; }

    /// <summary>What the caller gave to know the request again.</summary>
    public required string Reference { get; init; }

    /// <summary>The tokens, or the refusal: <c>oauth.access_denied</c> when the patient said no, <see cref="CibaClientErrorCodes.GaveUp"/> when nobody decided in time.</summary>
    public required MedIdResult<CibaTokens> Result { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"{Id} at {Op}: {Result}";
}
