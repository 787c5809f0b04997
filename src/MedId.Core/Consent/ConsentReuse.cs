namespace MedId.Core;

/// <summary>How often one act of consent serves (row A12). It is shown to the person before they agree and is part of what they sign.</summary>
public enum ConsentReuse
{
    /// <summary>For one access: one access token of short life, no refresh token; the person is asked again at the next access. The default.</summary>
    EachTime = 0,

    /// <summary>One access token that is used again, without asking, until the consent ends.</summary>
    AccessToken = 1,

    /// <summary>Access tokens of short life that are renewed by a refresh token, without asking, until the consent ends.</summary>
    RefreshToken = 2,
}
