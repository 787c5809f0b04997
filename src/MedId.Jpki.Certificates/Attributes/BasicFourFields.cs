namespace MedId.Jpki.Certificates;

/// <summary>The six fields as a certificate or a platform operator's answer has them, not judged.</summary>
internal sealed record BasicFourFields
{
    public string? Name { get; init; }

    public string? NameFlags { get; init; }

    public string? Gender { get; init; }

    public string? BirthDate { get; init; }

    public string? Address { get; init; }

    public string? AddressFlags { get; init; }

    public override string ToString() => nameof(BasicFourFields);
}
