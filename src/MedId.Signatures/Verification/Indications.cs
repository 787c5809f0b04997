using MedId.Core;
using MedId.Cryptography;
using MedId.Pki;

namespace MedId.Signatures;

/// <summary>From a refusal to the words of EN 319 102-1 §5.1.3.</summary>
internal static class Indications
{
    /// <summary>The indication of a signer's result.</summary>
    /// <param name="error">The refusal; null when accepted.</param>
    /// <param name="path">The path decision, when it came to one.</param>
    /// <param name="times">The signature's times, when they are known.</param>
    public static ValidationIndication Of(MedIdError? error, PathDecision? path, SignerTimes? times) => error?.Code switch
    {
        null => ValidationIndication.Passed,
        SignaturesErrorCodes.CmsDigestMismatch or SignaturesErrorCodes.CmsContentTypeMismatch => Failed(SubIndications.HashFailure),
        SignaturesErrorCodes.CmsSignatureInvalid => Failed(SubIndications.SignatureCryptoFailure),
        SignaturesErrorCodes.CmsSignerCertificateMissing or SignaturesErrorCodes.CmsSignerCertificateAmbiguous or SignaturesErrorCodes.CmsSigningCertificateMismatch
            => Indeterminate(SubIndications.NoSigningCertificateFound),
        SignaturesErrorCodes.CmsContentMissing => Indeterminate(SubIndications.SignedDataNotFound),
        SignaturesErrorCodes.TimeOrder => Indeterminate(SubIndications.TimestampOrderFailure),
        SignaturesErrorCodes.AlgorithmNotAllowed => Indeterminate(times?.Best is null ? SubIndications.CryptoConstraintsFailureNoPoe : SubIndications.CryptoConstraintsFailure),
        SignaturesErrorCodes.SigningCertificateNotNamed or SignaturesErrorCodes.LevelTooLow or SignaturesErrorCodes.CmsSignedAttributesMissing
            or SignaturesErrorCodes.CmsSignedAttributesNotDer or SignaturesErrorCodes.CmsAttributeMissing or SignaturesErrorCodes.CmsAlgorithmMismatch
            => Indeterminate(SubIndications.SignatureConstraintsFailure),
        PkiErrorCodes.NoPath or PkiErrorCodes.PathLimit => Indeterminate(SubIndications.NoCertificateChainFound),
        PkiErrorCodes.RevocationUnknown => Indeterminate(SubIndications.TryLater),
        PkiErrorCodes.Revoked => Revoked(path, times),
        PkiErrorCodes.Expired => OutOfBounds(times?.NotBefore is { } begin && begin > Refused(path)?.NotAfter, SubIndications.Expired),
        PkiErrorCodes.NotYetValid => OutOfBounds(times?.Best is { } best && best < Refused(path)?.NotBefore, SubIndications.NotYetValid),
        PkiErrorCodes.AlgorithmNotAllowed or PkiErrorCodes.AlgorithmUnsupported or CryptographyErrorCodes.KeyUnsupported => Indeterminate(SubIndications.CryptoConstraintsFailure),
        PkiErrorCodes.KeyUsage or PkiErrorCodes.ExtendedKeyUsage or PkiErrorCodes.PolicyRequired => Indeterminate(SubIndications.ChainConstraintsFailure),
        var code when code.StartsWith("pki.", StringComparison.Ordinal) => Indeterminate(SubIndications.CertificateChainGeneralFailure),
        var code => OfOther(code),
    };

    private static ValidationIndication OfOther(string code) => OfXml(code) ?? Failed(SubIndications.FormatFailure);

    /// <summary>The codes of XML and PDF signatures; null for one that is a fault of form.</summary>
    private static ValidationIndication? OfXml(string code) => code switch
    {
        SignaturesErrorCodes.XmlDigest => Failed(SubIndications.HashFailure),
        SignaturesErrorCodes.XmlSignature => Failed(SubIndications.SignatureCryptoFailure),
        SignaturesErrorCodes.XmlNoSigningCertificate or SignaturesErrorCodes.XmlSigningCertificateMismatch => Indeterminate(SubIndications.NoSigningCertificateFound),
        SignaturesErrorCodes.XmlReferenceExternal or SignaturesErrorCodes.XmlReferenceUnresolved => Indeterminate(SubIndications.SignedDataNotFound),
        SignaturesErrorCodes.XmlNotCovered => Indeterminate(SubIndications.SignatureConstraintsFailure),
        _ => null,
    };

    /// <summary>REVOKED only where a content time-stamp shows that the signature was made after the revocation; otherwise it may have been there before.</summary>
    private static ValidationIndication Revoked(PathDecision? path, SignerTimes? times)
    {
        if (path?.RefusedCertificate > 0)
        {
            return Indeterminate(SubIndications.RevokedCaNoPoe);
        }

        var revokedAt = path?.Revocation.FirstOrDefault(f => f.Status == RevocationStatus.Revoked)?.RevokedAt;
        return times?.NotBefore > revokedAt ? Failed(SubIndications.Revoked) : Indeterminate(SubIndications.RevokedNoPoe);
    }

    /// <summary>The certificate whose validity decided; null when it is the anchor's, or there is no path.</summary>
    private static Certificate? Refused(PathDecision? path) => path?.RefusedCertificate is { } index && index < path.Path.Count ? path.Path[index] : null;

    private static ValidationIndication OutOfBounds(bool isProven, string sub) => isProven ? Failed(sub) : Indeterminate(SubIndications.OutOfBoundsNoPoe);

    private static ValidationIndication Failed(string sub) => new(MainIndication.TotalFailed, sub);

    private static ValidationIndication Indeterminate(string sub) => new(MainIndication.Indeterminate, sub);
}
