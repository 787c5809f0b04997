using MedId.Ciba.Server;
using MedId.Core;
using MedId.OAuth.Server;

namespace MedId.Provider;

/// <summary>Everything that one verified last act changes, for one atomic step.</summary>
public sealed record Approval
{
    /// <summary>The request (<see cref="CibaRequest.Id"/>).</summary>
    public required string RequestId { get; init; }

    /// <summary>What tokens are made from; its id and consent id are the consent's.</summary>
    public required Grant Grant { get; init; }

    /// <summary>The consent to record.</summary>
    public required ConsentRecord Consent { get; init; }

    /// <summary>The authenticator's model (AAID).</summary>
    public required string DeviceModel { get; init; }

    /// <summary>The key id, base64url.</summary>
    public required string DeviceKeyId { get; init; }

    /// <summary>The signature counter that the verifier compared with.</summary>
    public required long ExpectedCounter { get; init; }

    /// <summary>The signature counter received.</summary>
    public required long NextCounter { get; init; }

    /// <summary>Whether the act said that the passkey is backed up; null for other devices.</summary>
    public bool? BackedUp { get; init; }

    /// <summary>Now.</summary>
    public required DateTimeOffset At { get; init; }
}
