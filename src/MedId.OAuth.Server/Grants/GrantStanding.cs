namespace MedId.OAuth.Server;

/// <summary>Whether a grant still stands.</summary>
public enum GrantStanding
{
    /// <summary>It is unknown, withdrawn, expired, or its subject suspended.</summary>
    Inactive = 0,

    /// <summary>It stands.</summary>
    Active = 1,

    /// <summary>It was not taken back, but what the person agreed to has changed since: they have to be asked again first.</summary>
    Outdated = 2,
}
