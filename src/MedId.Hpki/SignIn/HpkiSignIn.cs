using MedId.Core;

namespace MedId.Hpki;

/// <summary>That the holder of an HPKI authentication certificate answered a challenge. Only <see cref="HpkiSignInVerifier"/> makes it; it holds once <see cref="ReplayKey"/> is consumed.</summary>
public sealed class HpkiSignIn
{
    internal HpkiSignIn(HpkiEvidence evidence, string audience, ReplayKey replayKey)
    {
        Evidence = evidence;
        Audience = audience;
        ReplayKey = replayKey;
    }

    /// <summary>The certificate's evidence: roles, level, whom it names.</summary>
    public HpkiEvidence Evidence { get; }

    /// <summary>The key's thumbprint as a URI (RFC 9278): what the person is known by until the card is renewed. Linking old and new cards is the service's.</summary>
    public string SubjectKey => HpkiSubjectKey.Of(Evidence.Key);

    /// <summary>For whom the person signed in.</summary>
    public string Audience { get; }

    /// <summary>What the caller consumes once, atomically.</summary>
    public ReplayKey ReplayKey { get; }

    /// <summary>The facts for the assurance tables of MedId.Core. The audience is signed, and no channel binds the reader to it, so a look-alike site can pass a challenge on.</summary>
    public AuthenticatorFacts Authenticator { get; } = new()
    {
        PublicKey = true,
        UserVerified = true,
        HardwareProtected = true,
        Exportable = false,
        ReplayResistant = true,
        PhishingResistant = false,
        Intent = true,
    };

    /// <summary>Nothing personal.</summary>
    public override string ToString() => $"sign-in by {Evidence}";
}
