using MedId.Core;

namespace MedId.Ciba.Server;

/// <summary>A refused backchannel request of an authenticated client, as far as it had been read.</summary>
public sealed record BackchannelRefusal
{
    /// <summary>The tenant.</summary>
    public required TenantId Tenant { get; init; }

    /// <summary>The authenticated client.</summary>
    public required string ClientId { get; init; }

    /// <summary>The scopes asked for; empty where the parameters were refused.</summary>
    public IReadOnlyList<string> Scopes { get; init; } = [];

    /// <summary>The resource asked for; null where none is known.</summary>
    public string? Resource { get; init; }

    /// <summary>The account that the hint resolved to; null where it did not.</summary>
    public string? AccountId { get; init; }

    /// <summary>Why.</summary>
    public required MedIdError Error { get; init; }

    /// <summary>Now.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The client and the code; nothing personal.</summary>
    public override string ToString() => $"{ClientId} {Error.Code}";
}
