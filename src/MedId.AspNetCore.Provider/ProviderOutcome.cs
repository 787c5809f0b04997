using MedId.Core;
using MedId.Provider;

namespace MedId.AspNetCore.Provider;

/// <summary>What an endpoint of the OP decided, as a feature of the HTTP context: for an integrator's own audit or measuring, after the endpoint ran.</summary>
/// <remarks>Read with <c>HttpContext.Features.Get&lt;ProviderOutcome&gt;()</c>. Holds codes and our own ids only.</remarks>
public sealed class ProviderOutcome
{
    /// <summary>Why the request was refused; null when it was not.</summary>
    public MedIdError? Error { get; init; }

    /// <summary>What an operator should know although the answer was not an error: an undelivered announcement, the reason of an inactive token.</summary>
    public MedIdError? Warning { get; init; }

    /// <summary>The authenticated client; null when none was, or none is needed.</summary>
    public string? ClientId { get; init; }

    /// <summary>The device act that was answered; null elsewhere.</summary>
    public CeremonyKind? Act { get; init; }
}
