using MedId.Consent;
using MedId.Core;
using MedId.Cryptography;
using MedId.Pki;
using MedId.Signatures;

namespace MedId.House.Tests.Snippets;

internal static class ConsentArtefactUse
{
    public static ReadOnlyMemory<byte>? Convert(byte[] received)
    {
        #region Consent_Convert
        MedIdResult<WrittenArtefact> written = ConsentArtefacts.Recognise(received)
            .Then(format => ConsentArtefacts.Convert(format, received, ArtefactFormat.FhirR4));
        if (!written.Succeeded)
        {
            Console.WriteLine($"{written.Error.Code} [{written.Error.Section}]: {written.Error.Detail}");    // consent.member_missing, consent.not_expressible …
            return null;
        }

        Console.WriteLine($"not said any more: {string.Join(", ", written.Value.Lost)}");
        return written.Value.LostLimits.Count == 0 ? written.Value.Bytes : null;                            // without its limits it would look like a wider consent
        #endregion
    }

    public static async Task<ReadOnlyMemory<byte>> FromRecordAsync(ConsentRecord record, SigningKey managerKey, CancellationToken cancellationToken)
    {
        #region Consent_Sign
        var artefact = ConsentArtefacts.FromRecord(record, noticeUri: "https://op.example.jp/notice/ja/3", jurisdiction: "JP");
        var written = ConsentArtefacts.Write(ArtefactFormat.Iso27560, artefact).Value!;
        var signed = await ArtefactSigner.SignJsonAsync(written.Bytes, managerKey, cancellationToken);    // a compact JWS: these bytes travel in it and are never written again
        #endregion
        return System.Text.Encoding.ASCII.GetBytes(signed.Value!);
    }

    public static ConsentArtefact? Verify(byte[] document, TrustAnchor persons, TrustAnchor collectors, PathPolicy path, PathEvidence gathered, DateTimeOffset now)
    {
        #region Consent_Verify
        var policy = new ArtefactVerificationPolicy
        {
            Signers =
            [
                new() { Role = ArtefactSignerRole.User, Anchors = [persons] },
                new() { Role = ArtefactSignerRole.Collector, Anchors = [collectors] },
            ],
            Required = [ArtefactSignerRole.User, ArtefactSignerRole.Collector],
            Documents = new() { Algorithms = AlgorithmPolicy.Default, Anchors = [persons, collectors], Path = path },
        };
        var verification = ArtefactVerifier.VerifyXml(document, policy, new() { Gathered = gathered }, now);
        if (!verification.IsAccepted)
        {
            Console.WriteLine($"{verification.Outcome}: {verification.Error!.Code}");    // undetermined: only evidence is missing
            return null;
        }

        return verification.Content;                                                    // read from the signed octets, never from the document
        #endregion
    }
}
