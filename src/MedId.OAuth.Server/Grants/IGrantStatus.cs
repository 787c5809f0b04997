namespace MedId.OAuth.Server;

/// <summary>Whether what tokens were made from still stands: asked at every introspection and refresh, so that withdrawal is immediate.</summary>
public interface IGrantStatus
{
    /// <summary>Judges a grant now.</summary>
    /// <param name="question">The grant, what is about to happen by it, and when.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns><see cref="GrantStanding.Inactive"/> when the grant is unknown, withdrawn, expired, or its subject suspended.</returns>
    ValueTask<GrantStanding> JudgeAsync(GrantQuestion question, CancellationToken cancellationToken = default);
}
