using System.Globalization;

namespace MedId.OAuth;

/// <summary>
/// What a protected resource says when the person was not authenticated well or lately enough for it (RFC 9470 §3): the classes that will do, and how old the
/// authentication may be. A new request at the OP with these classes gives a token that will do.
/// </summary>
public sealed record StepUpChallenge
{
    private const int MaxValues = 32;

    /// <summary><c>acr_values</c>: the classes that will do, the preferred one first; empty: the class was good enough.</summary>
    public required IReadOnlyList<string> AcrValues { get; init; }

    /// <summary><c>max_age</c>: how long ago the person may have authenticated; null: any time.</summary>
    public TimeSpan? MaxAge { get; init; }

    /// <summary>Finds the challenge among those of an answer with status 401.</summary>
    /// <param name="wwwAuthenticate">The values of every <c>WWW-Authenticate</c> header.</param>
    /// <returns>The challenge; null where there is none, or one that cannot be acted on: malformed, or naming neither a class nor an age.</returns>
    public static StepUpChallenge? Find(IEnumerable<string?> wwwAuthenticate)
    {
        var challenge = AuthenticationChallenge.ParseAll(wwwAuthenticate)
            .FirstOrDefault(one => string.Equals(one["error"], OAuthErrorNames.InsufficientUserAuthentication, StringComparison.Ordinal));
        if (challenge is null)
        {
            return null;
        }

        TimeSpan? age = null;
        if (challenge["max_age"] is { } text)
        {
            // RFC 9470 §3: a non-negative integer of seconds.
            if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds))
            {
                return null;
            }

            age = TimeSpan.FromSeconds(seconds);
        }

        string[] values = challenge["acr_values"]?.Split(' ', StringSplitOptions.RemoveEmptyEntries) ?? [];
        return values.Length > MaxValues || (values.Length == 0 && age is null) ? null : new() { AcrValues = values, MaxAge = age };
    }

    /// <summary>Finds the challenge of an answer.</summary>
    /// <param name="response">The answer of the protected resource.</param>
    /// <returns>The challenge; null where there is none, or the status is not 401.</returns>
    public static StepUpChallenge? Find(HttpResponseMessage response)
    {
        ArgumentNullException.ThrowIfNull(response);
        return response.StatusCode == System.Net.HttpStatusCode.Unauthorized && response.Headers.TryGetValues("WWW-Authenticate", out var values) ? Find(values) : null;
    }

    /// <summary>The classes and the age.</summary>
    public override string ToString() => $"acr_values {string.Join(' ', AcrValues)}, max_age {MaxAge}";
}
