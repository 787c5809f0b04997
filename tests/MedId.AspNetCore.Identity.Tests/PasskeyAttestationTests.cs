using MedId.Fido2;
using MedId.Pki;
using MedId.Testing;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace MedId.AspNetCore.Identity.Tests;

/// <summary>Identity's own handler registers a passkey, and asks us about its attestation.</summary>
public sealed class PasskeyAttestationTests
{
    private const string Origin = "https://clinic.example";

    private readonly VirtualFido2Authenticator _authenticator = new(new() { Algorithms = [-7] });

    [Fact]
    public async Task PerformAttestation_TrustedCertificate_IsAccepted() => Assert.True(await RegisterAsync(options => options.Policy = Trusting()));

    [Fact]
    public async Task PerformAttestation_PolicyFromSource_IsAsked()
    {
        HttpContext? asked = null;
        Assert.True(await RegisterAsync(options => options.PolicySource = context =>
        {
            asked = context;
            return ValueTask.FromResult(Trusting());
        }));
        Assert.NotNull(asked);
    }

    [Fact]
    public async Task PerformAttestation_CertificateThatNobodyTrusts_IsRefused() => Assert.False(await RegisterAsync(options => options.Policy = new() { Anchors = [] }));

    [Theory]
    [InlineData(Fido2Fault.AttestationForeignRoot)]
    [InlineData(Fido2Fault.AttestationExpired)]
    public async Task PerformAttestation_FaultyAttestation_IsRefused(Fido2Fault fault) => Assert.False(await RegisterAsync(options => options.Policy = Trusting(), fault));

    [Fact]
    public void Judge_UnreadableObject_IsRefusedWithItsCode() => Assert.Equal(
        MedId.Cryptography.CryptographyErrorCodes.CborMalformed,
        PasskeyAttestationVerifier.Judge(
            new byte[] { 0xA3 },
            new byte[32],
            new() { Policy = Trusting(), Algorithms = MedId.Cryptography.AlgorithmPolicy.Default, At = TimeProvider.System.GetUtcNow() }).Error?.Code);

    [Fact]
    public void AddMedIdPasskeyAttestation_WithoutPolicy_FailsAtStart() => Assert.Throws<OptionsValidationException>(() => Start(_ => { }));

    [Fact]
    public void AddMedIdPasskeyAttestation_WithTwoPolicies_FailsAtStart() => Assert.Throws<OptionsValidationException>(() => Start(options =>
    {
        options.Policy = Trusting();
        options.PolicySource = _ => ValueTask.FromResult(Trusting());
    }));

    [Theory]
    [InlineData(-7, true)]
    [InlineData(-257, true)]
    [InlineData(-65535, false)]
    [InlineData(0, false)]
    public void AddMedIdPasskeyAttestation_Algorithms_AreThoseThatCanBeVerified(int algorithm, bool allowed)
    {
        using var services = Services(options => options.Policy = Trusting());
        Assert.Equal(allowed, services.GetRequiredService<IOptions<IdentityPasskeyOptions>>().Value.IsAllowedAlgorithm!(algorithm));
    }

    private static ServiceProvider Services(Action<PasskeyAttestationOptions> configure)
    {
        var services = new ServiceCollection();
        services.AddIdentityCore<IdentityUser>();
        services.AddSingleton<IUserStore<IdentityUser>, InMemoryUsers>();
        services.Configure<IdentityPasskeyOptions>(options => (options.ServerDomain, options.AttestationConveyancePreference) = ("clinic.example", "direct"));
        services.AddMedIdPasskeyAttestation(configure);
        services.AddMedIdPasskeyAttestation(_ => { });
        return services.BuildServiceProvider();
    }

    private static void Start(Action<PasskeyAttestationOptions> configure)
    {
        using var services = Services(configure);
        services.GetRequiredService<IStartupValidator>().Validate();
    }

    private AttestationTrustPolicy Trusting() => new() { Anchors = [TrustAnchor.FromCertificate(Certificate.Parse(_authenticator.AttestationRoot.Der).Value!)] };

    private async Task<bool> RegisterAsync(Action<PasskeyAttestationOptions> configure, Fido2Fault fault = Fido2Fault.None)
    {
        await using var services = Services(configure);
        await using var scope = services.CreateAsyncScope();
        var context = new DefaultHttpContext { RequestServices = scope.ServiceProvider };
        context.Request.Headers.Origin = Origin;
        context.Request.Scheme = "https";
        context.Request.Host = new("clinic.example");
        var handler = new PasskeyHandler<IdentityUser>(
            scope.ServiceProvider.GetRequiredService<UserManager<IdentityUser>>(), scope.ServiceProvider.GetRequiredService<IOptions<IdentityPasskeyOptions>>());
        var options = await handler.MakeCreationOptionsAsync(new() { Id = "account-1", Name = "account-1", DisplayName = "synthetic" }, context);
        var result = await handler.PerformAttestationAsync(new()
        {
            HttpContext = context,
            AttestationState = options.AttestationState,
            CredentialJson = _authenticator.Create(options.CreationOptionsJson, new(Origin), fault),
        });
        return result.Succeeded;
    }
}
