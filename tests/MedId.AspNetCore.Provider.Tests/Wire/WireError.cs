namespace MedId.AspNetCore.Provider.Tests;

/// <summary>One error of a standard, and a request that reaches it.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Error">The standard's <c>error</c>.</param>
/// <param name="Send">Sends it.</param>
/// <param name="Challenge">How <c>WWW-Authenticate</c> begins; null: the header is not there.</param>
/// <param name="RetryAfter">The value of <c>Retry-After</c>; null: the header is not there.</param>
internal sealed record WireError(int Status, string Error, Func<LabWorld, Task<LabAnswer>> Send, string? Challenge = null, string? RetryAfter = null);
