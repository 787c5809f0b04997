using System.Text.Json.Serialization;

namespace MedId.Jpki.Certificates;

/// <summary>What the applicant wrote into the form, read out of the very document that was signed. Not stated is null. Personal: never printed, never serialised.</summary>
[JsonConverter(typeof(NeverSerialized))]
public sealed class ApplicationForm
{
    /// <summary>氏名.</summary>
    public string? Name { get; init; }

    /// <summary>住所.</summary>
    public string? Address { get; init; }

    /// <summary>性別; <see cref="JpkiGender.Unknown"/> counts as not stated.</summary>
    public JpkiGender? Gender { get; init; }

    /// <summary>生年月日, Gregorian.</summary>
    public DateOnly? BirthDate { get; init; }

    /// <summary>The nonce that the form carries; null for none.</summary>
    public string? Nonce { get; init; }

    /// <summary>SHA-256 of the SubjectPublicKeyInfo that the form asks to be bound to the person, lower-case hex; null for none.</summary>
    public string? PublicKeySha256 { get; init; }

    /// <summary>Nothing of the form.</summary>
    public override string ToString() => nameof(ApplicationForm);
}
