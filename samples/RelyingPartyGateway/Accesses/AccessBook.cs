using System.Collections.Concurrent;
using MedId.AspNetCore.RelyingParty;
using MedId.Ciba.Client;
using MedId.Core;
using MedId.OAuth;

namespace MedId.Samples.RelyingPartyGateway;

/// <summary>The accesses of this process. What waits is found again after a restart; what was granted has to be asked for anew, because tokens are kept in memory only.</summary>
internal sealed class AccessBook(CibaService ciba, TimeProvider time) : ICibaOutcomeHandler, IRunningAccesses
{
    private readonly ConcurrentDictionary<string, Access> _accesses = new(StringComparer.Ordinal);

    /// <summary>Adds one, and forgets what is over.</summary>
    public Access Open(Access access)
    {
        foreach (var over in _accesses.Values.Where(one => one.IsOver(time.GetUtcNow())))
        {
            Forget(over.Id);
        }

        return _accesses[access.Id] = access;
    }

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

        // Given up while the patient decided: the tokens go back.
        if (access.Decide(outcome.Result))
        {
            await GiveBackAsync(access, why: null, cancellationToken);
        }
    }

    /// <summary>Ends an access and gives its tokens back to the OP.</summary>
    /// <returns>The OP's refusal to take them; null when it has them, or has no way to take them.</returns>
    public async Task<MedIdError?> GiveBackAsync(Access access, MedIdError? why, CancellationToken cancellationToken)
    {
        if (access.End(why) is not { } tokens)
        {
            return null;
        }

        var revoked = await ciba.RevokeAsync(tokens, cancellationToken);
        if (!revoked.Succeeded && revoked.Error.Code != OAuthErrorCodes.EndpointMissing)
        {
            return revoked.Error;
        }

        access.GivenBack(tokens);
        return null;
    }

    /// <summary>Ends every access of a person for a purpose, also those of before a restart. Nothing is read with any of them when this has begun, whatever the OP says.</summary>
    /// <exception cref="HttpRequestException">The OP could not be told of all of them: call again.</exception>
    public async Task GiveUpAsync(string patient, string purpose, CancellationToken cancellationToken)
    {
        var why = new MedIdError(CibaClientErrorCodes.ProcessingConsentWithdrawn, ErrorCategory.State, "gateway");
        Access[] running = [.. _accesses.Values.Where(one => one.Patient == patient && one.Purpose == purpose)];
        foreach (var access in running)
        {
            access.End(why);
        }

        HttpRequestException? failure = null;
        foreach (var access in running)
        {
            try
            {
                if (await GiveBackAsync(access, why, cancellationToken) is { } refused)
                {
                    failure = new HttpRequestException("The OP does not take tokens back: " + refused.Code);
                }
            }
            catch (Exception e) when (e is HttpRequestException or TimeoutException)
            {
                // The others are given back all the same.
                failure = new HttpRequestException("The OP cannot be told.", e);
            }
        }

        if (failure is not null)
        {
            throw failure;
        }
    }

    /// <inheritdoc/>
    public async ValueTask GiveUpAsync(ProcessingConsent ended, CancellationToken cancellationToken = default) => await GiveUpAsync(ended.Patient, ended.Purpose, cancellationToken);
}
