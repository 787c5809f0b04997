using MedId.Cryptography;

namespace MedId.Provider;

/// <summary>How the signing keys that stand in the settings are rotated.</summary>
public sealed class KeyRotationOptions
{
    /// <summary>The algorithms that the ring has keys of; the first is the default one.</summary>
    public IList<SignatureAlgorithm> Algorithms { get; } = [SignatureAlgorithm.ES256];

    /// <summary>
    /// The age at which a current key is replaced by the next one. The ring then has a next key at all times, so that a revoked key has a successor at once, and makes its own first keys.
    /// </summary>
    /// <value>Null: an operator rotates.</value>
    public TimeSpan? Age { get; set; }

    /// <summary>How long readers keep a key set: the <c>max-age</c> that this OP answers with.</summary>
    /// <value>15 minutes, as the key set says; not less.</value>
    public TimeSpan ReaderWait { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>How far the clocks of the nodes may be apart.</summary>
    /// <value>1 minute.</value>
    public TimeSpan ClockTolerance { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>How long a retired key is published: as long as anything that it signed may live.</summary>
    /// <value><see cref="ProviderOptions.LongestAccess"/>, because one access token may live as long as its consent.</value>
    public TimeSpan Retention { get; set; } = ProviderOptions.LongestAccess;

    /// <summary>After this time every node has a key that was published: settings are that old at most, and clocks that far apart.</summary>
    internal TimeSpan NodeWait => SettingCache.LongestMaxAge + ClockTolerance;

    /// <summary>After this time every reader of any node has it.</summary>
    internal TimeSpan PublishWait => ReaderWait + NodeWait;

    /// <summary>What is missing or contradictory, in words that name the setting.</summary>
    /// <returns>Empty when all is well.</returns>
    public IReadOnlyList<string> Validate()
    {
        var wrong = new List<string>();
        Require(Algorithms.Count > 0 && Algorithms.Distinct().Count() == Algorithms.Count, "Algorithms names each algorithm once, at least one.");
        Require(Algorithms.All(SigningAlgorithms.IsUsable), "Algorithms names one that this OP does not sign with.");
        Require(ReaderWait >= TimeSpan.FromMinutes(15), "ReaderWait is at least 15 minutes: the key set says that readers may keep it that long.");
        Require(ClockTolerance >= TimeSpan.Zero && ClockTolerance <= TimeSpan.FromHours(1), "ClockTolerance is at most one hour.");
        Require(Age is null || Age >= ReaderWait + ReaderWait + ClockTolerance + ClockTolerance, "Age is longer than it takes to publish a key and have it fetched.");
        Require(Retention > TimeSpan.Zero, "Retention is more than zero.");
        return wrong;

        void Require(bool holds, string message)
        {
            if (!holds)
            {
                wrong.Add("KeyRotationOptions: " + message);
            }
        }
    }
}
