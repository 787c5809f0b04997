using MedId.Core;
using MedId.Cryptography;
using MedId.Pki;
using MedId.Signatures;

namespace MedId.House.Tests.Snippets;

internal static class SignaturesCms
{
    public static ReadOnlyMemory<byte>? Verify(byte[] p7s, byte[] document, TrustAnchor hpkiRoot, TrustAnchor tsaRoot, PathEvidence gathered, DateTimeOffset now)
    {
        #region Signatures_VerifyCms
        var path = new PathPolicy
        {
            Algorithms = AlgorithmPolicy.Default,
            Revocation = RevocationRequirement.Chain,
            RequiredKeyUsage = KeyUsages.NonRepudiation,
            AcceptLaterEvidence = true,                              // today's CRL judges what was signed last year
        };
        var policy = new SignaturePolicy
        {
            Algorithms = AlgorithmPolicy.Default,
            Anchors = [hpkiRoot],
            Path = path,
            Timestamps = new()
            {
                Services = [new() { Label = "our TSA", Anchor = tsaRoot, PolicyOid = "2.999.3161.1", Until = new(2031, 1, 1, 0, 0, 0, TimeSpan.Zero) }],
                Algorithms = AlgorithmPolicy.Default,
                Path = path with { RequiredKeyUsage = KeyUsages.DigitalSignature },
            },
            MinimumLevel = SignatureLevel.BaselineT,
        };

        var result = CmsVerifier.Verify(p7s, document, policy, new() { Gathered = gathered }, now);
        if (!result.IsAccepted)
        {
            Console.WriteLine($"{result.Outcome}: {result.Error!.Code} [{result.Error.Section}], {result.Indication}");
            return null;
        }

        var signer = result.Signers[0];
        Console.WriteLine($"signed not later than {signer.BestSignatureTime:O}");
        return signer.Covered[0].Octets;                             // what was signed: read this and nothing else
        #endregion
    }

    public static async Task<byte[]> SignAsync(
        SigningKey card, Certificate certificate, PathEvidence pathsOfBoth, HttpClient http, byte[] document, CancellationToken cancellationToken)
    {
        #region Signatures_SignCms
        var signed = CmsSignedData.Parse(await new CmsSigner(card, certificate).SignAsync(document, cancellationToken: cancellationToken)).Value!;    // B-B

        var client = new TimestampClient(http, new Uri("https://tsa.example/rfc3161"));
        MedIdResult<TimestampToken> token = await client.StampAsync(signed.CreateTimestampRequest(), cancellationToken);
        if (!token.Succeeded)
        {
            throw new InvalidOperationException(token.Error.Code);
        }

        signed = CmsSignedData.Parse(signed.AddTimestamp(token.Value)).Value!;                                                                       // B-T
        return signed.AddEvidence(pathsOfBoth);                                                                                                      // B-LT
        #endregion
    }
}
