using System.Text.Json.Serialization;
using MedId.Core;
using MedId.Cryptography;
using MedId.Pki;

namespace MedId.Jpki.Certificates;

/// <summary>Evidence that a JPKI certificate was accepted. Only this package's verifiers make it; levels and accounts are computed from it, never passed in.</summary>
/// <remarks>It does not hand the certificate out: what may be kept of it goes through <see cref="Retain"/>. Personal: never printed, never serialised.</remarks>
[JsonConverter(typeof(NeverSerialized))]
public sealed class JpkiEvidence
{
    private readonly Certificate? _certificate;

    internal JpkiEvidence(JpkiVerifierPolicy policy, JpkiCertificateProfile profile, Certificate certificate, JpkiRevocation revocation, BasicFourAttributes? basicFour, DateTimeOffset at, JpkiCheckPurpose purpose)
    {
        _certificate = certificate;
        Standing = policy.Standing;
        Kind = profile.Kind;
        Carrier = profile.Carrier;
        Hierarchy = profile.Hierarchy;
        PolicyOid = profile.PolicyOid;
        Revocation = revocation;
        BasicFour = basicFour;
        At = at;
        Purpose = purpose;
        Reference = JpkiCertificateReference.Of(profile, certificate);
        Editions = $"{policy.Profiles.Edition}; standings {policy.Standings.Edition}";
    }

    internal JpkiEvidence(
        JpkiStanding standing, JpkiCertificateKind kind, JpkiCarrier carrier, JpkiRevocation revocation, BasicFourAttributes? basicFour, PlatformReceipt receipt, string editions, DateTimeOffset at, JpkiCheckPurpose purpose)
    {
        Standing = standing;
        Kind = kind;
        Carrier = carrier;
        Hierarchy = JpkiHierarchy.Production;
        Revocation = revocation;
        BasicFour = basicFour;
        Platform = receipt;
        Editions = editions;
        At = at;
        Purpose = purpose;
    }

    /// <summary>Under which legal standing it was checked.</summary>
    public JpkiStanding Standing { get; }

    /// <summary>What the certificate is for.</summary>
    public JpkiCertificateKind Kind { get; }

    /// <summary>Where its key lives.</summary>
    public JpkiCarrier Carrier { get; }

    /// <summary>Which hierarchy it belongs to.</summary>
    public JpkiHierarchy Hierarchy { get; }

    /// <summary>Its policy; null from a platform operator.</summary>
    public string? PolicyOid { get; }

    /// <summary>Its revocation: good, unless the standing is <see cref="JpkiStanding.OwnTest"/> and nothing was asked.</summary>
    public JpkiRevocation Revocation { get; }

    /// <summary>The person's attributes; null for an authentication certificate.</summary>
    public BasicFourAttributes? BasicFour { get; }

    /// <summary>The platform operator's receipt; null for a local check.</summary>
    public PlatformReceipt? Platform { get; }

    /// <summary>For which time it was checked.</summary>
    public DateTimeOffset At { get; }

    /// <summary>Why it was checked.</summary>
    public JpkiCheckPurpose Purpose { get; }

    /// <summary>The certificate as linking services name it; null from a platform operator, who links by its own user id.</summary>
    public JpkiCertificateReference? Reference { get; }

    /// <summary>Which editions of the tables decided.</summary>
    public string Editions { get; }

    /// <summary>
    /// The key under which this certificate, or at a platform operator this user, is known here: a keyed digest from which nothing can be had without the key.
    /// A certificate ends with the next move; an account lives on by <see cref="JpkiAccountResolver"/>.
    /// </summary>
    /// <param name="keys">The deployment's key.</param>
    public string SubjectKey(KeyedDigest keys)
    {
        ArgumentNullException.ThrowIfNull(keys);
        return Reference?.Key(keys) ?? Platform!.Key(keys);
    }

    /// <summary>Takes what the policy lets through of the certificate for keeping.</summary>
    /// <param name="item"><see cref="RetentionItem.Certificate"/> or <see cref="RetentionItem.SerialNumber"/>.</param>
    /// <param name="recordId">The record that it belongs to.</param>
    /// <param name="retention">The policy; of the same standing.</param>
    /// <returns>What may be stored; or the refusal. <c>jpki.retention_refused</c> also where there is nothing, as from a platform operator.</returns>
    /// <exception cref="ArgumentException">Another item, or a policy of another standing.</exception>
    public MedIdResult<RetainedItem> Retain(RetentionItem item, string recordId, RetentionPolicy retention)
    {
        ArgumentNullException.ThrowIfNull(retention);
        if (item is not (RetentionItem.Certificate or RetentionItem.SerialNumber))
        {
            throw new ArgumentException("Certificate or serial number.", nameof(item));
        }

        if (retention.Standing != Standing)
        {
            throw new ArgumentException("The retention policy is of another standing than the check.", nameof(retention));
        }

        return _certificate is null
            ? new MedIdError(JpkiErrorCodes.RetentionRefused, ErrorCategory.Policy, JpkiSections.Retention, "a platform operator's check leaves no certificate here")
            : retention.Protect(item, recordId, (item == RetentionItem.Certificate ? _certificate.RawData : _certificate.SerialNumber).Span);
    }

    /// <summary>Our own record of the check, which every standing may keep.</summary>
    /// <param name="recordId">Our own id for it.</param>
    /// <param name="keys">The deployment's key.</param>
    /// <param name="documentSha256">The digest of what was signed, lower-case hex; null for none.</param>
    public JpkiVerificationRecord ToRecord(string recordId, KeyedDigest keys, string? documentSha256 = null) => new()
    {
        RecordId = recordId,
        At = At,
        Standing = Standing,
        Outcome = VerificationOutcome.Accepted,
        SubjectKey = SubjectKey(keys),
        DocumentSha256 = documentSha256,
        PlatformReceipt = Platform?.VerificationId,
        Editions = Editions,
    };

    /// <summary>Kind, carrier and standing; nothing of the person or the certificate.</summary>
    public override string ToString() => $"{Kind} {Carrier} {Standing}";
}
