using MedId.Core;
using MedId.Cryptography;

namespace MedId.Provider;

/// <summary>Keyed digests of what people type: hints and user codes. Stores hold these, never the values.</summary>
/// <param name="digest">The tenant's digest key.</param>
public sealed class AccountDigests(KeyedDigest digest)
{
    /// <summary>The digest of an identifier that a <c>login_hint</c> may name.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="hint">The identifier as typed; outer white space does not count.</param>
    /// <returns>base64url.</returns>
    public string OfHint(TenantId tenant, string hint)
    {
        ArgumentNullException.ThrowIfNull(hint);
        return digest.Compute("hint " + tenant.Value, hint.Trim());
    }

    /// <summary>The digest of an account's user code; of no use for another account.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="accountId">The account.</param>
    /// <param name="userCode">The code as typed.</param>
    /// <returns>base64url.</returns>
    public string OfUserCode(TenantId tenant, string accountId, string userCode) => digest.Compute("user code " + tenant.Value + " " + accountId, userCode);

    /// <summary>The digest of a one-time code (row D4). The code names its account, so the account is not in it.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="code">The digits.</param>
    /// <returns>base64url.</returns>
    public string OfOneTimeCode(TenantId tenant, string code) => digest.Compute("one-time code " + tenant.Value, code);

    /// <summary>The id of the account that a proofing makes: opaque, and the same for the same certificate.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="subjectKey">The keyed digest of the certificate.</param>
    /// <returns>base64url.</returns>
    internal string OfProofing(TenantId tenant, string subjectKey) => digest.Compute("account " + tenant.Value, subjectKey);
}
