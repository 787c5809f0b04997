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

    /// <summary>The account that the hint names; where it names nobody, a text that stands for the hint and is no account's id.</summary>
    public required string AccountId { get; init; }

    /// <summary>
    /// Whether the hint names nobody who may be asked. Whoever cannot name the code learns nothing of who is known here, so such a check takes as long and is locked as soon as one of
    /// an account; what it finds is answered as a wrong code in any case.
    /// </summary>
    public bool NamesNobody { get; init; }

    /// <summary>Which hint named it.</summary>
    public required HintKind HintKind { get; init; }

    /// <summary>The code; null when none came and <see cref="CibaOptions.UserCodeRequiredFor"/> does not ask for one: an account may still insist.</summary>
    public required string? UserCode { get; init; }

    /// <summary>Now.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The client; never the code or the person.</summary>
    public override string ToString() => $"user code from {Client.ClientId}";
}
