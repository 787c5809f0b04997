using System.Text.Json.Serialization;
using MedId.Core;

namespace MedId.Jpki.Certificates;

/// <summary>Evidence that the holder of an authentication certificate answered a challenge. Only <see cref="JpkiSignInVerifier"/> makes it.</summary>
/// <remarks>It holds once <see cref="ReplayKey"/> is consumed, which is the caller's.</remarks>
[JsonConverter(typeof(NeverSerialized))]
public sealed class JpkiSignIn
{
    internal JpkiSignIn(JpkiEvidence identity, string subjectKey, string audience, ReplayKey replayKey)
    {
        Identity = identity;
        SubjectKey = subjectKey;
        Audience = audience;
        ReplayKey = replayKey;
    }

    /// <summary>The evidence about the certificate.</summary>
    public JpkiEvidence Identity { get; }

    /// <summary>The keyed digest under which the certificate, or the platform operator's user, is known here. Never the serial number.</summary>
    public string SubjectKey { get; }

    /// <summary>For whom the person signed in.</summary>
    public string Audience { get; }

    /// <summary>What the caller consumes once, atomically.</summary>
    public ReplayKey ReplayKey { get; }

    /// <summary>Under which standing it was checked.</summary>
    public JpkiStanding Standing => Identity.Standing;

    /// <summary>When it was verified.</summary>
    public DateTimeOffset At => Identity.At;

    /// <summary>The facts for the assurance tables of MedId.Core.</summary>
    /// <remarks>
    /// The card's chip does not use the key without its PIN and does not give it out; of the phone's profile nothing is published, so nothing is claimed. The challenge names the audience, but no channel binds the reader to it: a
    /// look-alike could pass a challenge on, so this is not phishing resistant.
    /// </remarks>
    public AuthenticatorFacts Authenticator => new()
    {
        PublicKey = true,
        UserVerified = Identity.Carrier == JpkiCarrier.Card,
        HardwareProtected = Identity.Carrier == JpkiCarrier.Card,
        Exportable = Identity.Carrier != JpkiCarrier.Card,
        ReplayResistant = true,
        PhishingResistant = false,
        Intent = true,
    };

    /// <summary>Carrier and standing only.</summary>
    public override string ToString() => $"sign-in {Identity.Carrier} {Standing}";
}
