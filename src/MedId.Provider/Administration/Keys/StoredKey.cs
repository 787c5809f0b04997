using MedId.Cryptography;

namespace MedId.Provider;

/// <summary>A signing key as the ring keeps it.</summary>
public sealed record StoredKey
{
    /// <summary>Its id (<c>kid</c>): the thumbprint of its public half (RFC 7638).</summary>
    public required string KeyId { get; init; }

    /// <summary>The only algorithm that it signs with.</summary>
    public required SignatureAlgorithm Algorithm { get; init; }

    /// <summary>How it stands.</summary>
    public required StoredKeyState State { get; init; }

    /// <summary>The public half.</summary>
    public required JsonWebKey Public { get; init; }

    /// <summary>The private half as PKCS#8; null once it may not sign any more. Secret: stores encrypt it.</summary>
    internal byte[]? Pkcs8 { get; init; }

    /// <summary>When it was published.</summary>
    public required DateTimeOffset PublishedAt { get; init; }

    /// <summary>Before this it does not sign: some reader may still hold a key set without it.</summary>
    public required DateTimeOffset ReadyAt { get; init; }

    /// <summary>Since when it signs; null before.</summary>
    public DateTimeOffset? CurrentAt { get; init; }

    /// <summary>Since when it does not sign any more; null before.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Until when a retired key is published; null for the others.</summary>
    public DateTimeOffset? PublishedUntil { get; init; }

    /// <summary>Whether it was imported; otherwise it was made here.</summary>
    public bool Imported { get; init; }

    /// <summary>Id, algorithm and state; nothing secret.</summary>
    public override string ToString() => $"{Algorithm} {KeyId} {State}";
}
