using MedId.Core;

namespace MedId.OAuth.Server;

/// <summary>From a standing to the refusal: the one place, for the grant handlers of every package.</summary>
public static class GrantStandings
{
    /// <summary>Judges a grant, and says why not.</summary>
    /// <param name="status">Whether grants still stand.</param>
    /// <param name="grant">The grant.</param>
    /// <param name="use">What is about to happen.</param>
    /// <param name="at">Now.</param>
    /// <param name="section">The section that the refusal names.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>Null when the grant stands; <see cref="OAuthServerErrorCodes.GrantInactive"/> or <see cref="OAuthServerErrorCodes.GrantOutdated"/>.</returns>
    public static ValueTask<MedIdError?> RefuseAsync(
        this IGrantStatus status, Grant grant, GrantUse use, DateTimeOffset at, string section, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(status);
        ArgumentNullException.ThrowIfNull(grant);
        return RefuseAsync(status, GrantQuestion.Of(grant, use, at), section, cancellationToken);
    }

    internal static async ValueTask<MedIdError?> RefuseAsync(this IGrantStatus status, GrantQuestion question, string section, CancellationToken cancellationToken) =>
        await status.JudgeAsync(question, cancellationToken).ConfigureAwait(false) switch
        {
            GrantStanding.Active => null,
            GrantStanding.Outdated => new(OAuthServerErrorCodes.GrantOutdated, ErrorCategory.State, section, "ask the person again"),
            _ => new MedIdError(OAuthServerErrorCodes.GrantInactive, ErrorCategory.State, section),
        };
}
