using MedId.Core;

namespace MedId.OAuth.Server;

/// <summary>Is asked before tokens are made: an operator may have stopped their issue.</summary>
public interface ITokenIssueGate
{
    /// <summary>Judges an issue.</summary>
    /// <param name="issue">What of.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>
    /// Null when tokens may be made; <see cref="OAuthServerErrorCodes.IssueStopped"/> when not now; <see cref="OAuthServerErrorCodes.GrantInactive"/> when not by this grant any more. What cannot be judged throws.
    /// </returns>
    ValueTask<MedIdError?> RefuseAsync(TokenIssue issue, CancellationToken cancellationToken = default);
}
