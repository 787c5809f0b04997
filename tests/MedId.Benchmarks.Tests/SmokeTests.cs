using BenchmarkDotNet.Running;
using MedId.Fido.Metadata;
using MedId.Fido.Uaf;

namespace MedId.Benchmarks.Tests;

/// <summary>The benchmarks run and measure what they say; how fast they are is no test.</summary>
public sealed class SmokeTests
{
    public static TheoryData<Type> Sets { get; } = [.. BenchmarkSet.Types];

    [Theory]
    [MemberData(nameof(Sets))]
    public async Task SmokeRun_EachSet_RunsAndIsRight(Type set) => Assert.NotEmpty(await SmokeRun.RunAsync(set));

    [Theory]
    [MemberData(nameof(Sets))]
    public void Benchmarks_EachGroup_IsComparedWithTheBareOperation(Type set) => Assert.All(
        BenchmarkConverter.TypeToBenchmarks(set).BenchmarksCases.GroupBy(one => (one.Parameters.ValueInfo, string.Join(' ', one.Descriptor.Categories))),
        group => Assert.Contains("bare ", Assert.Single(group, one => one.Descriptor.Baseline).Descriptor.WorkloadMethodDisplayInfo, StringComparison.Ordinal));

    [Fact]
    public void UafScene_Inputs_Are1024DistinctAnswersOf256Keys()
    {
        var scene = new UafScene(FidoAlgorithm.EcdsaP256Sha256Raw);
        Assert.Equal(1024, scene.SignIns.Select(input => input.Response).Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(1024, scene.Consents.Select(input => input.Expected.Challenge).Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(256, scene.Registrations.Select(registration => Convert.ToHexString(registration.PublicKey.Span)).Distinct(StringComparer.Ordinal).Count());
    }
}
