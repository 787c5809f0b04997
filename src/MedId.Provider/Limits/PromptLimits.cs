using MedId.Ciba.Server;
using MedId.Core;

namespace MedId.Provider;

/// <summary>Keeps people from being asked until they give in (CIBA Core §7.1.2 names the danger): by person, by client with a person, by client, by institution; and not again at once after a no.</summary>
internal sealed class PromptLimits(IProviderStore store, ProviderOptions options)
{
    private const string Section = "MedIdSdk, limits";
    private readonly QuietTimes _quiet = new(store, options);

    /// <summary>Counts a request that will disturb somebody, or says why it is refused. What the cheapest judgement refuses is counted nowhere.</summary>
    /// <param name="request">The request.</param>
    /// <param name="organization">The doctor's institution; null when there is no doctor.</param>
    /// <param name="asked">The accounts whose devices will be asked.</param>
    /// <param name="at">Now.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async ValueTask<MedIdError?> RefuseAsync(
        ValidatedBackchannelRequest request, string? organization, IReadOnlyCollection<string> asked, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var limits = options.Limits;
        var (client, person) = (request.Client.ClientId, request.AccountId);
        if (limits.DenialCoolDown > TimeSpan.Zero
            && await store.FindUsesAsync(options.Tenant, Buckets.Denied(client, person), at, limits.DenialCoolDown, 1, cancellationToken).ConfigureAwait(false) > 0)
        {
            return Refused(ProviderErrorCodes.DeniedRecently);
        }

        if (options.Outbox.QuietRequests == QuietRequests.Hold && await IsOverBeforeAnybodyHearsAsync(request, asked, at, cancellationToken).ConfigureAwait(false))
        {
            return Refused(ProviderErrorCodes.QuietHours);
        }

        return await CountAsync(Buckets.ClientAndPerson(client, person), limits.RequestsOfClientAndPerson, at, cancellationToken).ConfigureAwait(false) ? Refused(ProviderErrorCodes.AskedTooOften)
            : organization is not null && await CountAsync(Buckets.Clinic(organization), limits.RequestsOfClinic, at, cancellationToken).ConfigureAwait(false) ? Refused(ProviderErrorCodes.ClinicAsksTooOften)
            : await CountAsync(Buckets.Client(client), limits.RequestsOfClient, at, cancellationToken).ConfigureAwait(false) ? Refused(ProviderErrorCodes.ClientAsksTooOften)

            // Last, so that only what disturbs the person uses up what others may ask them.
            : await CountAsync(Buckets.Person(person), limits.RequestsOfPerson, at, cancellationToken).ConfigureAwait(false) ? Refused(ProviderErrorCodes.AskedTooOften)
            : null;
    }

    /// <summary>Somebody said no: that weighs more than a yes.</summary>
    public async ValueTask DeniedAsync(CibaRequest request, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var limits = options.Limits;
        if (limits.DenialCoolDown > TimeSpan.Zero)
        {
            await store.CountUseAsync(options.Tenant, Buckets.Denied(request.ClientId, request.Subject), at, limits.DenialCoolDown, 1, cancellationToken).ConfigureAwait(false);
        }

        for (var weight = 0; weight < limits.DenialWeight; weight++)
        {
            await CountAsync(Buckets.ClientAndPerson(request.ClientId, request.Subject), limits.RequestsOfClientAndPerson, at, cancellationToken).ConfigureAwait(false);
            await CountAsync(Buckets.Person(request.Subject), limits.RequestsOfPerson, at, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Whether the quiet hours of everybody who would be asked last longer than the request.</summary>
    private async ValueTask<bool> IsOverBeforeAnybodyHearsAsync(ValidatedBackchannelRequest request, IReadOnlyCollection<string> asked, DateTimeOffset at, CancellationToken cancellationToken)
    {
        foreach (var account in asked)
        {
            if (await _quiet.EndAsync(account, at, cancellationToken).ConfigureAwait(false) is not { } end || end < request.ExpiresAt)
            {
                return false;
            }
        }

        return asked.Count > 0;
    }

    /// <returns>Whether the window was full.</returns>
    private async ValueTask<bool> CountAsync(string bucket, int? limit, DateTimeOffset at, CancellationToken cancellationToken) =>
        limit is { } most && await store.CountUseAsync(options.Tenant, bucket, at, options.Limits.Window, most, cancellationToken).ConfigureAwait(false) > most;

    private static MedIdError Refused(string code) => new(code, ErrorCategory.Policy, Section);
}
