using MedId.Core;

namespace MedId.Provider;

/// <summary>A UAF act that the OP asked for and still waits for. Taken once.</summary>
public sealed record Ceremony
{
    /// <summary>The tenant.</summary>
    public required TenantId Tenant { get; init; }

    /// <summary>The <c>serverData</c> of the UAF header: 256 random bits, base64url.</summary>
    public required string Id { get; init; }

    /// <summary>Which act.</summary>
    public required CeremonyKind Kind { get; init; }

    /// <summary>The account that has to act.</summary>
    public required string AccountId { get; init; }

    /// <summary>The challenge, base64url of 32 bytes.</summary>
    public required string Challenge { get; init; }

    /// <summary>Its end.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>The request, for open and consent.</summary>
    public string? RequestId { get; init; }

    /// <summary>The ticket's digest, for enrolment.</summary>
    public string? TicketDigest { get; init; }

    /// <summary>The push address that the challenge covers, for enrolment. Personal: stores encrypt it.</summary>
    public string? PushAddress { get; init; }

    /// <summary>The ASCII transaction content, for consent.</summary>
    public string? Transaction { get; init; }

    /// <summary>The canonical choice, for consent.</summary>
    public string? Choice { get; init; }

    /// <summary>The digest that the transaction carries, for consent.</summary>
    public string? Digest { get; init; }
}
