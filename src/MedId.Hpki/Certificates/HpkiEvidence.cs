using MedId.Core;
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

    /// <summary>Verifies a bare signature of the holder over data, as a card gives it: no format around it, no time in it.</summary>
    /// <param name="data">What was signed; hashed here.</param>
    /// <param name="signature">RSASSA-PKCS1-v1_5 as long as the modulus, or another algorithm's own encoding.</param>
    /// <param name="algorithm">The algorithm.</param>
    /// <param name="policy">Which algorithms may sign documents (<see cref="SignatureUse.DocumentSignature"/>).</param>
    /// <returns>Nothing more; or <c>hpki.use_mismatch</c> when the certificate is not for signing, or <c>hpki.signature</c>.</returns>
    public MedIdResult<Unit> VerifySignature(ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature, SignatureAlgorithm algorithm, AlgorithmPolicy policy)
    {
        ArgumentNullException.ThrowIfNull(algorithm);
        ArgumentNullException.ThrowIfNull(policy);
        if (Use != HpkiUse.Signature)
        {
            return new MedIdError(HpkiErrorCodes.UseMismatch, ErrorCategory.Policy, "HPKI certificate policy, certificatePolicies", "documents are signed with signature certificates");
        }

        return policy.For(SignatureUse.DocumentSignature, At).Allows(algorithm, Key) && Key.Verify(algorithm, data, signature)
            ? Unit.Value
            : new MedIdError(HpkiErrorCodes.Signature, ErrorCategory.Untrusted, "RFC 8017 §8.2.2");
    }

    /// <summary>Use and level; nothing personal.</summary>
    public override string ToString() => $"HPKI {Use}, level {Policy.Level}";
}
