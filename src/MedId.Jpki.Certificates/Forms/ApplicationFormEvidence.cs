using System.Text.Json.Serialization;
using MedId.Core;

namespace MedId.Jpki.Certificates;

/// <summary>Evidence that a person signed an application form that states their own attributes. Only <see cref="ApplicationFormVerifier"/> makes it.</summary>
/// <remarks>It holds once <see cref="ReplayKey"/>, where there is one, is consumed. Identity, intent and, where the form carries it, the new key come from one signature.</remarks>
[JsonConverter(typeof(NeverSerialized))]
public sealed class ApplicationFormEvidence
{
    internal ApplicationFormEvidence(JpkiEvidence identity, FormComparison comparison, ApplicationForm form, string documentSha256, ReplayKey? replayKey)
    {
        Identity = identity;
        Comparison = comparison;
        DocumentSha256 = documentSha256;
        PublicKeySha256 = form.PublicKeySha256;
        ReplayKey = replayKey;
    }

    /// <summary>The evidence about the certificate, with the basic four attributes.</summary>
    public JpkiEvidence Identity { get; }

    /// <summary>How the form stands to the certificate.</summary>
    public FormComparison Comparison { get; }

    /// <summary>SHA-256 of the octets that were signed, lower-case hex: may be kept where the form may not.</summary>
    public string DocumentSha256 { get; }

    /// <summary>The digest of the key that the form asks to be bound to the person; null where it carries none.</summary>
    public string? PublicKeySha256 { get; }

    /// <summary>What the caller consumes once, atomically: the form's nonce. Null where none was issued.</summary>
    public ReplayKey? ReplayKey { get; }

    /// <summary>Nothing of the form.</summary>
    public override string ToString() => $"application form, {Identity}";
}
