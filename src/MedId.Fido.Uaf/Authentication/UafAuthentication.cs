using MedId.Core;
using MedId.Fido.Metadata;

namespace MedId.Fido.Uaf;

/// <summary>Evidence that a registered key answered a request. Only <see cref="UafAuthenticationVerifier"/> makes it.</summary>
/// <remarks>It holds once <see cref="ReplayKey"/> is consumed and the counter is stored; both are the caller's.</remarks>
public sealed class UafAuthentication
{
    internal UafAuthentication(
        UafRegistration registration,
        UafMetadataStatement model,
        UafExpectations expected,
        in SignAssertion assertion,
        string facetId,
        UafTransaction? transaction,
        UafSignCounterVerdict counter)
    {
        Registration = registration;
        Model = model;
        AuthenticatorVersion = assertion.Info.AuthenticatorVersion;
        SignCounter = assertion.SignCounter;
        SignCounterVerdict = counter;
        FacetId = facetId;
        ConfirmedTransaction = transaction;
        SignedExtensions = assertion.SignedExtensions;
        ReplayKey = expected.ReplayKey;
        At = expected.Now;
    }

    /// <summary>The registration that the key belongs to, as the caller gave it: with the old counter.</summary>
    public UafRegistration Registration { get; }

    /// <summary>The metadata of the model.</summary>
    public UafMetadataStatement Model { get; }

    /// <summary>The model.</summary>
    public Aaid Aaid => Registration.Aaid;

    /// <summary>The key.</summary>
    public UafKeyId KeyId => Registration.KeyId;

    /// <summary>The user whose key it is.</summary>
    public string User => Registration.User;

    /// <summary>The version that the authenticator states.</summary>
    public ushort AuthenticatorVersion { get; }

    /// <summary>The counter to store, by compare-and-swap on <see cref="UafRegistration.SignCounter"/> of <see cref="Registration"/>.</summary>
    public uint SignCounter { get; }

    /// <summary>What the counter said; <see cref="UafSignCounterVerdict.NotAdvanced"/> only where <see cref="UafCounterPolicy.Report"/> let it pass.</summary>
    public UafSignCounterVerdict SignCounterVerdict { get; }

    /// <summary>The app that asked.</summary>
    public string FacetId { get; }

    /// <summary>The rendering that the authenticator showed and the user confirmed, with its exact bytes; null when nothing was to be confirmed.</summary>
    public UafTransaction? ConfirmedTransaction { get; }

    /// <summary>Extensions under the signature that the caller said it knows, and those that need not be known.</summary>
    public IReadOnlyList<UafExtension> SignedExtensions { get; }

    /// <summary>How the authenticator says that it verified the user in this act; null where it does not say. See <see cref="UafUserVerificationUsed"/> for what that is worth.</summary>
    public IReadOnlyList<UafUserVerificationUsed>? UserVerificationUsed =>
        SignedExtensions.FirstOrDefault(extension => string.Equals(extension.Id, UafUserVerificationUsed.ExtensionId, StringComparison.Ordinal)) is { } extension
            ? UafUserVerificationUsed.Parse(extension.Data.Span)
            : null;

    /// <summary>What the caller consumes once, atomically: the challenge.</summary>
    public ReplayKey ReplayKey { get; }

    /// <summary>When it was verified.</summary>
    public DateTimeOffset At { get; }

    /// <summary>What it says about risk.</summary>
    public UafRisks Risks { get; internal init; }

    /// <summary>Departures from the standard that were needed, of message and assertion.</summary>
    public UafLeniencies LenienciesUsed { get; internal init; }

    /// <summary>Whether the counter did not advance: the authenticator may be a copy.</summary>
    public bool CloneSuspected => SignCounterVerdict == UafSignCounterVerdict.NotAdvanced;

    /// <summary>Whether a transaction was confirmed.</summary>
    public bool TransactionConfirmed => ConfirmedTransaction is not null;

    /// <summary>Whether the model is proved by attestation; otherwise everything the metadata says is the device's own claim.</summary>
    public bool Attested => Registration.IsAttested;

    /// <summary>Whether the private key is in protected hardware: attested, and the metadata says so, of the key and of where the person is matched, and that nothing else is signed with it.</summary>
    public bool HardwareKey => Attested
        && (Model.KeyProtection & KeyProtections.Software) == default
        && (Model.KeyProtection & (KeyProtections.Hardware | KeyProtections.TrustedExecutionEnvironment | KeyProtections.SecureElement)) != default
        && (Model.MatcherProtection & MatcherProtections.Software) == default
        && (Model.MatcherProtection & (MatcherProtections.TrustedExecutionEnvironment | MatcherProtections.OnChip)) != default
        && Model.IsKeyRestricted;

    /// <summary>Whether the authenticator verified the person in this act, beyond presence: every way the model has does so, and none reuses an earlier
    /// verification. <see cref="UserVerificationUsed"/> does not change it.</summary>
    public bool MultiFactor => Model.IsFreshUserVerificationRequired && Model.UserVerification.Count > 0 && Model.UserVerification.All(VerifiesPerson);

    /// <summary>The facts for the assurance tables of MedId.Core.</summary>
    public AuthenticatorFacts Authenticator => new()
    {
        PublicKey = true,
        UserVerified = MultiFactor,
        HardwareProtected = HardwareKey,
        Exportable = !HardwareKey,
        ReplayResistant = true,

        // The signature covers appID and facet, which the client took from the channel and the platform.
        PhishingResistant = true,
        Intent = TransactionConfirmed || (Model.UserVerification.Count > 0 && !Model.UserVerification.Any(method => method.HasFlag(UserVerificationMethods.None))),
    };

    /// <inheritdoc/>
    public override string ToString() => $"{Aaid}{(TransactionConfirmed ? " transaction confirmed" : string.Empty)}";

    // A place and a touch say nothing about who it is; voice is not admitted as a biometric (SP 800-63B-4 §3.2.3).
    private static bool VerifiesPerson(UserVerificationMethods method)
    {
        const UserVerificationMethods OfThePerson = UserVerificationMethods.Fingerprint | UserVerificationMethods.Passcode | UserVerificationMethods.Faceprint
            | UserVerificationMethods.Eyeprint | UserVerificationMethods.Pattern | UserVerificationMethods.Handprint
            | UserVerificationMethods.PasscodeExternal | UserVerificationMethods.PatternExternal;
        return !method.HasFlag(UserVerificationMethods.None) && (method & OfThePerson) != default;
    }
}
