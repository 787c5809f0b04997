using MedId.TestSupport;

namespace MedId.House.Tests.TestSupport;

public sealed class SeededMutatorTests
{
    private static readonly byte[] Original = [.. Enumerable.Range(0, 40).Select(number => (byte)number)];

    private static readonly string[] FirstOfSeed7 =
        ["truncate to 26; ", "set byte 38 to 0x3D; ", "splice 5 from 0 in at 30; delete 8 at 37; "];

    [Fact]
    public void Mutate_SameSeed_GivesTheSameMutants() =>
        Assert.Equal(
            new SeededMutator(7).Mutate(Original, 200).Select(mutant => Convert.ToHexString(mutant.Bytes)),
            new SeededMutator(7).Mutate(Original, 200).Select(mutant => Convert.ToHexString(mutant.Bytes)));

    [Fact]
    public void Mutate_FixedSeed_GivesWhatItGaveBefore()
    {
        var first = new SeededMutator(7).Mutate(Original, 3).Select(mutant => mutant.How);
        Assert.Equal(FirstOfSeed7, first);
    }

    [Fact]
    public void Mutate_Mutants_NeverEqualTheOriginalAndLeaveItAlone()
    {
        var before = Original.ToArray();
        var mutants = new SeededMutator(1).Mutate(Original, 2000).ToList();

        Assert.Equal(2000, mutants.Count);
        Assert.DoesNotContain(mutants, mutant => mutant.Bytes.AsSpan().SequenceEqual(Original));
        Assert.Equal(before, Original);
    }

    [Fact]
    public void Mutate_ManyMutants_UseEveryKindOfChange()
    {
        var how = string.Concat(new SeededMutator(1).Mutate(Original, 500).Select(mutant => mutant.How));
        Assert.All(
            new[] { "flip", "set", "truncate", "extend", "duplicate", "delete", "splice", "swap" },
            kind => Assert.Contains(kind + " ", how, StringComparison.Ordinal));
    }

    [Fact]
    public void EveryBitFlip_Message_ChangesExactlyOneBitEach()
    {
        var flips = SeededMutator.EveryBitFlip(Original).ToList();

        Assert.Equal(Original.Length * 8, flips.Select(mutant => Convert.ToHexString(mutant.Bytes)).Distinct(StringComparer.Ordinal).Count());
        Assert.All(flips, flip => Assert.Equal(1, flip.Bytes.Zip(Original, (left, right) => int.PopCount(left ^ right)).Sum()));
    }

    [Fact]
    public void EveryTruncation_Message_GoesDownToTheEmptyOne() =>
        Assert.Equal(Enumerable.Range(0, Original.Length).Reverse(), SeededMutator.EveryTruncation(Original).Select(mutant => mutant.Bytes.Length));
}
