using MedId.Provider;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace MedId.AspNetCore.Provider;

/// <summary>Has receipts of histories made soon after a change, and again later when the time-stamping service did not answer. Nothing waits for it.</summary>
internal sealed class ReceiptWorker(IServiceProvider services, ProviderOptions options, TimeProvider time, ILogger<ProviderLog> log)
    : PeriodicWork("stamping histories", TimeSpan.FromSeconds(15), time, log)
{
    protected override Func<CancellationToken, ValueTask>? Prepare()
    {
        if (options.WithoutTimestampedHistory)
        {
            return null;
        }

        var receipts = services.GetRequiredService<ConsentReceipts>();
        return async cancellationToken => await receipts.StampDueAsync(cancellationToken).ConfigureAwait(false);
    }
}
