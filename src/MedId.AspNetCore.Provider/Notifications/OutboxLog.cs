using MedId.Provider;
using Microsoft.Extensions.Logging;

namespace MedId.AspNetCore.Provider;

/// <summary>One line for what nobody will be told any more: its kind and why, no id of anything.</summary>
internal sealed class OutboxLog(ILogger<ProviderLog> log) : IOutboxObserver
{
    public void GaveUp(OutboxMessage message, string code) => Log.OutboxGaveUp(log, message.Kind, message.Attempts, code);
}
