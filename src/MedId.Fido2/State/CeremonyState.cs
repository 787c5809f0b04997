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
    public required WebAuthnCeremony Kind { get; init; }

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

    /// <summary>The state of a registration, as its options say.</summary>
    /// <param name="options">What is sent; <c>rp.id</c> is set.</param>
    /// <param name="origins">The origins that may answer.</param>
    /// <param name="user">The account, as the server names it; null where there is none yet.</param>
    /// <param name="now">The time.</param>
    /// <param name="lifetime">How long the ceremony may take; null for the timeout of the options, or <see cref="DefaultLifetime"/>.</param>
    /// <exception cref="ArgumentException">The options name no RP ID.</exception>
    public static CeremonyState ForRegistration(
        PublicKeyCredentialCreationOptions options, IReadOnlyList<string> origins, string? user, DateTimeOffset now, TimeSpan? lifetime = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        return new()
        {
            Kind = WebAuthnCeremony.Registration,
            Challenge = options.Challenge,
            RpId = options.Rp.Id ?? throw new ArgumentException("Name the RP ID.", nameof(options)),
            Origins = origins,
            ExpiresAt = now + (lifetime ?? options.Timeout ?? DefaultLifetime),
            User = user,
            UserHandle = options.User.Id,
            UserVerification = Requirement(options.AuthenticatorSelection?.UserVerification),
            Algorithms = [.. options.PubKeyCredParams.Where(parameter => parameter.Type == CredentialDescriptor.PublicKey).Select(parameter => parameter.Algorithm)],
            AppId = options.Extensions?.AppIdExclude,
            RequestedExtensions = options.Extensions?.ToIdentifiers() ?? [],
        };
    }

    /// <summary>The state of an authentication, as its options say.</summary>
    /// <param name="options">What is sent; <c>rpId</c> is set.</param>
    /// <param name="origins">The origins that may answer.</param>
    /// <param name="user">The account, as the server names it; null where nobody is known yet.</param>
    /// <param name="now">The time.</param>
    /// <param name="lifetime">How long the ceremony may take; null for the timeout of the options, or <see cref="DefaultLifetime"/>.</param>
    /// <exception cref="ArgumentException">The options name no RP ID.</exception>
    public static CeremonyState ForAuthentication(
        PublicKeyCredentialRequestOptions options, IReadOnlyList<string> origins, string? user, DateTimeOffset now, TimeSpan? lifetime = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        return new()
        {
            Kind = WebAuthnCeremony.Authentication,
            Challenge = options.Challenge,
            RpId = options.RpId ?? throw new ArgumentException("Name the RP ID.", nameof(options)),
            Origins = origins,
            ExpiresAt = now + (lifetime ?? options.Timeout ?? DefaultLifetime),
            User = user,
            UserVerification = Requirement(options.UserVerification),
            AllowCredentials = [.. options.AllowCredentials?.Select(descriptor => descriptor.Id) ?? []],
            AppId = options.Extensions?.AppId,
            RequestedExtensions = options.Extensions?.ToIdentifiers() ?? [],
        };
    }

    /// <summary>What the response is held against; add the policy for attestation, and who knows the registered credential ids.</summary>
    /// <param name="now">The time of the verification.</param>
    /// <exception cref="InvalidOperationException">The state is one of an authentication.</exception>
    public RegistrationExpectations ToRegistrationExpectations(DateTimeOffset now) => Kind != WebAuthnCeremony.Registration
        ? throw new InvalidOperationException("This is the state of an authentication.")
        : new()
        {
            RpId = RpId,
            Origins = Origins,
            TopOrigins = TopOrigins,
            AllowCrossOrigin = AllowCrossOrigin,
            Challenge = Challenge,
            UserVerification = UserVerification,
            Algorithms = Algorithms,
            ConditionalCreate = ConditionalCreate,
            UserHandle = UserHandle,
            AppId = AppId,
            RequestedExtensions = RequestedExtensions,
            Now = now,
        };

    /// <summary>What the response is held against; add the policies for counter and backup.</summary>
    /// <param name="credential">The record that the caller found by the response's credential id, in the account of <see cref="User"/> or of the response's user handle.</param>
    /// <param name="now">The time of the verification.</param>
    /// <exception cref="InvalidOperationException">The state is one of a registration.</exception>
    public AuthenticationExpectations ToAuthenticationExpectations(CredentialRecord credential, DateTimeOffset now) => Kind != WebAuthnCeremony.Authentication
        ? throw new InvalidOperationException("This is the state of a registration.")
        : new()
        {
            RpId = RpId,
            Origins = Origins,
            TopOrigins = TopOrigins,
            AllowCrossOrigin = AllowCrossOrigin,
            Challenge = Challenge,
            UserVerification = UserVerification,
            Credential = credential,
            UserIdentified = User is not null,
            UserHandle = UserHandle,
            AllowCredentials = AllowCredentials,
            AppId = AppId,
            RequestedExtensions = RequestedExtensions,
            Now = now,
        };

    /// <inheritdoc/>
    public override string ToString() => $"{Kind} {RpId}";

    /// <summary>A value that is not known counts as the standard's default.</summary>
    private static UserVerificationRequirement Requirement(string? value) => value switch
    {
        "required" => UserVerificationRequirement.Required,
        "discouraged" => UserVerificationRequirement.Discouraged,
        _ => UserVerificationRequirement.Preferred,
    };
}
