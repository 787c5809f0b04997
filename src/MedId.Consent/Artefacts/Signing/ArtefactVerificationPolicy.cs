using MedId.Cryptography;
using MedId.Signatures;

namespace MedId.Consent;

/// <summary>What has to hold for the signatures of an artefact. Nobody is trusted who is not named here.</summary>
public sealed record ArtefactVerificationPolicy
{
    /// <summary>The <c>typ</c> that our own JWS carry.</summary>
    public const string JwsType = "medid-consent+jws";

    /// <summary>Who may sign as what; the first rule that fits a signature and is not taken by another one gives its role.</summary>
    public required IReadOnlyList<ArtefactSignerRule> Signers { get; init; }

    /// <summary>The roles that must have signed, each by a signature and a signer of its own. Empty: one of <see cref="Signers"/> is enough, which is what the framework of MeitY asks.</summary>
    public IReadOnlyCollection<ArtefactSignerRole> Required { get; init; } = [];

    /// <summary>Path, revocation and algorithms for XML signatures; null: XML is not accepted.</summary>
    public SignaturePolicy? Documents { get; init; }

    /// <summary>Algorithms for JSON.</summary>
    public AlgorithmPolicy Algorithms { get; init; } = AlgorithmPolicy.Default;

    /// <summary>The <c>typ</c> that a JWS must have (RFC 8725 §3.11); null takes any, for signers who set none.</summary>
    public string? Type { get; init; } = JwsType;

    /// <summary>What was chosen when the artefact was written.</summary>
    public ArtefactOptions Options { get; init; } = ArtefactOptions.Default;
}
