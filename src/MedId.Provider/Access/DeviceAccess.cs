using MedId.Core;
using MedId.Cryptography;

namespace MedId.Provider;

/// <summary>Device tokens: what a phone that proved its key may see, for a short time.</summary>
internal sealed class DeviceAccess(IProviderStore store, ProviderOptions options, TimeProvider time)
{
    private const string Label = "device token";

    public async ValueTask<string> GrantAsync(string accountId, string deviceId, string? requestId, CancellationToken cancellationToken)
    {
        var token = SecretGenerator.Base64Url();
        await store.AddDeviceTokenAsync(
            new()
            {
                Tenant = options.Tenant,
                Digest = SecretDigest.Compute(Label, token),
                AccountId = accountId,
                DeviceId = deviceId,
                RequestId = requestId,
                ExpiresAt = time.GetUtcNow() + options.DeviceTokenLifetime,
            },
            cancellationToken).ConfigureAwait(false);
        if (requestId is not null)
        {
            // The receipt: somebody who was asked proved their key and has the request before them. Nobody is announced to again.
            await store.DropMessageAsync(options.Tenant, Announcer.MessageId(requestId), cancellationToken).ConfigureAwait(false);
        }

        return token;
    }

    /// <summary>The account that may act on one request (or, without a request, on its history). A token for something else is no token.</summary>
    public async ValueTask<MedIdResult<string>> JudgeAsync(string? token, string? requestId, CancellationToken cancellationToken) =>
        (await JudgeTokenAsync(token, requestId, cancellationToken).ConfigureAwait(false)).Then<string>(found => found.AccountId);

    /// <summary>The same, with the device that proved its key.</summary>
    public async ValueTask<MedIdResult<DeviceToken>> JudgeTokenAsync(string? token, string? requestId, CancellationToken cancellationToken)
    {
        var found = token is { Length: > 0 and <= 128 }
            ? await store.FindDeviceTokenAsync(options.Tenant, SecretDigest.Compute(Label, token), time.GetUtcNow(), cancellationToken).ConfigureAwait(false)
            : null;
        if (found is null || !string.Equals(found.RequestId, requestId, StringComparison.Ordinal))
        {
            return new MedIdError(ProviderErrorCodes.DeviceTokenRefused, ErrorCategory.Untrusted, "MedId walk, step 4", "prove the enrolled key again");
        }

        var account = await store.FindAccountAsync(options.Tenant, found.AccountId, cancellationToken).ConfigureAwait(false);
        return account is { Status: AccountStatus.Active }
            ? found
            : new MedIdError(ProviderErrorCodes.AccountSuspended, ErrorCategory.State, "MedId walk, step 4");
    }
}
