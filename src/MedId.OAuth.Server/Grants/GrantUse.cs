namespace MedId.OAuth.Server;

/// <summary>What is about to happen by a grant.</summary>
public enum GrantUse
{
    /// <summary>Its first tokens are fetched.</summary>
    Redeem,

    /// <summary>New tokens are fetched without asking the person again.</summary>
    Refresh,

    /// <summary>A resource server asks whether it may give data.</summary>
    Introspect,

    /// <summary>The client asks who the person is.</summary>
    UserInfo,
}
