namespace MedId.Provider;

/// <summary>Whether a person is in their quiet hours: their own choice, else the OP's.</summary>
internal sealed class QuietTimes(IProviderStore store, ProviderOptions options)
{
    private readonly PersonalQuietHours _personal = new(store, options);

    /// <summary>When the quiet hours of an account are over; null when it is in none.</summary>
    public async ValueTask<DateTimeOffset?> EndAsync(string accountId, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var (chosen, hours) = await _personal.FindAsync(accountId, cancellationToken).ConfigureAwait(false);
        return (chosen ? hours : options.Outbox.QuietHours)?.EndAfter(at);
    }
}
