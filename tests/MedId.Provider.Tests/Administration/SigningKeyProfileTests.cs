using MedId.Ciba.Server;
using MedId.Core;
using MedId.Cryptography;
using MedId.Testing;
using MedId.TestSupport;

namespace MedId.Provider.Tests.Administration;

/// <summary>Keys that operators make while the OP keeps a profile.</summary>
public sealed class SigningKeyProfileTests
{
    private static readonly AdministrationActor Actor = new("admin-console", "synthetic-officer");

    [Theory]
    [InlineData("RS256", false)]
    [InlineData("ES384", false)]
    [InlineData("PS256", true)]
    [InlineData("ES256", true)]
    public async Task Key_OfAnAlgorithmThatTheProfileForbids_IsNotMade(string name, bool allowed)
    {
        Assert.True(SignatureAlgorithm.TryFromJose(name, out var algorithm));
        var (desk, other) = (Desk(CibaProfile.FapiCiba2), Desk(null));
        using var key = LocalSigningKey.Generate(algorithm);
        Assert.Equal(allowed ? null : ProviderErrorCodes.KeyRefused, (await desk.GenerateAsync(algorithm, Actor, cancellationToken: TestContext.Current.CancellationToken)).Error?.Code);
        Assert.Equal(allowed ? null : ProviderErrorCodes.KeyRefused, (await desk.ImportAsync(key.ExportPkcs8(), algorithm, Actor, cancellationToken: TestContext.Current.CancellationToken)).Error?.Code);
        Assert.True((await other.GenerateAsync(algorithm, Actor, cancellationToken: TestContext.Current.CancellationToken)).Succeeded);
    }

    [Fact]
    public void Rotation_OfAnAlgorithmThatTheProfileForbids_IsNamed()
    {
        Assert.Contains("fapi-ciba-2 forbids that tokens are signed with ES384", Assert.Single(Desk(CibaProfile.FapiCiba2, SignatureAlgorithm.ES256, SignatureAlgorithm.ES384).RefuseRotation()), StringComparison.Ordinal);
        Assert.Empty(Desk(CibaProfile.HeartCiba, SignatureAlgorithm.ES384).RefuseRotation());
    }

    private static SigningKeyDesk Desk(CibaProfile? profile, params SignatureAlgorithm[] algorithms)
    {
        var (store, time) = (new InMemoryProviderStore(), new ManualTimeProvider(StoreScene.Now));
        var rotation = new KeyRotationOptions();
        if (algorithms.Length > 0)
        {
            rotation.Algorithms.Clear();
        }

        foreach (var algorithm in algorithms)
        {
            rotation.Algorithms.Add(algorithm);
        }

        return new(store, new(store, TenantId.Single, time, TimeSpan.Zero), new() { Issuer = "https://op.example" }, rotation, time, profile);
    }
}
