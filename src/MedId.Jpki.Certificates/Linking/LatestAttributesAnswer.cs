using System.Text.Json.Serialization;

namespace MedId.Jpki.Certificates;

/// <summary>The six fields and the new certificate, as the service answered; not judged.</summary>
[JsonConverter(typeof(NeverSerialized))]
public sealed class LatestAttributesAnswer
{
    /// <summary>氏名.</summary>
    public required string Name { get; init; }

    /// <summary>氏名 代替文字使用位置情報; null when the service gives none.</summary>
    public string? NameFlags { get; init; }

    /// <summary>性別, one digit.</summary>
    public required string Gender { get; init; }

    /// <summary>生年月日, nine digits.</summary>
    public required string BirthDate { get; init; }

    /// <summary>住所.</summary>
    public required string Address { get; init; }

    /// <summary>住所 代替文字使用位置情報; null when the service gives none.</summary>
    public string? AddressFlags { get; init; }

    /// <summary>The certificate that states them now.</summary>
    public required JpkiCertificateReference Certificate { get; init; }

    /// <summary>Nothing of the answer.</summary>
    public override string ToString() => nameof(LatestAttributesAnswer);
}
