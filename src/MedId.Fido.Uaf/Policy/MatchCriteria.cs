using MedId.Fido.Metadata;

namespace MedId.Fido.Uaf;

/// <summary>What an authenticator has to be: every member that is set must match. <c>MatchCriteria</c>, UAF 1.1 protocol §3.1.</summary>
/// <remarks>
/// With <see cref="Aaids"/> only <see cref="KeyIds"/>, <see cref="AttachmentHint"/>, <see cref="AuthenticatorVersion"/> and <see cref="Extensions"/> may be
/// set; without it <see cref="AuthenticationAlgorithms"/> and <see cref="AssertionSchemes"/> are mandatory. <see cref="UafRequestFactory"/> refuses other
/// combinations; criteria that are read are taken as they are.
/// </remarks>
public sealed record MatchCriteria
{
    /// <summary>The only assertion scheme of UAF authenticators.</summary>
    public const string Uafv1Tlv = "UAFV1TLV";

    /// <summary><c>aaid</c>.</summary>
    public IReadOnlyList<Aaid> Aaids { get; init; } = [];

    /// <summary><c>vendorID</c>: the first four digits of an AAID.</summary>
    public IReadOnlyList<string> VendorIds { get; init; } = [];

    /// <summary><c>keyIDs</c>. They reveal accounts and devices: only for a user who is already known.</summary>
    public IReadOnlyList<UafKeyId> KeyIds { get; init; } = [];

    /// <summary><c>userVerification</c>.</summary>
    public UserVerificationMethods? UserVerification { get; init; }

    /// <summary><c>keyProtection</c>: one bit in common.</summary>
    public KeyProtections? KeyProtection { get; init; }

    /// <summary><c>matcherProtection</c>: one bit in common.</summary>
    public MatcherProtections? MatcherProtection { get; init; }

    /// <summary><c>attachmentHint</c>: one bit in common.</summary>
    public AttachmentHints? AttachmentHint { get; init; }

    /// <summary><c>tcDisplay</c>: one bit in common.</summary>
    public TransactionDisplays? TransactionDisplay { get; init; }

    /// <summary><c>authenticationAlgorithms</c>: one in common.</summary>
    public IReadOnlyList<FidoAlgorithm> AuthenticationAlgorithms { get; init; } = [];

    /// <summary><c>assertionSchemes</c>: one in common.</summary>
    public IReadOnlyList<string> AssertionSchemes { get; init; } = [];

    /// <summary><c>attestationTypes</c>, in order of preference: one in common.</summary>
    public IReadOnlyList<UafAttestationType> AttestationTypes { get; init; } = [];

    /// <summary><c>authenticatorVersion</c>: this or a later version.</summary>
    public ushort? AuthenticatorVersion { get; init; }

    /// <summary><c>exts</c>.</summary>
    public IReadOnlyList<UafExtension> Extensions { get; init; } = [];

    /// <summary>Whether the combination of members may be sent.</summary>
    internal bool IsWellCombined => Aaids.Count > 0
        ? VendorIds.Count == 0 && UserVerification is null && KeyProtection is null && MatcherProtection is null && TransactionDisplay is null
            && AuthenticationAlgorithms.Count == 0 && AssertionSchemes.Count == 0 && AttestationTypes.Count == 0
        : AuthenticationAlgorithms.Count > 0 && AssertionSchemes.Count > 0 && VendorIds.All(id => Aaid.TryHex(id, out _));

    /// <summary>Whether an authenticator of this model fits, as far as its metadata can say.</summary>
    /// <param name="model">The model.</param>
    /// <param name="version">The version that the authenticator states.</param>
    /// <param name="keyId">The key it used; null when not yet known, then <see cref="KeyIds"/> never match.</param>
    public bool Matches(UafMetadataStatement model, ushort version, UafKeyId? keyId) => FindMismatch(model, version, keyId) is null;

    /// <summary>The first member that leaves an authenticator of this model out, as the protocol names it; null where all match.</summary>
    /// <param name="model">The model.</param>
    /// <param name="version">The version that the authenticator states.</param>
    /// <param name="keyId">The key it used; null when not yet known, then <see cref="KeyIds"/> never match.</param>
    public string? FindMismatch(UafMetadataStatement model, ushort version, UafKeyId? keyId)
    {
        ArgumentNullException.ThrowIfNull(model);
        return !In(Aaids, model.Aaid) ? "aaid"
            : VendorIds.Count > 0 && !VendorIds.Contains(model.Aaid.VendorId, StringComparer.OrdinalIgnoreCase) ? "vendorID"
            : KeyIds.Count > 0 && !(keyId is { } known && KeyIds.Contains(known)) ? "keyIDs"
            : UserVerification is { } methods && !model.Verifies(methods) ? "userVerification"
            : KeyProtection is { } key && (key & model.KeyProtection) == default ? "keyProtection"
            : MatcherProtection is { } matcher && (matcher & model.MatcherProtection) == default ? "matcherProtection"
            : AttachmentHint is { } hint && (hint & model.AttachmentHint) == default ? "attachmentHint"
            : TransactionDisplay is { } display && (display & model.TransactionDisplay) == default ? "tcDisplay"
            : !Meets(AuthenticationAlgorithms, model.AuthenticationAlgorithms) ? "authenticationAlgorithms"
            : AssertionSchemes.Count > 0 && !AssertionSchemes.Contains(model.AssertionScheme, StringComparer.Ordinal) ? "assertionSchemes"
            : !Meets(AttestationTypes, model.AttestationTypes) ? "attestationTypes"
            : AuthenticatorVersion is { } least && version < least ? "authenticatorVersion"
            : Extensions.Any(extension => extension.FailIfUnknown) ? "exts"
            : null;
    }

    private static bool In<T>(IReadOnlyList<T> listed, T value) => listed.Count == 0 || listed.Contains(value);

    private static bool Meets<T>(IReadOnlyList<T> listed, IReadOnlyList<T> offered) => listed.Count == 0 || listed.Any(offered.Contains);
}
