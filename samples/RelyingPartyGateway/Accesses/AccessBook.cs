using System.Collections.Concurrent;
using MedId.AspNetCore.RelyingParty;
using MedId.Ciba.Client;
using MedId.Core;

namespace MedId.Samples.RelyingPartyGateway;

/// <summary>The accesses of this process. What waits is found again after a restart; what was granted has to be asked for anew, because tokens are kept in memory only.</summary>
internal sealed class AccessBook(CibaService ciba, TimeProvider time) : ICibaOutcomeHandler, IRunningAccesses
{
    private readonly ConcurrentDictionary<string, Access> _accesses = new(StringComparer.Ordinal);

    public Access Open(Access access) => _accesses[access.Id] = access;

    public void Forget(string id) => _accesses.TryRemove(id, out _);

    public Access? Find(string id) => _accesses.GetValueOrDefault(id);

    /// <summary>Takes in what waited already when the gateway was ended.</summary>
    public void Add(CibaPending pending)
    {
        if (AccessReference.Parse(pending.Reference) is { } reference)
        {
            _accesses.GetOrAdd(reference.Access, static (key, one) => new(key, one.Reference.Patient, one.Reference.Purpose, one.ExpiresAt), (Reference: reference, pending.ExpiresAt));
        }
    }

    /// <inheritdoc/>
    public async ValueTask HandleAsync(CibaOutcome outcome, CancellationToken cancellationToken = default)
    {
        if (AccessReference.Parse(outcome.Reference) is not { } reference)
        {
            return;
        }

        var access = _accesses.GetOrAdd(reference.Access, static (key, one) => new(key, one.Reference.Patient, one.Reference.Purpose, one.Now), (Reference: reference, Now: time.GetUtcNow()));
        access.Decide(outcome.Result);

        // Given up while the patient decided: the tokens go back.
        if (outcome.Result.Succeeded && access.Tokens is null)
        {
            await ciba.RevokeAsync(outcome.Result.Value, cancellationToken);
        }
    }

    /// <inheritdoc/>
    public async ValueTask GiveUpAsync(ProcessingConsent ended, CancellationToken cancellationToken = default)
    {
        foreach (var access in _accesses.Values.Where(one => one.Patient == ended.Patient && one.Purpose == ended.Purpose))
        {
            var why = new MedIdError(CibaClientErrorCodes.ProcessingConsentWithdrawn, ErrorCategory.State, "gateway");
            if (access.End(why) is { } tokens)
            {
                await ciba.RevokeAsync(tokens, cancellationToken);
            }
        }
    }
}
