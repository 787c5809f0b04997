using MedId.Core;
using MedId.OAuth.Server;

namespace MedId.Benchmarks;

/// <summary>Stops a benchmark that measures something else than it says: a refusal is fast and would look good.</summary>
internal static class Right
{
    /// <summary>Hands the value on.</summary>
    public static T Accepted<T>(MedIdResult<T> result)
        where T : notnull =>
        result.Succeeded ? result.Value : throw new InvalidOperationException($"Refused with {result.Error.Code}.");

    /// <summary>Hands the answer on when it is the expected one.</summary>
    public static OAuthAnswer Answered(OAuthAnswer answer, int status = 200, string? error = null) =>
        answer.Status == status && answer.Error?.Code == error && answer.Warning is null
            ? answer
            : throw new InvalidOperationException($"Answered {answer.Status} {answer.Error?.Code ?? answer.Warning?.Code}.");

    /// <summary>Demands what has to be so.</summary>
    public static bool Is(bool condition, string what) => condition ? true : throw new InvalidOperationException($"Not so: {what}.");
}
