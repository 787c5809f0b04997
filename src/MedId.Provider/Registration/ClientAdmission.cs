using MedId.Core;
using MedId.Cryptography;
using MedId.OAuth.Server;

namespace MedId.Provider;

/// <summary>Decides whether a registration is taken: gathers what the rules ask for, signing keys and the sector's document, and has <see cref="RegistrationRules"/> decide. For whoever takes registrations while the OP runs.</summary>
public sealed class ClientAdmission
{
    private readonly RegistrationRules _rules;
    private readonly IKeyRingSource _keys;
    private readonly SectorDocuments _sectors;
    private readonly TimeProvider _time;

    /// <summary>Makes it.</summary>
    /// <param name="rules">The rules.</param>
    /// <param name="keys">The keys that sign.</param>
    /// <param name="sectors">Fetches sectors' documents.</param>
    /// <param name="time">The clock.</param>
    public ClientAdmission(RegistrationRules rules, IKeyRingSource keys, SectorDocuments sectors, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(rules);
        ArgumentNullException.ThrowIfNull(keys);
        ArgumentNullException.ThrowIfNull(sectors);
        ArgumentNullException.ThrowIfNull(time);
        (_rules, _keys, _sectors, _time) = (rules, keys, sectors, time);
    }

    /// <summary>Why a registration is not taken.</summary>
    /// <param name="client">The registration.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>Null when it is; otherwise the first reason, its code and section, with every reason in the detail.</returns>
    public async ValueTask<MedIdError?> RefuseAsync(ClientRegistration client, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(client);
        if (await ReasonsAsync(client, cancellationToken).ConfigureAwait(false) is { Count: > 0 } wrong)
        {
            return new(wrong[0].Code, wrong[0].Category, wrong[0].Section, string.Join("; ", wrong.Select(static one => one.Detail)));
        }

        // Only what stands otherwise has a stranger's server called.
        return (await _sectors.VerifyAsync(client, cancellationToken).ConfigureAwait(false)).Error;
    }

    /// <summary>What the rules have against a registration as things stand now; nothing is fetched.</summary>
    /// <param name="client">The registration.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async ValueTask<IReadOnlyList<MedIdError>> ReasonsAsync(ClientRegistration client, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(client);

        // An OP without a key yet takes who asks for no algorithm.
        var keys = RegistrationRules.AsksKeys(client.Metadata) ? await _keys.GetKeyRingAsync(client.Tenant, cancellationToken).ConfigureAwait(false) : null;
        return _rules.Refuse(client, keys, _time.GetUtcNow());
    }
}
