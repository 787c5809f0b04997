using MedId.AspNetCore.Provider;
using MedId.OAuth;
using MedId.OAuth.Server;
using MedId.Provider;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>The ways by which a record is opened without asking the person's device at that moment. None is there unless it is called for.</summary>
public static class MedIdProviderBuilderTrustExtensions
{
    /// <summary>Pre-registered consent with a trust framework (row A13): for vetted services that sign that the person is there. The acr table names <c>pre-registered</c> in a class.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="configure">What is accepted of statements, and the policy; its frameworks have to be named.</param>
    /// <param name="frameworks">The frameworks; for a source of your own register an <see cref="ITrustFrameworkSource"/> before, and name none.</param>
    /// <returns>The builder.</returns>
    public static MedIdProviderBuilder AddPreRegisteredConsent(this MedIdProviderBuilder builder, Action<PreRegisteredOptions> configure, params IEnumerable<TrustFramework> frameworks)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(configure);
        var options = new PreRegisteredOptions();
        configure(options);
        builder.Services.TryAddSingleton(options);
        var known = new TrustFrameworks(frameworks);
        builder.Services.TryAddSingleton<ITrustFrameworkSource>(s => s.GetService<SettingCache>() is { } settings ? new SettingTrustFrameworks(known, settings) : known);
        builder.Services.TryAddEnumerable(ServiceDescriptor.Singleton<IAccessPath, PreRegisteredAccess>(static s => new(
            s.GetRequiredService<IProviderStore>(),
            s.GetRequiredService<ProviderOptions>(),
            s.GetRequiredService<PreRegisteredOptions>(),
            s.GetRequiredService<ITrustFrameworkSource>(),
            s.GetRequiredService<IClientKeySource>(),
            s.GetService<JwksClient>())));
        return builder;
    }

    /// <summary>Breaking the glass in an emergency (HEART, scope <c>btg</c>). The acr table names <c>break-glass</c> in a class.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="configure">Who may, why, how far, how often; nothing has a default that opens anything.</param>
    /// <param name="observer">Whoever oversees it.</param>
    /// <returns>The builder.</returns>
    public static MedIdProviderBuilder AddBreakGlass(this MedIdProviderBuilder builder, Action<BreakGlassOptions> configure, Func<IServiceProvider, IBreakGlassObserver> observer)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(configure);
        ArgumentNullException.ThrowIfNull(observer);
        var options = new BreakGlassOptions();
        configure(options);
        builder.Services.TryAddSingleton(options);
        builder.Services.AddSingleton(observer);
        builder.Services.TryAddEnumerable(ServiceDescriptor.Singleton<IAccessPath, BreakGlassAccess>(static s => new(s.GetRequiredService<BreakGlassOptions>(), s.GetRequiredService<IProviderStore>())));
        return builder;
    }
}
