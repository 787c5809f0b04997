namespace MedId.Provider;

/// <summary>A console or tool that may call the administration API, with the people who act through it.</summary>
/// <param name="ClientId">Its client id: a configured client that authenticates by <c>private_key_jwt</c> or by a certificate.</param>
/// <param name="Operators">Each once, at least one.</param>
public sealed record AdministrationClient(string ClientId, params IReadOnlyList<AdministrationOperator> Operators)
{
    /// <summary>Finds an operator.</summary>
    /// <param name="id">The identifier as named by the call.</param>
    internal AdministrationOperator? Find(string? id) => Operators.FirstOrDefault(one => string.Equals(one.Id, id, StringComparison.Ordinal));

    /// <summary>The client id.</summary>
    public override string ToString() => ClientId;
}
