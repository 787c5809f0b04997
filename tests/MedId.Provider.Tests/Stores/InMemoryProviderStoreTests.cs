using MedId.Testing;

namespace MedId.Provider.Tests.Stores;

public sealed class InMemoryProviderStoreTests
{
    private static readonly InMemoryProviderStore _store = new();

    public static TheoryData<string> Checks => [.. ProviderStoreConformance.Checks.Select(check => check.Name)];

    [Theory]
    [MemberData(nameof(Checks))]
    public Task Store_Conforms(string name) =>
        ProviderStoreConformance.Checks.Single(check => check.Name == name).Run(_store, TestContext.Current.CancellationToken);

    [Fact]
    public void Suite_NamesOfChecks_AreUniqueAndSayWhatTheyAsk()
    {
        List<string> names = [.. ProviderStoreConformance.Checks.Select(check => check.Name), .. ProviderStoreConformance.ReopenChecks.Select(check => check.Name)];
        Assert.Equal(names.Distinct(StringComparer.Ordinal), names);
        Assert.All(names, name => Assert.Matches("^[A-Za-z]+_[A-Za-z]+_[A-Za-z]+$", name));
    }

    [Fact]
    public void Durability_Memory_PromisesNothing() => Assert.Equal("memory, lost when the process ends", _store.Durability);
}
