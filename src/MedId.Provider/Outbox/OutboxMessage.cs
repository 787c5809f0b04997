using MedId.Core;

namespace MedId.Provider;

/// <summary>Something that has to be told outside, stored in the transaction of what it tells: nothing that was promised is lost, and what did not happen is not told.</summary>
public sealed record OutboxMessage
{
    /// <summary>The tenant.</summary>
    public required TenantId Tenant { get; init; }

    /// <summary>Kind and subject, e.g. <c>ping:</c> and the request's id: a second message of the same id adds nothing.</summary>
    public required string Id { get; init; }

    /// <summary>Who handles it: one of <see cref="OutboxKinds"/>, or an integrator's own.</summary>
    public required string Kind { get; init; }

    /// <summary>What it is about: the opaque id of a request or a consent.</summary>
    public required string Subject { get; init; }

    /// <summary>What the handler keeps between attempts, as JSON; null for nothing. May be personal: stores encrypt it.</summary>
    public string? Body { get; init; }

    /// <summary>The earliest moment of the next attempt.</summary>
    public required DateTimeOffset DueAt { get; init; }

    /// <summary>From when on nobody needs to hear it any more.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>How often it was leased.</summary>
    public int Attempts { get; init; }

    /// <summary>The lease under which it is being handled; null when it is not.</summary>
    public string? Lease { get; init; }

    /// <summary>Kind and attempts; the id is nobody's name, the body is not shown.</summary>
    public override string ToString() => $"{Id}, {Attempts} attempts";
}
