using MedId.Cryptography;
using MedId.Pki;

namespace MedId.Consent;

/// <summary>Who may sign as what. What is signed never says it: whoever may write the artefact could write that too.</summary>
public sealed record ArtefactSignerRule
{
    /// <summary>The role.</summary>
    public required ArtefactSignerRole Role { get; init; }

    /// <summary>How reports call whoever this is; null: no name.</summary>
    public string? Label { get; init; }

    /// <summary>Anchors under which certificates of this role stand; they are among those of the policy for documents. Empty: none of its certificates is known by its anchor.</summary>
    public IReadOnlyCollection<TrustAnchor> Anchors { get; init; } = [];

    /// <summary>SHA-256 of the certificates of this role, lower-case hexadecimal; narrows <see cref="Anchors"/> where both are given. Null: no such list.</summary>
    public IReadOnlyCollection<string>? Certificates { get; init; }

    /// <summary>The keys with which this role signs JSON.</summary>
    public JsonWebKeySet Keys { get; init; } = JsonWebKeySet.Empty;
}
