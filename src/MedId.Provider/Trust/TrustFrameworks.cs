namespace MedId.Provider;

/// <summary>Trust frameworks as they are configured.</summary>
public sealed class TrustFrameworks : ITrustFrameworkSource
{
    private readonly Dictionary<string, TrustFramework> _frameworks;

    /// <summary>Takes the frameworks.</summary>
    /// <param name="frameworks">Each once.</param>
    /// <exception cref="ArgumentException">One twice.</exception>
    public TrustFrameworks(params IEnumerable<TrustFramework> frameworks) =>
        _frameworks = frameworks.ToDictionary(one => one.Id, StringComparer.Ordinal);

    /// <inheritdoc/>
    public ValueTask<TrustFramework?> FindAsync(string id, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(id);
        return new(_frameworks.GetValueOrDefault(id));
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<TrustFramework>> ListAsync(CancellationToken cancellationToken = default) => new([.. _frameworks.Values]);
}
