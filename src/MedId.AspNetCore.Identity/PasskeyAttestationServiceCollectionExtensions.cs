using MedId.AspNetCore.Identity;
using MedId.Fido2;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers the attestation of passkeys with ASP.NET Core Identity.</summary>
public static class PasskeyAttestationServiceCollectionExtensions
{
    /// <summary>
    /// Lets Identity verify attestation statements and judge their trust, where it otherwise accepts every one unread. Set
    /// <see cref="IdentityPasskeyOptions.AttestationConveyancePreference"/> to <c>direct</c> or <c>enterprise</c> to get attestations at all. Can be called repeatedly.
    /// </summary>
    /// <param name="services">The services, with Identity.</param>
    /// <param name="configure">Which attestations are good enough; validated when the host starts.</param>
    public static IServiceCollection AddMedIdPasskeyAttestation(this IServiceCollection services, Action<PasskeyAttestationOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(configure);
        services.AddLogging();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<PasskeyAttestationVerifier>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<PasskeyAttestationOptions>, PasskeyAttestationOptionsValidator>());
        services.AddOptions<PasskeyAttestationOptions>().Configure(configure).ValidateOnStart();
        services.AddOptions<IdentityPasskeyOptions>().Configure<PasskeyAttestationVerifier>((identity, verifier) =>
        {
            identity.VerifyAttestationStatement = verifier.VerifyAsync;

            // What the callback refuses for its algorithm would be refused anyway; what this platform cannot verify is not offered.
            identity.IsAllowedAlgorithm ??= algorithm => CredentialParameters.Supported.Contains(algorithm);
        });
        return services;
    }
}
