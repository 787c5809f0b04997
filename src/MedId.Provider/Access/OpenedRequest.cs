namespace MedId.Provider;

/// <summary>A request as a phone that proved its key sees it.</summary>
/// <param name="Notice">The notice in canonical form (RFC 8785).</param>
/// <param name="NoticeDigest">base64url of SHA-256 over it.</param>
public sealed record OpenedRequest(string Notice, string NoticeDigest)
{
    /// <summary>What was opened without asking; null for a request that waits for this person.</summary>
    public ToldAccess? Told { get; init; }
}
