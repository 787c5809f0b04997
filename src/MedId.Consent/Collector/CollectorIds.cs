namespace MedId.Consent;

/// <summary>Identifiers of messages and consents.</summary>
internal static class CollectorIds
{
    /// <summary>Whether it is a UUID as RFC 9562 §4 writes it, in lower case, so that one value has one text.</summary>
    public static bool IsUuid(string? id) => Guid.TryParseExact(id, "D", out var value) && value != Guid.Empty && string.Equals(value.ToString("D"), id, StringComparison.Ordinal);
}
