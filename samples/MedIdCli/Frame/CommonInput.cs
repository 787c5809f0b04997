using System.Text.Json;
using MedId.Cryptography;

namespace MedId.Cli.Frame;

/// <summary>The members that every verb takes.</summary>
internal sealed record CommonInput(DateTimeOffset At, AlgorithmPolicy Algorithms, bool Explain)
{
    private static readonly SignatureUse[] Uses =
    [
        SignatureUse.Certificate, SignatureUse.RevocationList, SignatureUse.OcspResponse, SignatureUse.Timestamp, SignatureUse.DocumentSignature, SignatureUse.JpkiSignIn,
        SignatureUse.FidoMetadata,
    ];

    private static readonly SignatureUse[] Attestations = [SignatureUse.UafAttestation, SignatureUse.WebAuthnAttestation];
    private static readonly SignatureUse[] Rsa = [.. Uses, .. Attestations, SignatureUse.UafAssertion, SignatureUse.WebAuthnAssertion];

    /// <summary>Reads them; a verb about the present takes now where no time is given.</summary>
    public static CommonInput Read(CallInput input, bool isAboutThePresent)
    {
        _ = Id(input);
        return new(isAboutThePresent && input.Raw("at") is null ? TimeProvider.System.GetUtcNow() : input.Time("at"), ReadPolicy(input.OptionalObject("algorithmPolicy")), input.Flag("explain"));
    }

    /// <summary>Whatever the caller wants to find its answer by; it comes back as it was.</summary>
    public static JsonElement? Id(CallInput input) => input.Raw("id");

    /// <summary>The loud way to judge old material. It holds for this one input, so it has no end of its own.</summary>
    private static AlgorithmPolicy ReadPolicy(CallInput? input)
    {
        var policy = AlgorithmPolicy.Default;
        if (input is null)
        {
            return policy;
        }

        foreach (var name in input.OptionalTexts("allow") ?? [])
        {
            policy = name switch
            {
                "sha1" => Uses.Aggregate(policy, (p, use) => p.DangerouslyAllowSha1(use, DateTimeOffset.MaxValue)),
                "dsa" => Uses.Aggregate(policy, (p, use) => p.DangerouslyAllowDsa(use, DateTimeOffset.MaxValue)),
                "rs1-attestation" => Attestations.Aggregate(policy, (p, use) => p.DangerouslyAllowWeak(use, SignatureAlgorithm.RsaSha1, DateTimeOffset.MaxValue)),
                _ => throw input.Value("allow", "of sha1, dsa, rs1-attestation"),
            };
        }

        return input.OptionalNumber("rsaMinimumBits", PublicKey.MinimumLegacyRsaBits, PublicKey.MaximumRsaBits) switch
        {
            null => policy,
            { } bits when bits < PublicKey.MinimumRsaBits => Rsa.Aggregate(policy, (p, use) => p.DangerouslyAllowSmallRsa(use, bits, DateTimeOffset.MaxValue)),
            { } bits => policy.WithMinimumRsaBits(bits),
        };
    }
}
