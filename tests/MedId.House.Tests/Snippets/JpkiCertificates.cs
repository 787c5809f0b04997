using MedId.Cryptography;
using MedId.Jpki.Certificates;
using MedId.Pki;
using MedId.Signatures;

namespace MedId.House.Tests.Snippets;

internal static class JpkiCertificates
{
    public static JpkiDecision Verify(Certificate certificate, IReadOnlyCollection<TrustAnchor> roots, PathEvidence evidence, DateTimeOffset now)
    {
        #region Jpki_Verify
        var policy = new JpkiVerifierPolicy(JpkiStanding.CertifiedVerifier)
        {
            Anchors = roots,                                            // admitted by fingerprint: TrustAnchorAdmission.Admit
            Revocation = RevocationRequirement.Leaf,
        };
        var decision = new JpkiVerifier(policy).Verify(certificate, JpkiCertificateKind.Sign, evidence, now);

        // Accepted: decision.Evidence.BasicFour has name, gender, birth date and address.
        // Refused or undetermined: decision.Error says why, decision.Revocation.Action what to do about the account.
        #endregion
        return decision;
    }

    public static async Task<JpkiSignInDecision> SignInAsync(HttpClient http, KeyedDigest keys, SignInChallenge stored, byte[] signature, byte[] certificate)
    {
        #region Jpki_SignIn
        var platform = new PlatformOperatorVerifier(http, new() { Operator = "our-operator", Standing = JpkiStanding.ServiceProvider }, TimeProvider.System);
        var signIns = new JpkiSignInService(platform, keys, TimeProvider.System);

        // Before: JpkiSignInChallenge.Create(issuer, now); the card signs its ToBytes().
        var decision = await signIns.VerifyAsync(stored, "https://op.example", signature, certificate);

        // Accepted: consume decision.SignIn.ReplayKey once, then find the account by decision.SignIn.SubjectKey.
        #endregion
        return decision;
    }

    public static RetainedItem? Keep(JpkiEvidence evidence, KeyedDigest keys, FieldCipher cipher, string recordId)
    {
        #region Jpki_Keep
        var retention = new RetentionPolicy(evidence.Standing, cipher);
        var record = retention.Protect(RetentionItem.VerificationRecord, recordId, evidence.ToRecord(recordId, keys).ToJson());
        var certificate = evidence.Retain(RetentionItem.Certificate, recordId, retention);

        // As service provider: record.Succeeded, and certificate.Error.Code is jpki.retention_refused.
        #endregion
        return certificate.Succeeded ? certificate.Value : record.Value;
    }
}
