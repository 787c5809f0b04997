namespace MedId.Provider;

/// <summary>Whoever oversees emergencies: told of each, after it was recorded and before a token can be fetched in the ordinary course. An OP that breaks glass registers one; there is no silent default.</summary>
public interface IBreakGlassObserver
{
    /// <summary>Tells. What it throws is reported as a warning of the endpoint; the record stands either way, so oversight can always be caught up from there.</summary>
    /// <param name="broken">What happened.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>Completion.</returns>
    ValueTask GlassBrokenAsync(BrokenGlass broken, CancellationToken cancellationToken = default);
}
