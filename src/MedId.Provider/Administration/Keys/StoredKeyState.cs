namespace MedId.Provider;

/// <summary>How a signing key of the ring stands.</summary>
public enum StoredKeyState
{
    /// <summary>Published, does not sign yet.</summary>
    Next,

    /// <summary>Signs.</summary>
    Current,

    /// <summary>Signed before; published as long as what it signed may live. Its private half is gone.</summary>
    Retired,

    /// <summary>Published no more: what it signed is refused. Its private half is gone.</summary>
    Revoked,
}
