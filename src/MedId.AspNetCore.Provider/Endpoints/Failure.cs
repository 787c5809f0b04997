using System.Data.Common;
using MedId.Core;
using MedId.OAuth.Server;

namespace MedId.AspNetCore.Provider;

/// <summary>What an exception below the rules is to a client of the protocols.</summary>
internal static class Failure
{
    private const int MaxDepth = 4;

    /// <summary><c>temporarily_unavailable</c> where asking again may help, else <c>server_error</c>; nothing of the exception but its type.</summary>
    public static MedIdError Of(Exception failure) => new(
        IsPassing(failure) ? OAuthServerErrorCodes.Unavailable : OAuthServerErrorCodes.Failed, ErrorCategory.State, "RFC 9110 §15.6", failure.GetType().Name);

    /// <summary>The types, outermost first, and the database's own code. No message: it may name a person.</summary>
    public static string Describe(Exception failure)
    {
        var types = new List<string>(MaxDepth);
        for (var one = failure; one is not null && types.Count < MaxDepth; one = one.InnerException)
        {
            types.Add(one is DbException { SqlState: { } state } ? $"{one.GetType().Name} {state}" : one.GetType().Name);
        }

        return string.Join(" < ", types);
    }

    /// <summary>A database that says so, a server that does not answer, time that is over, a host that stops.</summary>
    private static bool IsPassing(Exception failure) => failure is DbException { IsTransient: true } or HttpRequestException or TimeoutException or OperationCanceledException;
}
