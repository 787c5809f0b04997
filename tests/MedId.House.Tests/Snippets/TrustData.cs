using MedId.Cryptography;
using MedId.Pki;

namespace MedId.House.Tests.Snippets;

internal static class TrustData
{
    public static TrustAnchor? Admit(JsonWebKeySet issuersOfOurTrustData, string signedBundle, byte[] rootDer, TimeProvider time)
    {
        #region TrustData_Use
        // Begins with what the package ships; newer data is signed by keys that the installation names. A confirmation is configuration and says on what it relies.
        var data = new TrustDataHolder(
            TrustDataBundle.Default,
            issuersOfOurTrustData,
            AlgorithmPolicy.Default,
            time,
            [new(TrustDataSections.HpkiRoles, "dentist", "certificate policy 1.91, table 7.1.3")]);
        var replaced = data.Replace(signedBundle);                 // refused: what is in use stays; trust.rollback, trust.signature …

        // A root is an anchor by its fingerprint, for a purpose, at a time. data.IsStale: say Degraded, go on.
        var anchor = TrustAnchorAdmission.Admit(rootDer, TrustPurposes.JpkiSignature, data.Current, time.GetUtcNow());
        #endregion
        return replaced.Succeeded ? anchor.Value : null;
    }
}
