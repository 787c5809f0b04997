namespace MedId.Jpki.Certificates;

/// <summary>Whose account a certificate belongs to. Only <see cref="JpkiAccountResolver"/> makes it.</summary>
public sealed class JpkiAccountResolution
{
    internal JpkiAccountResolution(JpkiAccountMatch match, string? account, string subjectKey)
    {
        Match = match;
        Account = account;
        SubjectKey = subjectKey;
    }

    /// <summary>How it was found.</summary>
    public JpkiAccountMatch Match { get; }

    /// <summary>The account; null when nobody is known.</summary>
    public string? Account { get; }

    /// <summary>The key to keep with the account from now on.</summary>
    public string SubjectKey { get; }

    /// <inheritdoc/>
    public override string ToString() => Match.ToString();
}
