using MedId.Provider;

namespace MedId.Testing;

/// <summary>One named promise of a durable store: what was acknowledged is there after closing and opening.</summary>
/// <param name="Name">Verb, condition and expectation, joined by underscores.</param>
/// <param name="Run">
/// Runs the check. Its first argument closes the store where one is open, opens it (anew) over the same data and returns it; it is called several times.
/// </param>
public sealed record ProviderStoreReopenCheck(string Name, Func<Func<CancellationToken, ValueTask<IProviderStore>>, CancellationToken, Task> Run)
{
    /// <inheritdoc/>
    public override string ToString() => Name;
}
