using MedId.Core;

namespace MedId.Provider;

/// <summary>An act that the OP asked a phone or a terminal for and still waits for. Taken once.</summary>
public sealed record Ceremony
{
    /// <summary>The tenant.</summary>
    public required TenantId Tenant { get; init; }

    /// <summary>The <c>serverData</c> of the UAF header: 256 random bits, base64url.</summary>
    public required string Id { get; init; }

    /// <summary>Which act.</summary>
    public required CeremonyKind Kind { get; init; }

    /// <summary>The protocol that has to answer: <c>fido2</c> for a passkey, null for the others, which their own members tell apart.</summary>
    public string? Protocol { get; init; }

    /// <summary>The account that has to act; empty for the sign-in of a card or a passkey, whose holder turns out with the answer.</summary>
    public required string AccountId { get; init; }

    /// <summary>The challenge, base64url of 32 bytes.</summary>
    public required string Challenge { get; init; }

    /// <summary>Its end.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>The request, for open and consent; the consent, for one that is given beforehand.</summary>
    public string? RequestId { get; init; }

    /// <summary>The relation, for the appointment of an agent.</summary>
    public string? RelationId { get; init; }

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

    /// <summary>The terminal at which the act was begun; null for a device of the person's own.</summary>
    public string? TerminalId { get; init; }

    /// <summary>When the card's challenge was issued; null for UAF.</summary>
    public DateTimeOffset? IssuedAt { get; init; }

    /// <summary>The consent that is being given beforehand; null for everything else. Personal: stores encrypt it.</summary>
    public StandingDraft? Standing { get; init; }

    /// <summary>The nonce of the last act's challenge, for a card; of every act of a passkey.</summary>
    public string? Nonce { get; init; }
}
