using MedId.Cryptography;
using MedId.Pki;

namespace MedId.Hpki;

/// <summary>That an HPKI certificate was good for one use at one time. Only <see cref="HpkiVerifier"/> makes it, so having one is the proof.</summary>
public sealed class HpkiEvidence
{
    internal HpkiEvidence(Certificate certificate, PublicKey key, HpkiCertificatePolicy policy, IReadOnlyList<HpkiRole> roles, HpkiSubject subject, DateTimeOffset at)
    {
        Certificate = certificate;
        Key = key;
        Policy = policy;
        Roles = roles;
        Subject = subject;
        At = at;
    }

    /// <summary>The certificate.</summary>
    public Certificate Certificate { get; }

    /// <summary>Its key.</summary>
    public PublicKey Key { get; }

    /// <summary>Its policy: use and level.</summary>
    public HpkiCertificatePolicy Policy { get; }

    /// <summary>The use.</summary>
    public HpkiUse Use => Policy.Use;

    /// <summary>Whether it is a test certificate, which only <see cref="HpkiPolicy.AllowTestPolicy"/> lets pass.</summary>
    public bool IsTest => Policy.Level == HpkiCertificatePolicy.TestLevel;

    /// <summary>The roles, unknown and not granted ones among them; empty for a holder without qualification.</summary>
    public IReadOnlyList<HpkiRole> Roles { get; }

    /// <summary>Whom it names, for display.</summary>
    public HpkiSubject Subject { get; }

    /// <summary>The reference time for which it was judged.</summary>
    public DateTimeOffset At { get; }

    /// <summary>Whether the holder has one of these national qualifications.</summary>
    /// <param name="ids">Rows of the role table, e.g. <see cref="RoleIds.Physician"/>; administrators never match.</param>
    public bool HasQualification(params ReadOnlySpan<string> ids)
    {
        foreach (var id in ids)
        {
            if (Roles.Any(role => role.IsQualification(id)))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Use and level; nothing personal.</summary>
    public override string ToString() => $"HPKI {Use}, level {Policy.Level}";
}
