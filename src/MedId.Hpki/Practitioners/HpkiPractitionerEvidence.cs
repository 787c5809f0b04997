using System.Text.Json;
using MedId.Core;

namespace MedId.Hpki;

/// <summary>That the holder of an HPKI authentication certificate stated who asks, for one request at one OP. Only <see cref="HpkiPractitionerEvidenceVerifier"/> makes it.</summary>
public sealed class HpkiPractitionerEvidence
{
    internal HpkiPractitionerEvidence(HpkiEvidence certificate, HpkiRole role, JsonElement description, string digest, ReplayKey replayKey)
    {
        Certificate = certificate;
        Role = role;
        Description = description;
        Digest = digest;
        ReplayKey = replayKey;
    }

    /// <summary>The certificate's evidence: roles, level, whom it names.</summary>
    public HpkiEvidence Certificate { get; }

    /// <summary>The doctor as the key's thumbprint URI (RFC 9278): <c>iss</c> and <c>sub</c> of what was signed.</summary>
    public string Subject => HpkiSubjectKey.Of(Certificate.Key);

    /// <summary>The authority that issued the certificate (RFC 4514): who says that this key is a doctor's.</summary>
    public string Authority => Certificate.Certificate.Issuer.ToString();

    /// <summary>The first national qualification that is granted.</summary>
    public HpkiRole Role { get; }

    /// <summary>What the doctor stated (<c>extensions.ihe_iua</c>): institution and purpose. Signed, and not checked any further.</summary>
    public JsonElement Description { get; }

    /// <summary>base64url of SHA-256 over the evidence as it came.</summary>
    public string Digest { get; }

    /// <summary>What the handler consumes, so that one evidence serves one request.</summary>
    public ReplayKey ReplayKey { get; }

    /// <summary>Nothing personal.</summary>
    public override string ToString() => $"HPKI practitioner evidence {Digest}";
}
