using MedId.Core;

namespace MedId.Provider;

/// <summary>For whom and by what right somebody else decides, as the notice says it and the last act signs it.</summary>
public sealed record NoticeProxy
{
    /// <summary>The person's name.</summary>
    public required string PatientName { get; init; }

    /// <summary>The proxy's name.</summary>
    public required string Name { get; init; }

    /// <summary>The relation.</summary>
    public required ProxyRelationship Relationship { get; init; }

    /// <summary>The relation in words.</summary>
    public required string RelationshipText { get; init; }

    /// <summary>The code of the legal basis.</summary>
    public required string LegalBasis { get; init; }

    /// <summary>The legal basis in words.</summary>
    public required string LegalBasisText { get; init; }

    /// <summary>The sentence that says all of it.</summary>
    public required string Text { get; init; }

    /// <summary>The relation; no name.</summary>
    public override string ToString() => $"{Relationship}";

    internal static NoticeProxy Of(ProxyRelation relation, ProxyOptions options, string language)
    {
        var (words, basis) = (ProxyTexts.Relationship(relation.Relationship, language), options.FindBasis(relation.LegalBasis, relation.Relationship)?.In(language) ?? relation.LegalBasis);
        return new()
        {
            PatientName = relation.PatientName,
            Name = relation.ProxyName,
            Relationship = relation.Relationship,
            RelationshipText = words,
            LegalBasis = relation.LegalBasis,
            LegalBasisText = basis,
            Text = ProxyTexts.Say("Capacity", language, relation.PatientName, relation.ProxyName, words, basis),
        };
    }
}
