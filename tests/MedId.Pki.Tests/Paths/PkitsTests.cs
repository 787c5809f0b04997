using System.Text.Json;
using MedId.Core;
using MedId.Cryptography;
using MedId.TestSupport;

namespace MedId.Pki.Tests.Paths;

/// <summary>NIST's Public Key Interoperability Test Suite: every case, refused for the reason that its section is about.</summary>
public sealed class PkitsTests
{
    private const string Published = "csrc.nist.gov/projects/pki-testing (public domain); the cases as JSON by MatthiasValvekens/certvalidator (MIT)";

    private static readonly DateTimeOffset At = new(2011, 4, 15, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Never = new(9999, 1, 1, 0, 0, 0, TimeSpan.Zero);

    // What a case is refused for: the code, and where its section's table alone does not say it, the case.
    private static readonly Dictionary<string, string> CodeOfCase = new(StringComparer.Ordinal)
    {
        ["40102"] = PkiErrorCodes.Signature,
        ["40103"] = PkiErrorCodes.Signature,
        ["40106"] = PkiErrorCodes.Signature,
        ["40201"] = PkiErrorCodes.NotYetValid,
        ["40202"] = PkiErrorCodes.NotYetValid,
        ["40205"] = PkiErrorCodes.Expired,
        ["40206"] = PkiErrorCodes.Expired,
        ["40207"] = PkiErrorCodes.Expired,
        ["40207b"] = PkiErrorCodes.NotYetValid,
        ["41007"] = PkiErrorCodes.PolicyMappingInvalid,
        ["41008"] = PkiErrorCodes.PolicyMappingInvalid,
        ["41602"] = PkiErrorCodes.CriticalExtension,
    };

    // (section, words of the published refusal) to the code; the words tell apart what a section mixes.
    private static readonly (string Section, string Words, string Code)[] CodeOfSection =
    [
        ("402", "is not valid until", PkiErrorCodes.NotYetValid),
        ("402", "expired", PkiErrorCodes.Expired),
        ("403", "issuer name could not be matched", PkiErrorCodes.NoPath),
        ("404", "was revoked", PkiErrorCodes.Revoked),
        ("405", "was revoked", PkiErrorCodes.Revoked),
        ("405", "is not a CA", PkiErrorCodes.NotACa),
        ("406", "is not a CA", PkiErrorCodes.NotACa),
        ("406", "exceeds the maximum path length", PkiErrorCodes.PathLengthConstraint),
        ("407", "is not allowed to sign certificates", PkiErrorCodes.KeyUsage),
        ("408", "no valid set of policies", PkiErrorCodes.PolicyRequired),
        ("409", "no valid set of policies", PkiErrorCodes.PolicyRequired),
        ("410", "no valid set of policies", PkiErrorCodes.PolicyRequired),
        ("410", "contains a policy mapping for the \"any policy\"", PkiErrorCodes.PolicyMappingInvalid),
        ("411", "no valid set of policies", PkiErrorCodes.PolicyRequired),
        ("412", "no valid set of policies", PkiErrorCodes.PolicyRequired),
        ("413", "permitted namespace", PkiErrorCodes.NameNotPermitted),
        ("413", "excluded from the namespace", PkiErrorCodes.NameExcluded),
        ("414", "was revoked", PkiErrorCodes.Revoked),
        ("415", "was revoked", PkiErrorCodes.Revoked),
        ("416", "unsupported critical extension", PkiErrorCodes.CriticalExtension),
    ];

    private static readonly Lazy<IReadOnlyList<JsonElement>> AllCases = new(() =>
        [.. JsonDocument.Parse(File.ReadAllBytes(TestVectors.RequireVectors("pkits/pkits.json", Published))).RootElement.EnumerateArray()]);

    public static TheoryData<string> Sections { get; } =
        new("401", "402", "403", "404", "405", "406", "407", "408", "409", "410", "411", "412", "413", "414", "415", "416");

    [Theory]
    [MemberData(nameof(Sections))]
    public void Validate_EveryCaseOfTheSection_IsDecidedAsPublished(string section)
    {
        var cases = AllCases.Value.Where(c => Text(c, "id").StartsWith(section, StringComparison.Ordinal)).ToList();
        Assert.NotEmpty(cases);
        var wrong = cases.Select(Judge).OfType<string>().ToList();
        Assert.True(wrong.Count == 0, $"{wrong.Count} of {cases.Count}:\n{string.Join('\n', wrong)}");
    }

    [Fact]
    public void Cases_AreAllInASection() => Assert.Equal(247, Sections.Sum(section => AllCases.Value.Count(c => Text(c, "id").StartsWith(section, StringComparison.Ordinal))));

    /// <summary>What is wrong with the decision; null when it is the published one.</summary>
    private static string? Judge(JsonElement one)
    {
        var decision = Decide(one);
        var expected = Expected(one, out var outcome);
        var isRight = decision.Outcome == outcome && (expected is null || decision.Error?.Code == expected);

        // Every refusal says for which certificate and by which section.
        var isTelling = decision.IsAccepted ? decision.Error is null : decision.RefusedCertificate >= 0 && decision.RefusedCertificate <= decision.Path.Count && decision.Error.Section.Contains('§', StringComparison.Ordinal);
        return isRight && isTelling ? null
            : $"{Text(one, "id")} {Text(one, "name")}: {decision.Outcome} {decision.Error} at {decision.RefusedCertificate}, not {outcome} {expected}; "
                + string.Join(", ", decision.Revocation.Select(f => $"{f.Status} {f.Why}"));
    }

    private static PathDecision Decide(JsonElement one)
    {
        var evidence = new PathEvidence
        {
            Certificates = [.. Names(one, "other_certs").Select(Certificate)],
            Crls = [.. Names(one, "crls").Append("TrustAnchorRootCRL.crl").Distinct(StringComparer.Ordinal).Select(Crl).OfType<CertificateRevocationList>()],
        };
        return PathValidator.Validate(Certificate(Text(one, "cert")), [TrustAnchor.FromCertificate(Certificate("TrustAnchorRootCertificate.crt"))], evidence, Policy(one), At);
    }

    private static PathPolicy Policy(JsonElement one)
    {
        var parameters = one.TryGetProperty("params", out var given) ? given : default;
        return new PathPolicy
        {
            Algorithms = AlgorithmPolicy.Default.DangerouslyAllowDsa(SignatureUse.Certificate, Never).DangerouslyAllowDsa(SignatureUse.RevocationList, Never),
            Revocation = one.TryGetProperty("revocation", out var revocation) && !revocation.GetBoolean() ? RevocationRequirement.NotRequired : RevocationRequirement.Chain,
            InitialPolicies = Is(parameters, "user_initial_policy_set", out var policies) ? [.. policies.EnumerateArray().Select(p => p.GetString()!)] : null,
            RequireExplicitPolicy = Is(parameters, "initial_explicit_policy", out _),
            InhibitPolicyMapping = Is(parameters, "initial_policy_mapping_inhibit", out _),
            InhibitAnyPolicy = Is(parameters, "initial_any_policy_inhibit", out _),
        };
    }

    private static string? Expected(JsonElement one, out VerificationOutcome outcome)
    {
        outcome = VerificationOutcome.Accepted;
        if (!one.TryGetProperty("error", out var error))
        {
            return null;
        }

        // Missing, stale and unusable evidence proves nothing against the certificate.
        var isOpen = Text(error, "class") is "InsufficientRevinfoError" or "StaleRevinfoError";
        outcome = isOpen ? VerificationOutcome.Undetermined : VerificationOutcome.Refused;
        if (isOpen)
        {
            return PkiErrorCodes.RevocationUnknown;
        }

        var id = Text(one, "id");
        var words = Text(error, "msg_regex");
        return CodeOfSection.FirstOrDefault(row => id.StartsWith(row.Section, StringComparison.Ordinal) && words.Contains(row.Words, StringComparison.Ordinal)).Code
            ?? (CodeOfCase.TryGetValue(id, out var code) ? code : throw new InvalidOperationException($"{id} is in no table: {words}"));
    }

    private static bool Is(JsonElement parameters, string name, out JsonElement value)
    {
        value = default;
        return parameters.ValueKind == JsonValueKind.Object && parameters.TryGetProperty(name, out value) && value.ValueKind is JsonValueKind.True or JsonValueKind.Array;
    }

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString()!;

    private static IEnumerable<string> Names(JsonElement one, string name) =>
        one.TryGetProperty(name, out var names) ? names.EnumerateArray().Select(n => n.GetString()!) : [];

    private static Certificate Certificate(string file) => MedId.Pki.Certificate.Parse(Bytes("certs", file)).Value!;

    // A CRL that cannot be read is one that is missing.
    private static CertificateRevocationList? Crl(string file) => CertificateRevocationList.Parse(Bytes("crls", file)).Value;

    private static byte[] Bytes(string folder, string file) => File.ReadAllBytes(TestVectors.RequireVectors($"pkits/{folder}/{file}", Published));
}
