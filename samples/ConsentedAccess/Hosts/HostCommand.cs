namespace MedId.Samples.ConsentedAccess;

/// <summary>How one server is started.</summary>
/// <param name="Role">Who it is in the walk.</param>
/// <param name="Arguments">Its command line.</param>
/// <param name="LogFile">Where its log goes.</param>
internal sealed record HostCommand(string Role, IReadOnlyList<string> Arguments, string LogFile);
