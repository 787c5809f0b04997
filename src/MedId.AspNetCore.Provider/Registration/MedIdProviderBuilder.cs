using System.ComponentModel;
using Microsoft.Extensions.DependencyInjection;

namespace MedId.AspNetCore.Provider;

/// <summary>Configures a patient's OP. Every method can be called repeatedly; what is missing is named when the host starts.</summary>
public sealed class MedIdProviderBuilder
{
    internal MedIdProviderBuilder(IServiceCollection services) => Services = services;

    /// <summary>The services.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public IServiceCollection Services { get; }
}
