using MedId.Core;
using MedId.Pki;

namespace MedId.Fido.Metadata;

/// <summary>A root under which the metadata BLOB may be signed, and from when until when. Several may hold at once: the service changed its root in 2026.</summary>
/// <param name="Anchor">The root.</param>
/// <param name="From">First instant at which it counts; null for always.</param>
/// <param name="Until">First instant at which it counts no more; null for no end.</param>
public sealed record MetadataRoot(TrustAnchor Anchor, DateTimeOffset? From = null, DateTimeOffset? Until = null)
{
    /// <summary>Admits a root by trust data: only by the fingerprint of a row that grants, with the row's dates.</summary>
    /// <param name="der">The root certificate in DER.</param>
    /// <param name="data">The trust data, with the operator's confirmations.</param>
    /// <param name="at">Now.</param>
    /// <returns>The root, or the refusal of <see cref="TrustAnchorAdmission"/>.</returns>
    public static MedIdResult<MetadataRoot> Admit(ReadOnlyMemory<byte> der, TrustDataBundle data, DateTimeOffset at)
    {
        ArgumentNullException.ThrowIfNull(data);
        var admitted = TrustAnchorAdmission.Admit(der, TrustPurposes.FidoMetadata, data, at);
        if (!admitted.Succeeded)
        {
            return admitted.Error;
        }

        var row = data.Roots.First(root => string.Equals(root.Row.Id, admitted.Value.Label, StringComparison.Ordinal)).Row;
        return new MetadataRoot(admitted.Value, row.From, row.Until);
    }

    /// <summary>Whether it counts at a time.</summary>
    /// <param name="at">The time.</param>
    public bool CountsAt(DateTimeOffset at) => (From is null || at >= From) && (Until is null || at < Until);
}
