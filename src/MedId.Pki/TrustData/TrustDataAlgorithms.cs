using MedId.Cryptography;

namespace MedId.Pki;

/// <summary>Ends of algorithms as trust data states them. Trust data can end an algorithm and never begins one.</summary>
public static class TrustDataAlgorithms
{
    /// <summary>A policy without what the data has ended.</summary>
    /// <param name="policy">The policy.</param>
    /// <param name="data">The data. A row names <c>algorithm</c> (the name in the table of algorithms), <c>use</c> (a name of <see cref="SignatureUse"/>; absent for every use), and begins to
    /// hold at its <c>from</c>; rows that grant nothing end nothing.</param>
    /// <param name="at">The reference time.</param>
    public static AlgorithmPolicy Apply(AlgorithmPolicy policy, TrustDataBundle data, DateTimeOffset at)
    {
        ArgumentNullException.ThrowIfNull(policy);
        ArgumentNullException.ThrowIfNull(data);
        foreach (var row in data.Find(TrustDataSections.Algorithms).Where(row => row.Grants(at)))
        {
            var algorithm = SignatureAlgorithm.All.FirstOrDefault(known => string.Equals(known.Name, row.Text("algorithm"), StringComparison.Ordinal));
            if (algorithm is null)
            {
                continue;
            }

            var uses = row.Text("use") is { } name ? Enum.GetValues<SignatureUse>().Where(use => string.Equals(use.ToString(), name, StringComparison.Ordinal)) : Enum.GetValues<SignatureUse>();
            policy = uses.Aggregate(policy, (narrowed, use) => narrowed.Forbid(use, algorithm));
        }

        return policy;
    }
}
