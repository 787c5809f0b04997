using System.Collections.Frozen;

namespace MedId.Fido.Uaf;

/// <summary>The models that a server knows, and which of them are no longer acceptable.</summary>
public sealed class UafMetadataSet
{
    private readonly FrozenDictionary<Aaid, UafMetadataStatement> _statements;
    private readonly FrozenSet<Aaid> _revoked;
    private readonly FrozenSet<Aaid> _updates;

    /// <summary>A set of models.</summary>
    /// <param name="statements">One statement a model.</param>
    /// <param name="revoked">Models whose status is revoked or compromised (status reports <c>REVOKED</c>, <c>USER_VERIFICATION_BYPASS</c>,
    /// <c>ATTESTATION_KEY_COMPROMISE</c>, <c>USER_KEY_REMOTE_COMPROMISE</c>, <c>USER_KEY_PHYSICAL_COMPROMISE</c>).</param>
    /// <param name="updates">Models for which an update is available (<c>UPDATE_AVAILABLE</c>): noted as <see cref="UafRisks.UpdateAvailable"/>.</param>
    /// <exception cref="ArgumentException">Two statements for one model.</exception>
    public UafMetadataSet(IEnumerable<UafMetadataStatement> statements, IEnumerable<Aaid>? revoked = null, IEnumerable<Aaid>? updates = null)
    {
        ArgumentNullException.ThrowIfNull(statements);
        var byModel = new Dictionary<Aaid, UafMetadataStatement>();
        foreach (var statement in statements)
        {
            if (!byModel.TryAdd(statement.Aaid, statement))
            {
                throw new ArgumentException($"Two metadata statements for {statement.Aaid}.", nameof(statements));
            }
        }

        _statements = byModel.ToFrozenDictionary();
        _revoked = (revoked ?? []).ToFrozenSet();
        _updates = (updates ?? []).ToFrozenSet();
    }

    /// <summary>The models.</summary>
    public IReadOnlyCollection<UafMetadataStatement> Statements => _statements.Values;

    /// <summary>The statement for a model; null when unknown.</summary>
    /// <param name="aaid">The model.</param>
    public UafMetadataStatement? Find(Aaid aaid) => _statements.GetValueOrDefault(aaid);

    /// <summary>Whether a model's status is revoked or compromised.</summary>
    /// <param name="aaid">The model.</param>
    public bool IsRevoked(Aaid aaid) => _revoked.Contains(aaid);

    /// <summary>Whether an update is available for a model.</summary>
    /// <param name="aaid">The model.</param>
    public bool HasUpdate(Aaid aaid) => _updates.Contains(aaid);
}
