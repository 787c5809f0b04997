namespace MedId.Jpki.Certificates;

/// <summary>How an application form stands to the certificate, attribute by attribute. Holds nothing of the values.</summary>
public sealed record FormComparison
{
    /// <summary>氏名.</summary>
    public required AttributeComparison Name { get; init; }

    /// <summary>住所.</summary>
    public required AttributeComparison Address { get; init; }

    /// <summary>性別.</summary>
    public required AttributeComparison Gender { get; init; }

    /// <summary>生年月日.</summary>
    public required AttributeComparison BirthDate { get; init; }

    /// <summary>Whether every attribute is stated and equal or equivalent.</summary>
    public bool IsMatch => All.All(a => a.IsMatch);

    /// <summary>Whether an attribute is shown to be another one.</summary>
    public bool IsDifferent => All.Any(a => a.Verdict == AttributeVerdict.Different);

    /// <summary>Whether every attribute is stated.</summary>
    public bool IsComplete => All.All(a => a.Verdict != AttributeVerdict.NotStated);

    private IEnumerable<AttributeComparison> All => [Name, Address, Gender, BirthDate];
}
