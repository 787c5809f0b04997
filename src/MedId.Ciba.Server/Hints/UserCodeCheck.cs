using MedId.Core;
using MedId.OAuth.Server;

namespace MedId.Ciba.Server;

/// <summary>A user code to judge.</summary>
public sealed record UserCodeCheck
{
    /// <summary>The tenant.</summary>
    public required TenantId Tenant { get; init; }

    /// <summary>The authenticated client.</summary>
    public required ClientRegistration Client { get; init; }

    /// <summary>The account that the hint names.</summary>
    public required string AccountId { get; init; }

    /// <summary>Which hint named it.</summary>
    public required HintKind HintKind { get; init; }

    /// <summary>The code; null when none came and <see cref="CibaOptions.UserCodeRequiredFor"/> does not ask for one: an account may still insist.</summary>
    public required string? UserCode { get; init; }

    /// <summary>Now.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The client; never the code or the person.</summary>
    public override string ToString() => $"user code from {Client.ClientId}";
}
