namespace MedId.Pki;

/// <summary>A root certificate as trust data knows it. The certificate itself is brought by the operator and is an anchor only through <see cref="TrustAnchorAdmission"/>.</summary>
public sealed record TrustRoot
{
    /// <summary>The row: status, source, time.</summary>
    public required TrustDataRow Row { get; init; }

    /// <summary>What it is trusted for: one of <see cref="TrustPurposes"/>, or a name of the operator's.</summary>
    public required string Purpose { get; init; }

    /// <summary>SHA-256 of the certificate's DER, lower hex; null when nobody has seen it, and then the row admits nothing.</summary>
    public string? Sha256 { get; init; }

    /// <summary>The subject key identifier, lower hex; null when not known.</summary>
    public string? SubjectKeyIdentifier { get; init; }

    /// <summary>The serial number, lower hex; null when not known.</summary>
    public string? SerialNumber { get; init; }

    /// <summary>The certificate's notBefore; null when not known.</summary>
    public DateTimeOffset? NotBefore { get; init; }

    /// <summary>The certificate's notAfter; null when not known.</summary>
    public DateTimeOffset? NotAfter { get; init; }

    internal static TrustRoot? Read(TrustDataRow row)
    {
        var (sha256, ski, serial) = (row.Text("sha256"), row.Text("ski"), row.Text("serial"));
        return row.Text("purpose") is { Length: > 0 } purpose
            && (sha256 is null ? row.Status == TrustDataStatus.Unverified : sha256.Length == 64 && IsLowerHex(sha256))
            && (ski is null || IsLowerHex(ski))
            && (serial is null || IsLowerHex(serial))
            ? new()
            {
                Row = row,
                Purpose = purpose,
                Sha256 = sha256,
                SubjectKeyIdentifier = ski,
                SerialNumber = serial,
                NotBefore = row.Time("not_before"),
                NotAfter = row.Time("not_after"),
            }
            : null;
    }

    private static bool IsLowerHex(string text) => text.Length > 0 && text.All(char.IsAsciiHexDigitLower);
}
