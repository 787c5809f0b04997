namespace MedId.Core;

/// <summary>What was shown and chosen, byte for byte, and the digest that the person's last act signed.</summary>
public sealed record ConsentNoticeRecord
{
    /// <summary>Version of the notice's structure.</summary>
    public required string Version { get; init; }

    /// <summary>Version of the texts, so that the wording can be found again (ISO/IEC 29184 §5.2.8).</summary>
    public required string TextsVersion { get; init; }

    /// <summary>The version of what is said about the recipient, where it has versions: a later one with a material change asks again.</summary>
    public int? RecipientVersion { get; init; }

    /// <summary>BCP 47 language in which it was shown.</summary>
    public required string Language { get; init; }

    /// <summary>The notice in canonical form (RFC 8785).</summary>
    public required string Notice { get; init; }

    /// <summary>The choice in canonical form (RFC 8785).</summary>
    public required string Choice { get; init; }

    /// <summary>base64url of SHA-256 over the canonical form of <c>{"choice":…,"notice":…}</c>.</summary>
    public required string Digest { get; init; }
}
