using MedId.Core;
using MedId.Cryptography;

namespace MedId.Jpki.Certificates;

/// <summary>Decides by the legal standing what may be kept, and refuses the rest (mission row E8).</summary>
/// <remarks>
/// A service provider keeps its own opaque id, keyed digests and its own record; no certificate, serial number, CRL, OCSP response or signed document. Whoever
/// runs its own certified data centre keeps those encrypted only. How long is the deployment's to decide.
/// </remarks>
public sealed class RetentionPolicy
{
    private readonly JpkiStandingRule? _rule;
    private readonly FieldCipher? _cipher;

    /// <summary>A policy; one for the deployment.</summary>
    /// <param name="standing">The standing; with <see cref="JpkiStanding.None"/> everything is refused.</param>
    /// <param name="cipher">Encrypts what may be kept encrypted only; null where nothing such is to be kept.</param>
    /// <param name="standings">The rules; null for those of this release.</param>
    public RetentionPolicy(JpkiStanding standing, FieldCipher? cipher = null, JpkiStandingTable? standings = null)
    {
        Standing = standing;
        _cipher = cipher;
        _rule = (standings ?? JpkiStandingTable.Default).Find(standing);
    }

    /// <summary>The standing.</summary>
    public JpkiStanding Standing { get; }

    /// <summary>How an item may be kept; refused where no row speaks of it.</summary>
    /// <param name="item">The item.</param>
    public RetentionHandling HandlingOf(RetentionItem item) => _rule?.Retention.FirstOrDefault(r => r.Item == item)?.Handling ?? RetentionHandling.Refused;

    /// <summary>Makes an item ready to be stored, or refuses.</summary>
    /// <param name="item">What it is. Naming it wrongly is the caller's lie: pass it where it comes from a verifier's result.</param>
    /// <param name="recordId">The record that it belongs to: an id of our own.</param>
    /// <param name="content">Its bytes.</param>
    /// <returns>What may be stored; <c>jpki.retention_refused</c>, or <c>jpki.retention_unencrypted</c> where it needs a cipher and the policy has none.</returns>
    public MedIdResult<RetainedItem> Protect(RetentionItem item, string recordId, ReadOnlySpan<byte> content)
    {
        ArgumentException.ThrowIfNullOrEmpty(recordId);
        return HandlingOf(item) switch
        {
            RetentionHandling.Plain => new RetainedItem(item, Standing, recordId, content.ToArray(), isEncrypted: false),
            RetentionHandling.Encrypted when _cipher is not null => new RetainedItem(item, Standing, recordId, _cipher.Protect(Purpose(item, recordId), content), isEncrypted: true),
            RetentionHandling.Encrypted => new MedIdError(JpkiErrorCodes.RetentionUnencrypted, ErrorCategory.Policy, JpkiSections.Retention, item.ToString()),
            _ => new MedIdError(JpkiErrorCodes.RetentionRefused, ErrorCategory.Policy, JpkiSections.Retention, item.ToString()),
        };
    }

    /// <summary>Opens what <see cref="Protect"/> encrypted, if it may still be kept today.</summary>
    /// <param name="item">What it is.</param>
    /// <param name="recordId">The record that it belongs to.</param>
    /// <param name="content">The stored bytes.</param>
    public MedIdResult<byte[]> Open(RetentionItem item, string recordId, ReadOnlySpan<byte> content)
    {
        ArgumentException.ThrowIfNullOrEmpty(recordId);
        return HandlingOf(item) switch
        {
            RetentionHandling.Plain => content.ToArray(),
            RetentionHandling.Encrypted when _cipher is not null => _cipher.Unprotect(Purpose(item, recordId), content),
            RetentionHandling.Encrypted => new MedIdError(JpkiErrorCodes.RetentionUnencrypted, ErrorCategory.Policy, JpkiSections.Retention, item.ToString()),
            _ => new MedIdError(JpkiErrorCodes.RetentionRefused, ErrorCategory.Policy, JpkiSections.Retention, item.ToString()),
        };
    }

    private static string Purpose(RetentionItem item, string recordId) => $"jpki/{item}/{recordId}";
}
