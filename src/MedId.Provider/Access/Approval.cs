using MedId.Ciba.Server;
using MedId.Core;
using MedId.OAuth.Server;

namespace MedId.Provider;

/// <summary>Everything that one verified last act, or a decision without one, changes, for one atomic step.</summary>
public sealed record Approval
{
    /// <summary>The request (<see cref="CibaRequest.Id"/>).</summary>
    public required string RequestId { get; init; }

    /// <summary>What tokens are made from; its id and consent id are the consent's.</summary>
    public required Grant Grant { get; init; }

    /// <summary>The consent to record.</summary>
    public required ConsentRecord Consent { get; init; }

    /// <summary>The device that acted; null where none did, which only a consent with a <see cref="ConsentRecord.Ground"/> allows.</summary>
    public required DeviceUse? Device { get; init; }

    /// <summary>Now.</summary>
    public required DateTimeOffset At { get; init; }
}
