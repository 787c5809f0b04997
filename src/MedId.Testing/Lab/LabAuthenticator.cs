using MedId.Core;

namespace MedId.Testing;

/// <summary>One virtual authenticator of one person. Not safe for use from several threads: counters move on.</summary>
internal abstract class LabAuthenticator
{
    /// <summary>Enrols it with a ticket.</summary>
    public abstract ValueTask<MedIdResult<Unit>> EnrolAsync(string ticket, CancellationToken cancellationToken);

    /// <summary>Proves the key for one request.</summary>
    public abstract ValueTask<MedIdResult<string>> OpenAsync(string requestId, CancellationToken cancellationToken);

    /// <summary>Chooses, and signs the choice.</summary>
    public abstract ValueTask<MedIdResult<Unit>> ConsentAsync(string deviceToken, string requestId, IReadOnlyList<string> granted, CancellationToken cancellationToken);
}
