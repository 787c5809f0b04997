using System.Buffers;
using MedId.AspNetCore.ResourceServer;
using Microsoft.AspNetCore.Authorization;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Asks for a better or newer authentication at the endpoints that need one (RFC 9470).</summary>
public static class StepUpEndpointExtensions
{
    // What may stand in a quoted string of a challenge without escapes (RFC 9110 §5.6.4), a space apart.
    private static readonly SearchValues<char> AcrCharacters = SearchValues.Create([.. Enumerable.Range(0x21, 0x7E - 0x21 + 1).Select(c => (char)c).Where(c => c is not ('"' or '\\'))]);

    /// <summary>
    /// Lets only calls through whose token says that the person authenticated by one of these classes, and not longer ago than this. Other calls are answered 401 with
    /// <c>insufficient_user_authentication</c>, from which a client learns what to ask the OP for. Stands beside <c>RequireFhirScope</c>, or alone.
    /// </summary>
    /// <typeparam name="TBuilder">An endpoint or a group.</typeparam>
    /// <param name="builder">The endpoint or group.</param>
    /// <param name="acrValues">The classes that will do, the preferred one first; empty: any.</param>
    /// <param name="maxAge">How long ago the person may have authenticated, in whole seconds; null: any time. The clock skew of the scheme is added.</param>
    /// <param name="scheme">The scheme of <c>AddMedIdIntrospection</c>.</param>
    /// <exception cref="ArgumentException">Neither classes nor an age; a class with a space or a quotation mark; a negative age, or one of parts of a second.</exception>
    public static TBuilder RequireAuthentication<TBuilder>(
        this TBuilder builder, IEnumerable<string> acrValues, TimeSpan? maxAge = null, string scheme = IntrospectionBearerDefaults.Scheme)
        where TBuilder : IEndpointConventionBuilder
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(acrValues);
        ArgumentException.ThrowIfNullOrEmpty(scheme);
        string[] values = [.. acrValues];
        if (values.Length == 0 && maxAge is null)
        {
            throw new ArgumentException("Name classes, an age, or both.", nameof(acrValues));
        }

        if (Array.Exists(values, value => string.IsNullOrEmpty(value) || value.AsSpan().ContainsAnyExcept(AcrCharacters)))
        {
            throw new ArgumentException("A class is visible ASCII without a space, quotation mark or backslash.", nameof(acrValues));
        }

        if (maxAge is { } age && (age < TimeSpan.Zero || age.Ticks % TimeSpan.TicksPerSecond != 0 || age.TotalSeconds > int.MaxValue))
        {
            throw new ArgumentException("An age is a number of whole seconds.", nameof(maxAge));
        }

        var policy = new AuthorizationPolicyBuilder(scheme).RequireAuthenticatedUser().AddRequirements(new StepUpRequirement(values, maxAge, scheme)).Build();
        return builder.RequireAuthorization(policy);
    }
}
