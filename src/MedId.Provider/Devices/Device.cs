using System.Text.Json.Serialization;
using MedId.Core;
using MedId.Cryptography;

namespace MedId.Provider;

/// <summary>An enrolled authenticator and the push address that was bound with it.</summary>
public sealed record Device
{
    /// <summary>The tenant.</summary>
    public required TenantId Tenant { get; init; }

    /// <summary>The account.</summary>
    public required string AccountId { get; init; }

    /// <summary>The device's opaque id at this OP: a labelled digest of model and key id.</summary>
    [JsonIgnore]
    public string Id => IdOf(Model, KeyId);

    /// <summary>The protocol: <c>fido-uaf</c>, <c>fido2</c> for a passkey, or <c>jpki</c> for a My Number card.</summary>
    public required string Protocol { get; init; }

    /// <summary>The authenticator's model: the AAID, the AAGUID of a passkey, or the kind of certificate.</summary>
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

    /// <summary>How it stands. Stores keep it beside the record and change it by <see cref="ILifeCycleStore"/> only.</summary>
    public DeviceState State { get; init; }

    /// <summary>The name that its owner gave it; null for none. Personal: stores encrypt it.</summary>
    public string? Name { get; init; }

    /// <summary>Its end by the OP's policy; null for none.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>Whether attestation and metadata said at enrolment that its key is in protected hardware.</summary>
    public bool HardwareBound { get; init; }

    /// <summary>How its owner had been checked; null when nothing was said. Stores take it from the ticket.</summary>
    public ProofingRecord? Proofing { get; init; }

    /// <summary>The credential record of a passkey, JSON; null otherwise.</summary>
    public string? Credential { get; init; }

    /// <summary>Whether a passkey was backed up when it was last used (WebAuthn flag BS); null for other devices.</summary>
    public bool? BackedUp { get; init; }

    /// <summary>The proofing that is needed to bind another device once this one was there: never weaker than its own, and at least substantial for a key in hardware.</summary>
    [JsonIgnore]
    public ProofingLevel RecoveryLevel
    {
        get
        {
            var own = Proofing?.Level ?? ProofingLevel.Unstated;
            return HardwareBound && own < ProofingLevel.Substantial ? ProofingLevel.Substantial : own;
        }
    }

    /// <summary>How it stands at an instant: its end counts whether or not it was swept.</summary>
    /// <param name="at">The instant.</param>
    /// <returns>The state.</returns>
    public DeviceState StateAt(DateTimeOffset at) =>
        ExpiresAt is { } end && at >= end && DeviceTransitions.Decide(State, DeviceEvent.Expire).Succeeded ? DeviceState.Expired : State;

    /// <summary>Whether it may act at an instant.</summary>
    /// <param name="at">The instant.</param>
    /// <returns>True when it is active and its end has not come.</returns>
    public bool MayActAt(DateTimeOffset at) => StateAt(at) == DeviceState.Active;

    /// <summary>The id of the device that has a key.</summary>
    internal static string IdOf(string model, string keyId) => SecretDigest.Compute("device key", $"{model}\n{keyId}");
}
