using System.Collections.Frozen;
using MedId.Core;
using MedId.Fido.Metadata;
using MedId.Pki;

namespace MedId.Fido.Uaf;

/// <summary>The models that a server knows, and which of them are no longer acceptable.</summary>
public sealed class UafMetadataSet
{
    private readonly FrozenDictionary<Aaid, UafMetadataStatement> _statements;
    private readonly FrozenDictionary<Aaid, MetadataEntry> _entries;
    private readonly FrozenSet<Aaid> _revoked;
    private readonly FrozenSet<Aaid> _updates;
    private readonly MetadataStatusPolicy _policy;

    /// <summary>A set of models.</summary>
    /// <param name="statements">One statement a model.</param>
    /// <param name="revoked">Models whose status is revoked or compromised (status reports <c>REVOKED</c>, <c>USER_VERIFICATION_BYPASS</c>,
    /// <c>ATTESTATION_KEY_COMPROMISE</c>, <c>USER_KEY_REMOTE_COMPROMISE</c>, <c>USER_KEY_PHYSICAL_COMPROMISE</c>).</param>
    /// <param name="updates">Models for which an update is available (<c>UPDATE_AVAILABLE</c>): noted as <see cref="UafRisks.UpdateAvailable"/>.</param>
    /// <exception cref="ArgumentException">Two statements for one model.</exception>
    public UafMetadataSet(IEnumerable<UafMetadataStatement> statements, IEnumerable<Aaid>? revoked = null, IEnumerable<Aaid>? updates = null)
        : this(statements, FrozenDictionary<Aaid, MetadataEntry>.Empty, MetadataStatusPolicy.Default, revoked, updates)
    {
    }

    private UafMetadataSet(
        IEnumerable<UafMetadataStatement> statements,
        IReadOnlyDictionary<Aaid, MetadataEntry> entries,
        MetadataStatusPolicy policy,
        IEnumerable<Aaid>? revoked = null,
        IEnumerable<Aaid>? updates = null)
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
        _entries = entries.ToFrozenDictionary();
        _policy = policy;
        _revoked = (revoked ?? []).ToFrozenSet();
        _updates = (updates ?? []).ToFrozenSet();
    }

    /// <summary>The models.</summary>
    public IReadOnlyCollection<UafMetadataStatement> Statements => _statements.Values;

    /// <summary>The UAF models of metadata entries, judged by their status reports: a verified BLOB's, or the operator's own.</summary>
    /// <param name="entries">Entries; those of other families, without a statement or with one that cannot be used for UAF are left out.</param>
    /// <param name="policy">Which status keeps a model from being used; null for <see cref="MetadataStatusPolicy.Default"/>.</param>
    /// <exception cref="ArgumentException">Two entries for one model.</exception>
    public static UafMetadataSet FromEntries(IEnumerable<MetadataEntry> entries, MetadataStatusPolicy? policy = null)
    {
        ArgumentNullException.ThrowIfNull(entries);
        var (statements, byModel) = (new List<UafMetadataStatement>(), new Dictionary<Aaid, MetadataEntry>());
        foreach (var entry in entries)
        {
            if (entry.Aaid is not null && UafMetadataStatement.FromMetadata(entry) is { Succeeded: true, Value: { } statement })
            {
                statements.Add(statement);
                byModel[statement.Aaid] = entry;
            }
        }

        return new(statements, byModel, policy ?? MetadataStatusPolicy.Default);
    }

    /// <summary>The statement for a model; null when unknown.</summary>
    /// <param name="aaid">The model.</param>
    public UafMetadataStatement? Find(Aaid aaid) => _statements.GetValueOrDefault(aaid);

    /// <summary>Whether the model was named as revoked or compromised when the set was made; status reports are judged with each assertion.</summary>
    /// <param name="aaid">The model.</param>
    public bool IsRevoked(Aaid aaid) => _revoked.Contains(aaid);

    /// <summary>Whether an update was named for a model when the set was made.</summary>
    /// <param name="aaid">The model.</param>
    public bool HasUpdate(Aaid aaid) => _updates.Contains(aaid);

    /// <summary>What the status reports say of one authenticator: a refusal's code and whether an update is on offer.</summary>
    internal (string? Refusal, bool HasUpdate) Judge(Aaid aaid, ReadOnlyMemory<byte> attestationCertificate, ushort version, DateTimeOffset at)
    {
        if (!_entries.TryGetValue(aaid, out var entry) || entry.StatusReports.Count == 0)
        {
            return (null, HasUpdate(aaid));
        }

        var certificate = attestationCertificate.IsEmpty ? null : Certificate.Parse(attestationCertificate).Value;
        var decision = _policy.Judge(entry, certificate, at, version);
        return (decision.Error?.Code, decision.UpdateAvailable);
    }
}
