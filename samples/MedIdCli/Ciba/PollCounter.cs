namespace MedId.Cli.Ciba;

/// <summary>Counts requests for tokens on their way out: with DPoP a poll that is repeated with a nonce counts twice.</summary>
internal sealed class PollCounter
{
    private int _count;

    public int Count => Volatile.Read(ref _count);

    /// <summary>A handler over the one that sends.</summary>
    public DelegatingHandler Over(HttpMessageHandler inner) => new Handler(this, inner);

    private sealed class Handler(PollCounter counter, HttpMessageHandler inner) : DelegatingHandler(inner)
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (request.Content is FormUrlEncodedContent form && (await form.ReadAsStringAsync(cancellationToken)).Contains("grant-type%3Aciba", StringComparison.Ordinal))
            {
                Interlocked.Increment(ref counter._count);
            }

            return await base.SendAsync(request, cancellationToken);
        }
    }
}
