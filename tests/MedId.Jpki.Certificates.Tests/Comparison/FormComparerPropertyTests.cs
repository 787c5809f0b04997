namespace MedId.Jpki.Certificates.Tests.Comparison;

/// <summary>What holds for all texts, tried on texts put together by a seed from the characters that make trouble.</summary>
public sealed class FormComparerPropertyTests
{
    private static readonly string[] Pieces =
    [
        "山", "田", "髙", "高", "𠮷", "吉", "葛\U000E0100", "葛", "\uFA19", "神", "邉", "邊", "辺", "濵", "浜", "か\u3099", "が", "ガ", "ｶﾞ", "ｶ", "ﾞ", "ー", "ｰ", "−", "-", "－", "一",
        "　", " ", "Ａ", "A", "ａ", "a", "１", "1", "丁目", "番地", "番", "号", "の", "十", "ヽ", "ヾ", "々", "\u3099", "\U000E0100", "ｳﾞ", "·", "\ud842", "\uffff", "é", "e\u0301",
    ];

    private static readonly FormComparer[] Comparers =
    [
        new(),
        new(new() { Equivalences = ComparisonReasons.None }),
        new(new() { Equivalences = ComparisonPolicy.AllEquivalences }),
        new(new() { Equivalences = ComparisonReasons.Width | ComparisonReasons.AddressNotation }),
    ];

    [Fact]
    public void CompareTexts_EveryText_IsReflexive()
    {
        foreach (var (one, _) in Pairs(3_000))
        {
            Assert.All(Comparers, c => Assert.Equal(new AttributeComparison(AttributeVerdict.Equal), c.CompareTexts(one, one)));
        }
    }

    [Fact]
    public void CompareTexts_EveryPair_IsSymmetric()
    {
        foreach (var (one, other) in Pairs(6_000))
        {
            Assert.All(Comparers, c => Assert.Equal(c.CompareTexts(one, other, isAddress: true), c.CompareTexts(other, one, isAddress: true)));
        }
    }

    [Fact]
    public void CompareTexts_DifferentTexts_AreNeverEqual()
    {
        var equivalent = 0;
        foreach (var (one, other) in Pairs(6_000).Where(p => p.One != p.Other))
        {
            foreach (var comparison in Comparers.Select(c => c.CompareTexts(one, other, isAddress: true)))
            {
                Assert.NotEqual(AttributeVerdict.Equal, comparison.Verdict);
                Assert.Equal(comparison.Verdict is AttributeVerdict.Equivalent or AttributeVerdict.Undecidable, comparison.Reasons != ComparisonReasons.None);
                equivalent += comparison.Verdict == AttributeVerdict.Equivalent ? 1 : 0;
            }
        }

        Assert.True(equivalent > 500, $"only {equivalent} pairs were equivalent: the property was hardly tried");
    }

    [Fact]
    public void CompareTexts_NoEquivalence_KnowsEqualAndDifferentOnly()
    {
        foreach (var (one, other) in Pairs(2_000))
        {
            Assert.NotEqual(AttributeVerdict.Equivalent, Comparers[1].CompareTexts(one, other).Verdict);
        }
    }

    // Pairs that are near each other: the second is the first with up to two pieces changed.
    private static IEnumerable<(string One, string Other)> Pairs(int count)
    {
        var random = new Random(20260214);
        for (var i = 0; i < count; i++)
        {
            var one = Enumerable.Range(0, random.Next(1, 7)).Select(_ => Pieces[random.Next(Pieces.Length)]).ToList();
            var other = one.ToList();
            for (var change = random.Next(0, 3); change > 0; change--)
            {
                var at = random.Next(other.Count + 1);
                if (at == other.Count)
                {
                    other.Add(Pieces[random.Next(Pieces.Length)]);
                }
                else if (random.Next(3) == 0 && other.Count > 1)
                {
                    other.RemoveAt(at);
                }
                else
                {
                    other[at] = Pieces[Math.Clamp(Array.IndexOf(Pieces, other[at]) + random.Next(-1, 2), 0, Pieces.Length - 1)];
                }
            }

            yield return (string.Concat(one), string.Concat(other));
        }
    }
}
