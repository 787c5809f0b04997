namespace MedId.Testing;

/// <summary>The client between a page and a <see cref="VirtualFido2Authenticator"/>: what it says about the page.</summary>
/// <param name="Origin">The origin that asks, as <c>https://op.example</c> or <c>android:apk-key-hash:…</c>. Whether it suits the RP ID is not checked: that is what verifiers are tested for.</param>
public sealed record VirtualFido2Client(string Origin)
{
    /// <summary>Whether the page stands in a frame of another origin. Default: false.</summary>
    public bool CrossOrigin { get; init; }

    /// <summary>The origin of the page around it; written only when <see cref="CrossOrigin"/>. Default: null.</summary>
    public string? TopOrigin { get; init; }

    /// <summary>A creation with mediation <c>conditional</c>: the user is neither asked to touch nor verified. Default: false.</summary>
    public bool Conditional { get; init; }

    /// <summary>The registered credential to answer with, base64url, whatever the request allows; the newest that fits when null.</summary>
    public string? CredentialId { get; init; }
}
