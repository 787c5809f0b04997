using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using MedId.Core;
using MedId.Cryptography;
using MedId.Provider;
using Microsoft.Extensions.DependencyInjection;

namespace MedId.Testing;

/// <summary>The synthetic people: made and enrolled when somebody first asks for them.</summary>
internal sealed class LabUsers(MedIdLab lab, IServiceProvider services)
{
    private const int MaxPlainId = 100;
    private readonly ConcurrentDictionary<string, LabUser> _users = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, byte> _suspended = new(StringComparer.Ordinal);

    private IProviderStore Store => services.GetRequiredService<IProviderStore>();

    private ProviderOptions Options => services.GetRequiredService<ProviderOptions>();

    /// <summary>The account that a hint names; null for those whom nobody knows. The same hint is the same person in every process.</summary>
    public static string? IdOf(string hint)
    {
        var name = hint.Trim();
        name = name.StartsWith("acct:", StringComparison.Ordinal) ? name["acct:".Length..] : name.StartsWith("patient:", StringComparison.Ordinal) ? name["patient:".Length..] : name;
        if (name.Length == 0 || name == "nobody" || name.StartsWith("unknown", StringComparison.Ordinal))
        {
            return null;
        }

        return name.Length <= MaxPlainId && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' or '@' or '+')
            ? name
            : "lab-" + StrictBase64Url.Encode(SHA256.HashData(Encoding.UTF8.GetBytes(name)));
    }

    /// <summary>Makes sure that a person is there who can act.</summary>
    public async ValueTask<LabUser> EnsureAsync(string id, CancellationToken cancellationToken)
    {
        var user = _users.GetOrAdd(id, static id => new LabUser(id));
        if (user.IsReady)
        {
            return user;
        }

        await user.Gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (!user.IsReady)
            {
                if (await Store.FindAccountAsync(Options.Tenant, id, cancellationToken).ConfigureAwait(false) is null)
                {
                    await PutAsync(id, lab.UserCodes.GetValueOrDefault(id), cancellationToken).ConfigureAwait(false);
                }

                // A suspended person enrols nothing, and is refused wherever they are asked for.
                user.IsReady = (await AuthenticatorAsync(user, LabAuthenticators.Uaf, cancellationToken).ConfigureAwait(false)).Succeeded;
            }
        }
        finally
        {
            user.Gate.Release();
        }

        return user;
    }

    /// <summary>Adds or changes a person.</summary>
    public async ValueTask ChangeAsync(string id, string? userCode, bool? active, CancellationToken cancellationToken)
    {
        var user = await EnsureAsync(id, cancellationToken).ConfigureAwait(false);
        if (userCode is not null)
        {
            await PutAsync(id, userCode, cancellationToken).ConfigureAwait(false);
        }

        if (active is { } wanted && wanted == _suspended.ContainsKey(id))
        {
            await SetActiveAsync(user, wanted, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Lets everybody act again, with the codes of the beginning.</summary>
    public async ValueTask ResetAsync(CancellationToken cancellationToken)
    {
        foreach (var id in _suspended.Keys)
        {
            await ChangeAsync(id, userCode: null, active: true, cancellationToken).ConfigureAwait(false);
        }

        foreach (var (id, code) in lab.UserCodes)
        {
            if (_users.ContainsKey(id))
            {
                await PutAsync(id, code, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <summary>The authenticator of a name, enrolled when it is first asked for. The caller holds the person's gate.</summary>
    public async ValueTask<MedIdResult<LabAuthenticator>> AuthenticatorAsync(LabUser user, string name, CancellationToken cancellationToken)
    {
        if (user.Authenticators.TryGetValue(name, out var known))
        {
            return known;
        }

        if (Make(name) is not { } made)
        {
            return new MedIdError(ProviderErrorCodes.NoDevice, ErrorCategory.Unsupported, "MedId lab", "no authenticator of this name, or this OP does not know its protocol");
        }

        var desk = services.GetRequiredService<LifeCycleDesk>();
        var ticket = await desk.IssueTicketAsync(user.Id, LifeCycleActor.Clerk("lab-clerk", "lab"), ProofingLevel.High, cancellationToken: cancellationToken).ConfigureAwait(false);
        var enrolled = ticket.Succeeded ? await made.EnrolAsync(ticket.Value, cancellationToken).ConfigureAwait(false) : ticket.Error;
        if (!enrolled.Succeeded)
        {
            return enrolled.Error;
        }

        user.Authenticators.Add(name, made);
        return made;
    }

    private LabAuthenticator? Make(string name) => LabAuthenticators.IsUaf(name)
        ? new LabUafAuthenticator(lab.ModelOf(name), lab.FacetId, services.GetRequiredService<DeviceActs>(), services.GetRequiredService<AccessRequests>())
        : name is LabAuthenticators.Fido2 or LabAuthenticators.Fido2Synced && services.GetService<PasskeyActs>() is { } passkeys && Options.Passkeys is { Origins: [var origin, ..] }
            ? new LabPasskey(name == LabAuthenticators.Fido2Synced, origin, passkeys)
            : null;

    private ValueTask PutAsync(string id, string? userCode, CancellationToken cancellationToken)
    {
        var options = Options;
        return Store.PutAccountAsync(
            new()
            {
                Tenant = options.Tenant,
                Id = id,
                HintDigests = [],
                UserCodeDigest = userCode is null ? null : services.GetRequiredService<AccountDigests>().OfUserCode(options.Tenant, id, userCode),
                Patients = lab.Resources.ToDictionary(resource => resource, _ => "lab-patient-" + StrictBase64Url.Encode(SHA256.HashData(Encoding.UTF8.GetBytes(id)).AsSpan(0, 12)), StringComparer.Ordinal),
                Language = "ja",
                ProofedAt = services.GetRequiredService<TimeProvider>().GetUtcNow(),
            },
            cancellationToken);
    }

    private async ValueTask SetActiveAsync(LabUser user, bool active, CancellationToken cancellationToken)
    {
        var happened = active ? AccountEvent.Reactivate : AccountEvent.Suspend;
        await services.GetRequiredService<LifeCycleDesk>().ChangeAccountAsync(user.Id, happened, LifeCycleActor.Administrator("lab"), cancellationToken).ConfigureAwait(false);
        if (active)
        {
            _suspended.TryRemove(user.Id, out _);
        }
        else
        {
            _suspended.TryAdd(user.Id, 0);
        }
    }
}
