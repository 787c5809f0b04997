namespace MedId.Provider;

/// <summary>The trust frameworks on which this OP relies. Asked at every request, so that a suspension counts at once.</summary>
public interface ITrustFrameworkSource
{
    /// <summary>Finds one.</summary>
    /// <param name="id">Its identifier.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The framework as it stands now, or null.</returns>
    ValueTask<TrustFramework?> FindAsync(string id, CancellationToken cancellationToken = default);

    /// <summary>All of them: what a person may name when giving a consent beforehand.</summary>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The frameworks.</returns>
    ValueTask<IReadOnlyList<TrustFramework>> ListAsync(CancellationToken cancellationToken = default);
}
