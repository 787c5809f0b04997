namespace MedId.Ciba.Server;

/// <summary>What a user code is worth.</summary>
public enum UserCodeVerdict
{
    /// <summary>Right, or none came and none is needed.</summary>
    Ok,

    /// <summary>Wrong, and counted: <c>invalid_user_code</c>.</summary>
    Wrong,

    /// <summary>None came and this account needs one: <c>missing_user_code</c>.</summary>
    Missing,

    /// <summary>Not judged after too many wrong ones: <c>access_denied</c>.</summary>
    Locked,
}
