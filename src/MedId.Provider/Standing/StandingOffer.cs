namespace MedId.Provider;

/// <summary>A composition in words, for the person to read before the choice.</summary>
/// <param name="Draft">Its id; becomes the consent's.</param>
/// <param name="Notice">The notice in canonical form (RFC 8785).</param>
/// <param name="NoticeDigest">base64url of SHA-256 over it.</param>
/// <param name="Lifetime">How long the choice is waited for.</param>
public sealed record StandingOffer(string Draft, string Notice, string NoticeDigest, TimeSpan Lifetime)
{
    /// <summary>The id only.</summary>
    public override string ToString() => Draft;
}
