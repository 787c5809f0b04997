using System.Text;
using MedId.Consent;

namespace MedId.Consent.Tests.Artefacts;

/// <summary>What a format loses is said exactly: for random artefacts the round trip differs in every named member and in no other.</summary>
public sealed class ArtefactLossTests
{
    public static TheoryData<ArtefactFormat> Formats => [.. Enum.GetValues<ArtefactFormat>()];

    [Fact]
    public void All_Names_AreThoseThatTheModelHas() => Assert.Equal(NeutralMembers.Take.Keys.Order(StringComparer.Ordinal), ArtefactMembers.All.Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Formats))]
    public void Write_RandomArtefacts_LosesExactlyWhatItNames(ArtefactFormat format)
    {
        var written = 0;
        for (var seed = 1; seed <= 2000; seed++)
        {
            var original = new ArtefactGenerator(seed).Any();
            var result = ConsentArtefacts.Write(format, original);
            if (!result.Succeeded)
            {
                Assert.True(result.Error.Code is ConsentErrorCodes.MemberMissing or ConsentErrorCodes.NotExpressible, $"seed {seed}: {result}");
                continue;
            }

            written++;
            var read = ConsentArtefacts.Read(format, result.Value.Bytes);
            Assert.True(read.Succeeded, $"seed {seed}: {read}");
            AssertExact(seed, original, read.Value, result.Value.Lost);
        }

        Assert.True(written > 100, $"only {written} of 2000 could be written");
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void Write_ValuesThatTheFormatHolds_LosesNothing(ArtefactFormat format)
    {
        for (var seed = 1; seed <= 1000; seed++)
        {
            var original = new ArtefactGenerator(seed).Fit(format);
            var result = ConsentArtefacts.Write(format, original);
            Assert.True(result.Succeeded, $"seed {seed}: {result}");
            Assert.True(result.Value.Lost.Count == 0, $"seed {seed}: {string.Join(", ", result.Value.Lost)} in {Encoding.UTF8.GetString(result.Value.Bytes.Span)}");
            Assert.Equal(original, ConsentArtefacts.Read(format, result.Value.Bytes).Value);
        }
    }

    private static void AssertExact(int seed, ConsentArtefact original, ConsentArtefact read, IReadOnlyList<string> lost)
    {
        // Taking over exactly what is named makes them the same …
        var taken = lost.Aggregate(original, (a, name) => NeutralMembers.Take[name](a, read));
        Assert.True(NeutralMembers.Normal(taken).Equals(NeutralMembers.Normal(read)), $"seed {seed}: more is lost than {string.Join(", ", lost)}");

        // … and leaving out any one does not.
        foreach (var name in lost)
        {
            var without = lost.Where(n => n != name).Aggregate(original, (a, n) => NeutralMembers.Take[n](a, read));
            Assert.False(NeutralMembers.Normal(without).Equals(NeutralMembers.Normal(read)), $"seed {seed}: {name} is not lost");
        }
    }
}
