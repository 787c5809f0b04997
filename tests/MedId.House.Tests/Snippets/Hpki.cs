using MedId.Core;
using MedId.Cryptography;
using MedId.Hpki;
using MedId.Pki;
using MedId.Provider;
using MedId.Signatures;

namespace MedId.House.Tests.Snippets;

internal static class Hpki
{
    public static string Verify(byte[] rootDer, byte[] certificateDer, PathEvidence evidence, DateTimeOffset at)
    {
        #region Hpki_Verify
        // The operator brings the root; the trust data has its fingerprint. Nothing is trusted by name.
        var root = TrustAnchorAdmission.Admit(rootDer, TrustPurposes.Hpki, TrustDataBundle.Default, at);
        if (!root.Succeeded)
        {
            return root.Error.Code;
        }

        var verifier = new HpkiVerifier(new() { Anchors = [root.Value], Use = HpkiUse.Signature });
        var decision = verifier.Verify(certificateDer, evidence, at);
        if (!decision.IsAccepted)
        {
            return $"{decision.Outcome}: {decision.Error.Code}";   // undetermined: a CRL or ARL is missing or stale
        }

        return decision.Evidence.HasQualification(RoleIds.Physician) ? "a physician" : "an HPKI holder, and no physician by a verified role";
        #endregion
    }

    public static RoleTable Confirm()
    {
        #region Hpki_Confirm
        // Loud on purpose: the row, the operator's source. The role then shows the status Confirmed wherever it is used.
        var roles = RoleTable.Default.Confirm(RoleIds.Dentist, "certificate policy 1.91, table 7.1.3, read by our security officer");
        #endregion
        return roles;
    }

    public static HpkiDocumentDecision Prescription(HpkiPolicy signatures, byte[] document, PathEvidence evidence, DateTimeOffset at)
    {
        #region Hpki_Document
        var verifier = new HpkiDocumentVerifier(new() { Certificates = signatures });
        var decision = verifier.VerifyXml(
            document,
            XmlCoverage.Elements("/Document[1]/Prescription[1]/PrescriptionDocument[1]"),
            HpkiDocumentTypes.Prescription,
            evidence,
            at,
            new() { SignatureId = "PrescriptionSign" });

        // Accepted: read decision.Signers[0].Report.Covered, the octets that were signed, and nothing else of the document.
        #endregion
        return decision;
    }

    public static HpkiSignInDecision SignIn(HpkiPolicy people, SignInChallenge challenge, byte[] signature, Certificate certificate, PathEvidence evidence, DateTimeOffset now)
    {
        #region Hpki_SignIn
        // Before: HpkiSignInVerifier.CreateChallenge(audience, now), kept by us; the card signs challenge.ToBytes().
        var signIn = new HpkiSignInVerifier(people).Verify(challenge, "https://doctors.example", signature, certificate, evidence, now);

        // Accepted: consume signIn.SignIn.ReplayKey once, atomically.
        #endregion
        return signIn;
    }

    public static async Task<string> StateAsync(SigningKey cardKey, Certificate certificate, DateTimeOffset now)
    {
        #region Hpki_State
        var evidence = await HpkiPractitionerEvidenceSigner.SignAsync(
            cardKey,
            certificate,
            new()
            {
                Audience = "https://patients-op.example",
                ClientId = "ehr-clinic-a",
                Organization = "架空クリニック",
                OrganizationId = "synthetic-org",
                PurposeSystem = "http://terminology.hl7.org/CodeSystem/v3-ActReason",
                PurposeCode = "TREAT",
                PurposeDisplay = "treatment",
            },
            now);
        #endregion
        return evidence;
    }

    public static HpkiPractitioners Accept(
        HpkiPolicy people, IReadOnlyList<Certificate> authorities, Func<IReadOnlyList<Certificate>, CancellationToken, ValueTask<PathEvidence>> crls, TimeProvider time)
    {
        #region Hpki_Accept
        // At the patient's OP: builder.AddHpkiPractitioners(_ => practitioners). Which role asks for which scope is yours to say; the default is none.
        var scopes = RoleScopePolicy.Nothing.Allow(RoleIds.Physician, "patient/MedicationRequest.read", "patient/Patient.read");
        var practitioners = new HpkiPractitioners(() => people, scopes, authorities, crls, time);
        #endregion
        return practitioners;
    }
}
