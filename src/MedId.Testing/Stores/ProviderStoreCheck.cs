using MedId.Provider;

namespace MedId.Testing;

/// <summary>One named promise of <see cref="IProviderStore"/>, as something that can be run against any store.</summary>
/// <param name="Name">Verb, condition and expectation, joined by underscores: unique in the suite and stable.</param>
/// <param name="Run">Runs the check; throws <see cref="ProviderStoreConformanceException"/> when the store breaks the promise. Exceptions of the store pass.</param>
public sealed record ProviderStoreCheck(string Name, Func<IProviderStore, CancellationToken, Task> Run)
{
    /// <inheritdoc/>
    public override string ToString() => Name;
}
