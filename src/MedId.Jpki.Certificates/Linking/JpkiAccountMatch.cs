namespace MedId.Jpki.Certificates;

/// <summary>What the resolver found.</summary>
public enum JpkiAccountMatch
{
    /// <summary>The certificate, or at a platform operator the user, is known.</summary>
    Known,

    /// <summary>The certificate is new, and linked to one that is known: moved, renewed, or the other kind. Keep the new key with the account.</summary>
    Linked,

    /// <summary>Nobody is known by it or by anything linked to it: a new account, after proofing by a signing certificate.</summary>
    Unknown,
}
