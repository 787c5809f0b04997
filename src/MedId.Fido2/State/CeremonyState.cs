using MedId.Core;
using MedId.Cryptography;

namespace MedId.Fido2;

/// <summary>What a server has to remember between the options and the response: everything that the expectations need.</summary>
/// <remarks>Keep it in a session, or hand it to the client protected (<see cref="CeremonyStateProtector"/>); either way consume <see cref="ReplayKey"/> once.</remarks>
public sealed record CeremonyState
{
    /// <summary>How long a ceremony may take unless told otherwise: 5 minutes, the lower end of what WebAuthn L3 §15.1 recommends (300 to 600 seconds).</summary>
    public static readonly TimeSpan DefaultLifetime = TimeSpan.FromMinutes(5);

    /// <summary>Which ceremony.</summary>
    public required CeremonyKind Kind { get; init; }

    /// <summary>The challenge that was issued: at least 16 random bytes.</summary>
    public required ReadOnlyMemory<byte> Challenge { get; init; }

    /// <summary>The RP ID that was sent.</summary>
    public required string RpId { get; init; }

    /// <summary>The origins that may answer.</summary>
    public required IReadOnlyList<string> Origins { get; init; }

    /// <summary>The first instant at which a response comes too late.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>The account, as the server names it; null where nobody is known yet.</summary>
    public string? User { get; init; }

    /// <summary>The user handle that was sent; null where none was.</summary>
    public ReadOnlyMemory<byte>? UserHandle { get; init; }

    /// <summary>What was asked of user verification. Default: required.</summary>
    public UserVerificationRequirement UserVerification { get; init; } = UserVerificationRequirement.Required;

    /// <summary>Whether a frame may answer. Default: not.</summary>
    public bool AllowCrossOrigin { get; init; }

    /// <summary>The pages that may embed it. Default: none.</summary>
    public IReadOnlyList<string> TopOrigins { get; init; } = [];

    /// <summary>The algorithms that were offered; registration only. Default: <see cref="CredentialParameters.Supported"/>.</summary>
    public IReadOnlyList<long> Algorithms { get; init; } = CredentialParameters.Supported;

    /// <summary>Whether the credential is made by conditional mediation; registration only. Default: not.</summary>
    public bool ConditionalCreate { get; init; }

    /// <summary>The credentials that may answer; authentication only. Default: none, which allows every one.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> AllowCredentials { get; init; } = [];

    /// <summary>The AppID that was sent; null where none was.</summary>
    public string? AppId { get; init; }

    /// <summary>The identifiers of the extensions that were requested. Default: none.</summary>
    public IReadOnlyList<string> RequestedExtensions { get; init; } = [];

    /// <summary>What the caller consumes, once and atomically, when the verification succeeds: the challenge.</summary>
    public ReplayKey ReplayKey => new($"fido2 {RpId}", StrictBase64Url.Encode(Challenge.Span), ExpiresAt);

    /// <inheritdoc/>
    public override string ToString() => $"{Kind} {RpId}";
}
