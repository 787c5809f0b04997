namespace MedId.Fido.Metadata;

/// <summary>Several sources as one: the first that knows a model names it, and what any of them reports of it counts.</summary>
/// <remarks>An operator's own statement may so stand before the BLOB's, and a revocation in the BLOB still reaches it.</remarks>
public sealed class CompositeMetadataSource : IMetadataSource
{
    private readonly IMetadataSource[] _sources;

    /// <summary>Joins sources.</summary>
    /// <param name="sources">The sources, those first that decide which statement holds.</param>
    public CompositeMetadataSource(params IEnumerable<IMetadataSource> sources)
    {
        ArgumentNullException.ThrowIfNull(sources);
        _sources = [.. sources];
    }

    /// <inheritdoc/>
    public MetadataEntry? FindByAaguid(Guid aaguid) => Join(_sources.Select(source => source.FindByAaguid(aaguid)));

    /// <inheritdoc/>
    public MetadataEntry? FindByAaid(string aaid) => Join(_sources.Select(source => source.FindByAaid(aaid)));

    /// <inheritdoc/>
    public MetadataEntry? FindByKeyIdentifier(string keyIdentifier) => Join(_sources.Select(source => source.FindByKeyIdentifier(keyIdentifier)));

    private static MetadataEntry? Join(IEnumerable<MetadataEntry?> found)
    {
        MetadataEntry? joined = null;
        foreach (var entry in found)
        {
            joined = entry is null || joined is null ? joined ?? entry : joined with
            {
                Statement = joined.Statement ?? entry.Statement,
                StatusReports = [.. joined.StatusReports, .. entry.StatusReports],
                Problem = joined.Problem ?? entry.Problem,
            };
        }

        return joined;
    }
}
