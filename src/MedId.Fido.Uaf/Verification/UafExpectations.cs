using MedId.Core;
using MedId.Cryptography;

namespace MedId.Fido.Uaf;

/// <summary>What a response is held against: the facts of the request that was sent, the trust of the server, the time.</summary>
/// <remarks>All of it comes from the server's own store and configuration, nothing from the response.</remarks>
public abstract record UafExpectations
{
    private protected UafExpectations()
    {
    }

    /// <summary>The appID that was sent; empty where none was, then the facet stands in for it.</summary>
    public required string AppId { get; init; }

    /// <summary>The challenge that was sent: base64url of 8 to 64 bytes.</summary>
    public required string Challenge { get; init; }

    /// <summary>The first instant at which the challenge is too old.</summary>
    public required DateTimeOffset ChallengeExpiresAt { get; init; }

    /// <summary>The policy that was sent.</summary>
    public required UafPolicy Policy { get; init; }

    /// <summary>The facets that may speak for the application.</summary>
    public required TrustedFacetList TrustedFacets { get; init; }

    /// <summary>The models that are known.</summary>
    public required UafMetadataSet Metadata { get; init; }

    /// <summary>The time of the verification.</summary>
    public required DateTimeOffset Now { get; init; }

    /// <summary>The server data that was sent; null where none was.</summary>
    public string? ServerData { get; init; }

    /// <summary>The versions that the request carried. Default: all that this library speaks.</summary>
    public IReadOnlyList<UafVersion> Versions { get; init; } = UafVersion.Supported;

    /// <summary>What is known of the TLS channel. Default: nothing.</summary>
    public ChannelBindingExpectation ChannelBinding { get; init; } = ChannelBindingExpectation.NotKnown;

    /// <summary>Which algorithms are accepted, beside what the model's metadata allows. Default: <see cref="AlgorithmPolicy.Default"/>.</summary>
    public AlgorithmPolicy Algorithms { get; init; } = AlgorithmPolicy.Default;

    /// <summary>Extensions that the caller processes; an unknown one that must be understood is refused. Default: none.</summary>
    public IReadOnlyCollection<string> KnownExtensions { get; init; } = [];

    /// <summary>What the server's store says of the challenge. Default <see cref="UafChallengeState.Open"/>: the caller consumes <see cref="ReplayKey"/> afterwards.</summary>
    public UafChallengeState ChallengeState { get; init; }

    /// <summary>Departures from the standard that are taken all the same, each by name. Default: none. Results say which they needed.</summary>
    public UafLeniencies DangerouslyTolerate { get; init; }

    /// <summary>Whether firmware older than the metadata, or than at registration, is accepted and noted as <see cref="UafRisks.OutdatedFirmware"/>. Default: refused.</summary>
    public bool AcceptOutdatedFirmware { get; init; }

    /// <summary>What the caller consumes, once and atomically, when the verification succeeds: the challenge.</summary>
    public ReplayKey ReplayKey => new(AppId.Length == 0 ? "uaf" : AppId, Challenge, ChallengeExpiresAt);
}
