using MedId.Cli.Frame;
using MedId.Pki;
using MedId.Signatures;

namespace MedId.Cli.Documents;

/// <summary>The members that all signed documents take beside themselves.</summary>
internal sealed record DocumentInput(SignaturePolicy Policy, ValidationEvidence Evidence)
{
    public static DocumentInput Read(CallInput input, CommonInput common, PkiInput pki)
    {
        _ = input.Raw("trustAnchors") ?? throw input.Missing("trustAnchors");
        var anchors = pki.Anchors("trustAnchors");
        if (pki.Error is null && anchors.Count == 0)
        {
            throw input.Value("trustAnchors", "at least one");
        }

        var services = pki.Anchors("timestampAnchors");
        var path = new PathPolicy
        {
            Algorithms = common.Algorithms,
            Revocation = PkiInput.Revocation(input.OptionalObject("revocation")) ?? RevocationRequirement.NotRequired,
            Explain = common.Explain,
        };
        var policy = new SignaturePolicy
        {
            Algorithms = common.Algorithms,
            Anchors = anchors,
            Path = path,
            Timestamps = services.Count == 0 ? null : new TimestampPolicy
            {
                Algorithms = common.Algorithms,
                Path = path,
                Services = [.. services.Select(anchor => new TimestampService { Anchor = anchor })],
            },
            MinimumLevel = input.OptionalChoice<SignatureLevel>("minimumLevel", ("plain", SignatureLevel.Plain), ("B", SignatureLevel.BaselineB), ("T", SignatureLevel.BaselineT), ("LT", SignatureLevel.BaselineLT))
                ?? SignatureLevel.Plain,
        };
        return new(policy, new ValidationEvidence { Gathered = pki.Evidence() });
    }
}
