using MedId.TestSupport;

namespace MedId.Pki.Differential.Tests;

/// <summary>Ten thousand seeded mutants of certificates, chains, CRLs and OCSP responses, judged by this library and by openssl. Where they disagree there is a ruling.</summary>
[Trait("Peer", "openssl")]
public sealed class DifferentialTests
{
    private const int AtLeast = 10_000;

    public static TheoryData<string> Vectors => [.. Ruling.All.Select(ruling => ruling.Id)];

    [Fact]
    public async Task Judge_TenThousandMutants_DisagreeOnlyAsRuled()
    {
        OpenSslVerdict.Require();
        var world = new BaseWorld();
        DiffCase[] cases =
        [
            .. CertificateCases.Raw(world, seed: 1, 900), .. CertificateCases.SignedTargets(world, seed: 2, 3800), .. CertificateCases.SignedIntermediates(world, seed: 3, 900),
            .. ChainCases.All(world, seed: 4, 1600),
            .. CrlCases.Raw(world, seed: 5, 300), .. CrlCases.Signed(world, seed: 6, 1000), .. CrlCases.Shapes(world, seed: 7, 600),
            .. OcspCases.Faults(world), .. OcspCases.Raw(world, seed: 8, 250), .. OcspCases.Signed(world, seed: 9, 650),
        ];
        var ours = cases.Select(OurVerdict.Judge).ToArray();
        using var openSsl = new OpenSslVerdict();
        var theirs = await openSsl.JudgeAsync(cases);

        var unruled = Enumerable.Range(0, cases.Length)
            .Where(index => ours[index].Accepted != theirs[index].Accepted && !Ruling.All.Any(ruling => ruling.Covers(cases[index], ours[index], theirs[index])))
            .GroupBy(index => (cases[index].Category, Ours: ours[index].Reason, Theirs: theirs[index].Reason))
            .Select(group => Keep(cases[group.First()], ours[group.First()], theirs[group.First()], group.Count()))
            .ToList();
        Assert.True(unruled.Count == 0, "Disagreements without a ruling:\n" + string.Join('\n', unruled));
        Assert.InRange(cases.Length, AtLeast, int.MaxValue);

        // Mutants that nobody accepts, or everybody, would show nothing.
        Assert.All(
            Enumerable.Range(0, cases.Length).GroupBy(index => cases[index].Category, StringComparer.Ordinal).Where(group => group.Key != "certificate"),
            group => Assert.InRange(group.Count(index => ours[index].Accepted && theirs[index].Accepted), group.Count() / 20, group.Count() / 2));
    }

    [Theory]
    [MemberData(nameof(Vectors))]
    public void Judge_Vector_SaysWhatTheRulingIsAbout(string id)
    {
        var ruling = Ruling.All.Single(ruling => ruling.Id == id);

        var ours = OurVerdict.Judge(ruling.Case);

        Assert.True(ruling.Covers(ours), $"The ruling is about '{ruling.Ours}', and now it is '{ours.Reason}'.");
    }

    [Theory]
    [MemberData(nameof(Vectors))]
    public async Task OpenSsl_Vector_SaysWhatTheRulingIsAbout(string id)
    {
        OpenSslVerdict.Require();
        using var openSsl = new OpenSslVerdict();
        var ruling = Ruling.All.Single(ruling => ruling.Id == id);

        var theirs = Assert.Single(await openSsl.JudgeAsync([ruling.Case]));

        Assert.True(ruling.CoversTheirs(theirs), $"The ruling is about '{ruling.OpenSsl}', and now it is '{theirs.Reason}'.");
        Assert.NotEqual(OurVerdict.Judge(ruling.Case).Accepted, theirs.Accepted);
    }

    [Theory]
    [MemberData(nameof(Vectors))]
    public void Ruling_Vector_NamesWhoIsRightAndWhy(string id)
    {
        var ruling = Ruling.All.Single(ruling => ruling.Id == id);

        Assert.Contains(ruling.Right, new[] { "ours", "openssl", "both" });
        Assert.NotEmpty(ruling.Section);
        Assert.NotEmpty(ruling.Why);
        // What this library accepts and another refuses is ruled on field by field, never wholesale.
        Assert.True(ruling.Ours != "accepted" || ruling.Where is not null || ruling.OpenSsl is not "*", "An acceptance needs a narrow ruling.");
    }

    private static string Keep(DiffCase asked, Verdict ours, Verdict theirs, int count)
    {
        var folder = Checkout.PathOf("artifacts", "pki-differential");
        Directory.CreateDirectory(folder);
        var name = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes($"{asked.Category}|{ours.Reason}|{theirs.Reason}")))[..12];
        File.WriteAllText(Path.Combine(folder, name + ".json"), Ruling.Write(asked, ours, theirs));
        return $"{count} × {asked.Category}: ours '{ours.Reason}', openssl '{theirs.Reason}'; {asked.Where}: {asked.How} (artifacts/pki-differential/{name}.json)";
    }
}
