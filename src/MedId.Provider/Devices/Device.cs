using MedId.Core;

namespace MedId.Provider;

/// <summary>An enrolled authenticator and the push address that was bound with it.</summary>
public sealed record Device
{
    /// <summary>The tenant.</summary>
    public required TenantId Tenant { get; init; }

    /// <summary>The account.</summary>
    public required string AccountId { get; init; }

    /// <summary>The protocol: <c>fido-uaf</c>, or <c>jpki</c> for a My Number card.</summary>
    public required string Protocol { get; init; }

    /// <summary>The authenticator's model: the AAID, or the kind of certificate.</summary>
    public required string Model { get; init; }

    /// <summary>The key id, base64url; of a card the keyed digest that stands for its holder, never a serial number.</summary>
    public required string KeyId { get; init; }

    /// <summary>The public key as registered; empty for a card, whose certificate comes with every act and is not kept.</summary>
    public required byte[] PublicKey { get; init; }

    /// <summary>Its format (FIDO registry).</summary>
    public required int PublicKeyFormat { get; init; }

    /// <summary>The signature algorithm (FIDO registry).</summary>
    public required int Algorithm { get; init; }

    /// <summary>The last signature counter seen; 0 when the authenticator has none.</summary>
    public required long SignCounter { get; init; }

    /// <summary>The registration counter at enrolment.</summary>
    public required long RegistrationCounter { get; init; }

    /// <summary>The authenticator's version at enrolment.</summary>
    public required int AuthenticatorVersion { get; init; }

    /// <summary>The attestation type (FIDO registry).</summary>
    public required int AttestationType { get; init; }

    /// <summary>SHA-256 of the pinned anchor up to which attestation was verified; null for surrogate attestation.</summary>
    public string? TrustAnchor { get; init; }

    /// <summary>Labelled SHA-256 of the account handle that this device was given, base64url.</summary>
    public required string HandleDigest { get; init; }

    /// <summary>Where requests are announced; empty for a card. Personal: stores encrypt it.</summary>
    public required string PushAddress { get; init; }

    /// <summary>When it was enrolled.</summary>
    public required DateTimeOffset EnrolledAt { get; init; }
}
