using MedId.Cryptography;

namespace MedId.Ciba.Client;

/// <summary>How a <see cref="CibaScheduler"/> works.</summary>
public sealed class CibaSchedulerOptions
{
    /// <summary>
    /// Encrypts what is stored. Null is for <see cref="InMemoryCibaPendingStore"/> only: a key of this process is made then. Another store without a key is refused, so that nothing is ever stored in the clear.
    /// </summary>
    public FieldCipher? Cipher { get; set; }

    /// <summary>By how much of the interval a poll may be later, at random, so that requests of one morning do not come in step. Never earlier.</summary>
    /// <value>0.1; from 0 to 1.</value>
    public double Jitter { get; set; } = 0.1;

    /// <summary>How many polls may be on their way to one OP at a time. Polls that an OP holds count as well.</summary>
    /// <value>16.</value>
    public int MaxConcurrencyPerOp { get; set; } = 16;

    /// <summary>How often a client that is pinged asks by itself, in case a ping was lost (CIBA Core §10.2 lets it); the OP's interval when that is longer.</summary>
    /// <value>60 seconds.</value>
    public TimeSpan PingFallback { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>How long a scheduler that has ended without a word keeps others from its requests.</summary>
    /// <value>2 minutes.</value>
    public TimeSpan Lease { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>How long an outcome waits for somebody to take it.</summary>
    /// <value>10 minutes.</value>
    public TimeSpan OutcomeRetention { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>How long the end waits for polls that are on their way: an answer that nobody reads may have been the tokens.</summary>
    /// <value>15 seconds; more than <c>CibaClientOptions.Http.Timeout</c>.</value>
    public TimeSpan DrainTimeout { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>How many requests may wait.</summary>
    /// <value>100,000.</value>
    public int MaxPending { get; set; } = 100_000;

    /// <summary>Says what goes against something else; empty when the options can be used.</summary>
    public IEnumerable<string> FindMistakes()
    {
        if (!(Jitter >= 0 && Jitter <= 1))
        {
            yield return $"{nameof(Jitter)} is from 0 to 1.";
        }

        if (MaxConcurrencyPerOp < 1 || MaxPending < 1)
        {
            yield return $"{nameof(MaxConcurrencyPerOp)} and {nameof(MaxPending)} are at least 1.";
        }

        if (PingFallback < TimeSpan.FromSeconds(1) || Lease < TimeSpan.FromSeconds(10) || OutcomeRetention <= TimeSpan.Zero || DrainTimeout < TimeSpan.Zero)
        {
            yield return $"{nameof(PingFallback)} is at least a second, {nameof(Lease)} at least ten, {nameof(OutcomeRetention)} more than nothing, {nameof(DrainTimeout)} not negative.";
        }
    }
}
