namespace MedId.Push.Firebase;

/// <summary>A token of the account, and the key by which it was asked for.</summary>
/// <param name="Value">The token. A secret.</param>
/// <param name="KeyId">The key of the assertion: with another key another token is fetched.</param>
/// <param name="FetchedAt">When it came.</param>
/// <param name="ExpiresAt">Its end.</param>
internal sealed record FirebaseAccessToken(string Value, string KeyId, DateTimeOffset FetchedAt, DateTimeOffset ExpiresAt)
{
    /// <summary>The key id only.</summary>
    public override string ToString() => $"token by {KeyId}";
}
