using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using MedId.Ciba.Server;
using MedId.Core;
using MedId.Provider;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace MedId.Testing;

/// <summary>What people do when the hook says so: open, read, choose and sign with their authenticator, or say no. Nothing is decided behind the OP's rules.</summary>
internal sealed class LabActs(LabUsers users, LabRequests requests, IServiceProvider services, ILogger<LabActs> log)
{
    private LabPolicy _policy = LabPolicy.Initial;

    public LabPolicy Policy
    {
        get => Volatile.Read(ref _policy);
        set => Volatile.Write(ref _policy, value);
    }

    private IProviderStore Store => services.GetRequiredService<IProviderStore>();

    private ProviderOptions Options => services.GetRequiredService<ProviderOptions>();

    /// <summary>Finds a request by what the client holds, by its own id, or the newest of this process; null when there is none.</summary>
    public async ValueTask<CibaRequest?> FindAsync(string id, CancellationToken cancellationToken)
    {
        if (id == "last")
        {
            return requests.Last is { } last ? await Store.FindRequestAsync(Options.Tenant, last.RequestId, cancellationToken).ConfigureAwait(false) : null;
        }

        if (requests.Find(id) is { } seen)
        {
            return await Store.FindRequestAsync(Options.Tenant, seen.RequestId, cancellationToken).ConfigureAwait(false);
        }

        // Another process took the request: a poll of nobody's finds it and changes nothing.
        var poll = await Store.PollRequestAsync(Options.Tenant, LabRequests.DigestOf(id), "\u0000lab", services.GetRequiredService<TimeProvider>().GetUtcNow(), cancellationToken).ConfigureAwait(false);
        return poll?.Request ?? await Store.FindRequestAsync(Options.Tenant, id, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Approves as the person: the class is what the authenticator reaches.</summary>
    public async ValueTask<MedIdResult<Unit>> ApproveAsync(CibaRequest request, string authenticator, IReadOnlyList<string>? scopes, CancellationToken cancellationToken)
    {
        var approved = await ActAsync(
            request,
            authenticator,
            async (device, token) =>
            {
                var opened = await services.GetRequiredService<AccessRequests>().ReadAsync(token, request.Id, cancellationToken).ConfigureAwait(false);
                return opened.Succeeded
                    ? await device.ConsentAsync(token, request.Id, Keep(opened.Value.Notice, scopes), cancellationToken).ConfigureAwait(false)
                    : opened.Error;
            },
            cancellationToken).ConfigureAwait(false);
        return Mark(request, approved, "approved");
    }

    /// <summary>Denies as the person.</summary>
    public async ValueTask<MedIdResult<Unit>> DenyAsync(CibaRequest request, CancellationToken cancellationToken)
    {
        var denied = await ActAsync(
            request,
            LabAuthenticators.Uaf,
            (_, token) => services.GetRequiredService<AccessRequests>().DenyAsync(token, request.Id, cancellationToken),
            cancellationToken).ConfigureAwait(false);
        return Mark(request, denied, "denied");
    }

    /// <summary>Lets a request end now: nobody can decide it any more, and its client hears at this process that it has expired. The store knows no such end: at other nodes on one database a pending request is denied, and an approved one still gives its tokens.</summary>
    public async ValueTask<MedIdResult<Unit>> ExpireAsync(CibaRequest request, CancellationToken cancellationToken)
    {
        if (request.Status is not (CibaStatus.Pending or CibaStatus.Approved) || requests.IsExpired(request.Id))
        {
            return new MedIdError(ProviderErrorCodes.RequestNotPending, ErrorCategory.State, "MedId lab");
        }

        requests.Expire(request.Id);
        await Store.TryDenyRequestAsync(request.Tenant, request.Id, services.GetRequiredService<TimeProvider>().GetUtcNow(), cancellationToken).ConfigureAwait(false);
        return Mark(request, Unit.Value, "expired");
    }

    /// <summary>Decides a new request as the policy says, at once or later.</summary>
    public async ValueTask ApplyPolicyAsync(LabRequest seen, CancellationToken cancellationToken)
    {
        var policy = Policy;
        if (policy.Mode == LabMode.Pending)
        {
            return;
        }

        if (policy.Delay > TimeSpan.Zero)
        {
            _ = DecideLaterAsync(seen, policy, services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping);
            return;
        }

        await DecideAsync(seen, policy, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>What is kept of what was shown. A sign-in that keeps openid is one; other scopes that were not shown are kept in the list, so that the OP refuses them.</summary>
    private static List<string> Keep(string notice, IReadOnlyList<string>? scopes)
    {
        using var document = JsonDocument.Parse(notice);
        List<string> shown = [.. document.RootElement.GetProperty("categories").EnumerateArray().Select(one => one.GetProperty("scope").GetString()!)];
        return scopes is null ? shown : [.. scopes.Where(scope => shown.Contains(scope, StringComparer.Ordinal) || scope is not ("openid" or "profile" or "offline_access"))];
    }

    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "Nobody waits for it: what it throws would end the process.")]
    private async Task DecideLaterAsync(LabRequest seen, LabPolicy policy, CancellationToken stopping)
    {
        try
        {
            await Task.Delay(policy.Delay, services.GetRequiredService<TimeProvider>(), stopping).ConfigureAwait(false);
            await DecideAsync(seen, policy, stopping).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The host ends.
        }
        catch (Exception failure) when (!stopping.IsCancellationRequested)
        {
            LabLog.PolicyFailed(log, failure.GetType().Name);
        }
    }

    private async ValueTask DecideAsync(LabRequest seen, LabPolicy policy, CancellationToken cancellationToken)
    {
        if (await Store.FindRequestAsync(Options.Tenant, seen.RequestId, cancellationToken).ConfigureAwait(false) is not { } request)
        {
            return;
        }

        var decided = policy.Mode == LabMode.Deny
            ? await DenyAsync(request, cancellationToken).ConfigureAwait(false)
            : await ApproveAsync(request, LabAuthenticators.Uaf, scopes: null, cancellationToken).ConfigureAwait(false);
        if (!decided.Succeeded)
        {
            LabLog.PolicyRefused(log, decided.Error.Code);
        }
    }

    private async ValueTask<MedIdResult<Unit>> ActAsync(
        CibaRequest request, string authenticator, Func<LabAuthenticator, string, ValueTask<MedIdResult<Unit>>> act, CancellationToken cancellationToken)
    {
        if (requests.IsExpired(request.Id))
        {
            return new MedIdError(ProviderErrorCodes.RequestExpired, ErrorCategory.State, "MedId lab");
        }

        var user = await users.EnsureAsync(request.Subject, cancellationToken).ConfigureAwait(false);
        await user.Gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var device = await users.AuthenticatorAsync(user, authenticator, cancellationToken).ConfigureAwait(false);
            if (!device.Succeeded)
            {
                return device.Error;
            }

            var opened = await device.Value.OpenAsync(request.Id, cancellationToken).ConfigureAwait(false);
            return opened.Succeeded ? await act(device.Value, opened.Value).ConfigureAwait(false) : opened.Error;
        }
        finally
        {
            user.Gate.Release();
        }
    }

    private MedIdResult<Unit> Mark(CibaRequest request, MedIdResult<Unit> outcome, string status)
    {
        if (outcome.Succeeded && requests.Find(request.Id) is { } seen)
        {
            seen.Status = status;
        }

        return outcome;
    }
}
