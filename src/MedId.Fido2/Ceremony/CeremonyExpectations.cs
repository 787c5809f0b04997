using MedId.Cryptography;

namespace MedId.Fido2;

/// <summary>What a response of either ceremony is held against: the facts of the options that were sent, the trust of the server, the time.</summary>
/// <remarks>All of it comes from the server's own state and configuration, nothing from the response.</remarks>
public abstract record CeremonyExpectations
{
    private protected CeremonyExpectations()
    {
    }

    /// <summary>The RP ID that was sent.</summary>
    public required string RpId { get; init; }

    /// <summary>
    /// The origins that may speak for the relying party, compared exactly: <c>https://host[:port]</c>, related origins as they stand in the published document,
    /// native apps as <c>android:apk-key-hash:…</c> (see <see cref="AndroidOrigin"/>).
    /// </summary>
    public required IReadOnlyCollection<string> Origins { get; init; }

    /// <summary>The challenge that was issued: at least 16 random bytes (§13.4.3); for this ceremony alone.</summary>
    /// <exception cref="ArgumentException">It is empty: then any old response would do.</exception>
    public required ReadOnlyMemory<byte> Challenge
    {
        get;
        init => field = value.IsEmpty ? throw new ArgumentException("Give the challenge that was issued.", nameof(value)) : value;
    }

    /// <summary>The time of the verification.</summary>
    public required DateTimeOffset Now { get; init; }

    /// <summary>Whether a response without user verification is refused. Default: it is.</summary>
    public UserVerificationRequirement UserVerification { get; init; } = UserVerificationRequirement.Required;

    /// <summary>Whether the ceremony may run in a frame that is not same-origin with its ancestors. Default: not.</summary>
    public bool AllowCrossOrigin { get; init; }

    /// <summary>The pages that may embed it, compared exactly. Default: none, so every <c>topOrigin</c> is refused.</summary>
    public IReadOnlyCollection<string> TopOrigins { get; init; } = [];

    /// <summary>The AppID that was sent in <c>appid</c> or <c>appidExclude</c>; null where none was.</summary>
    public string? AppId { get; init; }

    /// <summary>Which credentials are accepted by their backup flags. Default: all.</summary>
    public BackupPolicy Backup { get; init; } = BackupPolicy.Any;

    /// <summary>The identifiers of the extensions that were requested, client and authenticator ones. Default: none.</summary>
    public IReadOnlyCollection<string> RequestedExtensions { get; init; } = [];

    /// <summary>What becomes of outputs that were not requested. Default: passed over.</summary>
    public UnsolicitedExtensions UnsolicitedExtensions { get; init; } = UnsolicitedExtensions.Ignore;

    /// <summary>Which algorithms are accepted. Default: <see cref="AlgorithmPolicy.Default"/>.</summary>
    public AlgorithmPolicy AlgorithmPolicy { get; init; } = AlgorithmPolicy.Default;
}
