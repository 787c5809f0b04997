namespace MedId.Provider;

/// <summary>A person who acts through an administration client.</summary>
/// <param name="Id">Their own identifier, never shared: 1 to 128 visible ASCII characters. It stands in the audit trail.</param>
/// <param name="Roles">What they may do.</param>
public sealed record AdministrationOperator(string Id, params IReadOnlyList<AdministrationRole> Roles)
{
    /// <summary>The longest identifier.</summary>
    public const int MaxId = 128;

    /// <summary>Whether an identifier is of the form.</summary>
    internal static bool IsId(string? id) => id is { Length: > 0 and <= MaxId } && id.All(static c => c is > ' ' and <= '~');

    /// <summary>The roles only.</summary>
    public override string ToString() => string.Join(' ', Roles);
}
