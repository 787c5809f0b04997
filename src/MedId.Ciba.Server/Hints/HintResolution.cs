using MedId.Core;

namespace MedId.Ciba.Server;

/// <summary>Whom a hint names: an account, or why nobody.</summary>
public sealed record HintResolution
{
    private HintResolution(string? accountId, MedIdError? refusal)
    {
        AccountId = accountId;
        Refusal = refusal;
    }

    /// <summary>Nobody that this server knows: <c>unknown_user_id</c>.</summary>
    public static HintResolution Unknown { get; } = new(null, new(CibaErrorCodes.UserUnknown, ErrorCategory.State, "CIBA Core §13"));

    /// <summary>The hint's time has passed: <c>expired_login_hint_token</c>.</summary>
    public static HintResolution Expired { get; } = new(null, new(CibaErrorCodes.LoginHintTokenExpired, ErrorCategory.State, "CIBA Core §13"));

    /// <summary>The person may not be asked, e.g. suspended: <c>access_denied</c>.</summary>
    public static HintResolution Refused { get; } = new(null, new(CibaErrorCodes.UserRefused, ErrorCategory.Policy, "CIBA Core §13"));

    /// <summary>The account; null when refused.</summary>
    public string? AccountId { get; }

    /// <summary>Why nobody; null when there is an account.</summary>
    public MedIdError? Refusal { get; }

    /// <summary>The hint names this account.</summary>
    /// <param name="accountId">The account's id, which is the <c>sub</c> of its tokens.</param>
    public static HintResolution Account(string accountId)
    {
        ArgumentException.ThrowIfNullOrEmpty(accountId);
        return new(accountId, null);
    }

    /// <summary>The outcome; never the account.</summary>
    public override string ToString() => Refusal?.Code ?? "an account";
}
