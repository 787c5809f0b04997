using System.Collections.Concurrent;
using MedId.Signatures;

namespace MedId.Samples.IdentityProofing;

/// <summary>Challenges that wait for a card, in memory: who is waiting when the OP restarts puts the card on the reader again.</summary>
internal sealed class OpenChallenges(TimeProvider time)
{
    private readonly ConcurrentDictionary<string, SignInChallenge> _open = new(StringComparer.Ordinal);

    public Task AddAsync(SignInChallenge challenge)
    {
        foreach (var old in _open.Values.Where(one => time.GetUtcNow() >= one.ExpiresAt))
        {
            _open.TryRemove(old.Id, out _);
        }

        _open[challenge.Id] = challenge;
        return Task.CompletedTask;
    }

    public Task<SignInChallenge?> TakeAsync(string? id) => Task.FromResult(id is not null && _open.TryRemove(id, out var challenge) ? challenge : null);
}
