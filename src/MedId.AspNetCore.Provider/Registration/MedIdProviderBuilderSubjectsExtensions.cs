using MedId.Core;
using MedId.OAuth.Server;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace MedId.AspNetCore.Provider;

/// <summary>By which <c>sub</c> each party knows a person.</summary>
public static class MedIdProviderBuilderSubjectsExtensions
{
    /// <summary>
    /// Pairwise subjects (OIDC Core §8, row A17): clients and resource servers that registered <c>subject_type</c> <c>pairwise</c> know people by a subject of their own sector, and no access token
    /// names an account. Without this call such a registration is refused, whichever way it comes.
    /// </summary>
    /// <param name="builder">The builder.</param>
    /// <param name="keys">The secret of each tenant. It is never changed: with another one everybody is somebody else to every such client.</param>
    /// <returns>The builder.</returns>
    public static MedIdProviderBuilder AddPairwiseSubjects(this MedIdProviderBuilder builder, Func<TenantId, PairwiseKey> keys)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.TryAddSingleton(new SubjectIdentifiers(keys));
        return builder;
    }
}
