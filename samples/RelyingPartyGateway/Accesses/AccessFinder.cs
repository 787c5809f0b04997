using MedId.Ciba.Client;

namespace MedId.Samples.RelyingPartyGateway;

/// <summary>Finds an access for a caller, also one that waited already when the gateway was ended.</summary>
internal sealed class AccessFinder(AccessBook book, CibaScheduler scheduler)
{
    /// <summary>How long a caller waits for what is stored to be taken up.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <exception cref="TimeoutException">What is stored cannot be read now.</exception>
    public async Task<Access?> FindAsync(string id, CancellationToken cancellationToken)
    {
        if (book.Find(id) is { } known)
        {
            return known;
        }

        await TakeUpAsync(cancellationToken);
        return book.Find(id);
    }

    /// <summary>Takes into the book what waited already when the gateway was ended.</summary>
    /// <exception cref="TimeoutException">What is stored cannot be read now.</exception>
    public async Task TakeUpAsync(CancellationToken cancellationToken)
    {
        await scheduler.TakenUp.WaitAsync(Patience, cancellationToken);
        foreach (var pending in scheduler.List())
        {
            book.Add(pending);
        }
    }
}
