namespace MedId.Ciba.Client;

/// <summary>A request that a scheduler looks after. Its text form does not show the reference.</summary>
/// <param name="Id">Its id: random, safe to show and to log.</param>
/// <param name="Op">The OP's name at the scheduler.</param>
/// <param name="Reference">What the caller gave to know the request again.</param>
/// <param name="ExpiresAt">When it can no longer be decided.</param>
/// <param name="IsDecided">Whether its outcome is there and was not taken yet.</param>
public sealed record CibaPending(string Id, string Op, string Reference, DateTimeOffset ExpiresAt, bool IsDecided)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Id} at {Op} until {ExpiresAt:O}";
}
