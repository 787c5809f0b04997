namespace MedId.Consent;

/// <summary>The natural person at the recipient who asks for the data.</summary>
/// <param name="Name">The name.</param>
/// <param name="IdType">The kind of identifier, e.g. a registration of doctors.</param>
/// <param name="Id">The identifier.</param>
/// <param name="IdSystem">Who gives out such identifiers.</param>
public sealed record ArtefactRequester(string Name, string? IdType = null, string? Id = null, string? IdSystem = null)
{
    /// <inheritdoc/>
    public override string ToString() => "requester";
}
