namespace MedId.Ciba.Client;

/// <summary>How a scheduler is, for health checks; nothing personal.</summary>
/// <param name="IsRunning">Whether somebody runs it.</param>
/// <param name="Waiting">Requests that nobody has decided.</param>
/// <param name="Untaken">Outcomes that nobody has taken.</param>
/// <param name="Overdue">By how much the most overdue poll is late; zero when none is.</param>
/// <param name="Unreadable">Stored requests that could not be opened or whose OP is not registered.</param>
/// <param name="IsStoreFailing">Whether the last call of the store threw.</param>
/// <param name="PausedOps">Names of the OPs that asked to be left alone for now.</param>
public sealed record CibaSchedulerStatus(bool IsRunning, int Waiting, int Untaken, TimeSpan Overdue, int Unreadable, bool IsStoreFailing, IReadOnlyList<string> PausedOps);
