using MedId.Core;
using MedId.Heart.Fhir.Scopes;

namespace MedId.Provider;

/// <summary>A request with a code that the person told: decided within what was agreed to with the code, once (row D4). The code is used up when the request is approved, in the same transaction.</summary>
/// <param name="codes">Finds what a code opens.</param>
public sealed class OneTimeCodeAccess(OneTimeCodes codes) : IAccessPath
{
    /// <inheritdoc/>
    public ConsentGroundKind Kind => ConsentGroundKind.OneTimeCode;

    /// <inheritdoc/>
    public async ValueTask<AccessPathAnswer> TryAsync(AccessQuery query, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        if (!OneTimeCodes.IsHint(query.Request.Parameters))
        {
            return AccessPathAnswer.NotMine;
        }

        // Resolved a moment ago; a second request may have come in between.
        var standing = await codes.FindAsync(query.Request.Parameters.Hint, query.At, cancellationToken).ConfigureAwait(false);
        return standing is null || standing.Subject != query.Account.Id
            ? new MedIdError(ProviderErrorCodes.StandingConsentNotActive, ErrorCategory.State, Section)
            : StandingAccess.Decide(query, standing) is { } decision ? decision with { AuthTime = standing.Act?.At } : Refused("other data, another purpose or another resource than the code was given for");
    }

    /// <summary>The refusal of a request that a code does not open.</summary>
    internal static MedIdError Refused(string detail) => new(ProviderErrorCodes.OneTimeCodeNotCovering, ErrorCategory.Policy, Section, detail);

    private const string Section = "MedId walk, one-time code";
}
